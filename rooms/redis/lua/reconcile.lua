-- What contradicted itself among these tickets, deadlines, units and attendants has been mended: some at a time.
-- Two cursors walk the live tickets and the deadlines; empty ones begin a round, which one node does every fifteen
-- seconds, and come back empty when there is nothing more to walk.
-- KEYS: court
-- ARGV: live_from due_from units attendants
-- RETURNS: reconciled live_from due_from mended:list | not_yet
-- USES: ticket unit desk call leg guest overdue mend
-- FLAGS: allow-oom

local EVERY_MS, AT_ONCE = 10000, 50

local function walked(scan, at, from, mend, step)
  if from == "" then return "" end
  local next_from, members = unpack(redis.call(scan, at, from, "COUNT", AT_ONCE))
  for i = 1, #members, step do mend(members[i]) end
  return next_from == "0" and "" or next_from
end

if live_from == "0" and due_from == "0" and not redis.call("SET", key("reconciled"), now(), "NX", "PX", EVERY_MS) then
  return { "not_yet" }
end
live_from = walked("SSCAN", key("live"), live_from, mend_ticket, 1)
due_from = walked("ZSCAN", key("deadlines"), due_from, mend_deadline, 2)
for unit in units:gmatch("%S+") do mend_unit(unit) end
for id in attendants:gmatch("%S+") do mend_desk(id) end
return { "reconciled", live_from, due_from, mended }
