-- Several units at one instant: lines, attendants, counts of the day. `units` is pairs of unit:day.
-- KEYS: court
-- ARGV: units
-- RETURNS: units epoch:int n:int now_ms:int states:list
-- USES: snapshot
-- FLAGS: no-writes

local function line_of(unit)
  local line = {}
  for _, where in ipairs({ "line", "away" }) do
    local members = redis.call("ZRANGE", key(where, unit), 0, -1, "WITHSCORES")
    for i = 1, #members, 2 do
      local kept = redis.call("HMGET", key("ticket", members[i]), "number", "tier", "joined_ms")
      line[#line + 1] = { members[i], kept[1], kept[2], members[i + 1], kept[3], where == "line" and "1" or "0" }
    end
  end
  return line
end

local function desks_of(unit)
  local desks = {}
  for _, id in ipairs(redis.call("SMEMBERS", key("desks", unit))) do
    local kept = redis.call("HMGET", key("attendant", id), "name", "status", "pause", "activity", "since_ms", "units")
    local _, shared = kept[6]:gsub("%S+", "")
    desks[#desks + 1] = { id, kept[1], kept[2], kept[3] or "", kept[4], kept[5], shared }
  end
  return desks
end

local states = {}
for unit, day in units:gmatch("(%S+):(%S+)") do
  local today = redis.call("HMGET", key("day", unit, day), "served", "left")
  local attended = redis.call("SCARD", key("available", unit)) > 0
  states[#states + 1] = {
    unit, line_of(unit), desks_of(unit), redis.call("SCARD", key("called", unit)), redis.call("SCARD", key("in_call", unit)),
    today[1] or 0, today[2] or 0,
    attended and "" or redis.call("HGET", key("unit", unit), "unattended_since_ms") or redis.call("GET", key("since")) or "",
  }
end
local epoch, n, now_ms = as_of()
return { "units", epoch, n, now_ms, states }
