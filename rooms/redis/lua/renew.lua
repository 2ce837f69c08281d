-- These people are here: their leases run anew, and who was away is present.
-- KEYS: court
-- ARGV: tickets desks guests
-- RETURNS: renewed
-- USES: ticket desk call leg
-- FLAGS: allow-oom

for id in tickets:gmatch("%S+") do
  local lease_ms, ended, here, state, call =
    unpack(redis.call("HMGET", key("ticket", id), "lease_ms", "ended_ms", "present", "state", "call"))
  if lease_ms and not ended then
    due("visitor", id, now() + lease_ms)
    if state == "waiting" and here ~= "1" then present(ticket_by(id)) end
    if TALKING[state] then heard(call_by(call), "visitor") end
  end
end
for id, fence in desks:gmatch("(%S+):(%d+)") do
  local lease_ms, current, activity, call =
    unpack(redis.call("HMGET", key("attendant", id), "lease_ms", "fence", "activity", "call"))
  if current == fence then
    due("attendant", id, now() + lease_ms)
    if activity == "in_call" then heard(call_by(call), "attendant") end
  end
end
for id in guests:gmatch("%S+") do
  local lease_ms, ended = unpack(redis.call("HMGET", key("guest", id), "lease_ms", "ended_ms"))
  if lease_ms and not ended then due("guest", id, now() + lease_ms) end
end
return { "renewed" }
