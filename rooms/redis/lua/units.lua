-- Several units at one instant: lines, attendants, counts of the day. `units` is pairs of unit:day.
-- KEYS: court
-- ARGV: units
-- RETURNS: units epoch:int n:int now_ms:int states:list
-- USES: snapshot
-- FLAGS: no-writes

local function desks_of(unit)
  local desks = {}
  for _, id in ipairs(redis.call("SMEMBERS", key("desks", unit))) do
    local kept = redis.call("HMGET", key("attendant", id), "name", "status", "pause", "activity", "since_ms", "units")
    local _, shared = kept[6]:gsub("%S+", "")
    desks[#desks + 1] = { id, kept[1], kept[2], kept[3] or "", kept[4], kept[5], shared }
  end
  return desks
end

local function suspension_of(unit)
  local kept = redis.call("HMGET", key("unit", unit), "suspended_ms", "message", "alternative")
  return { kept[1] or "", kept[2] or "", kept[3] or "", due_ms("suspended", unit) or "" }
end

local states = {}
for unit, day in units:gmatch("(%S+):(%S+)") do
  local today = redis.call("HMGET", key("day", unit, day), "served", "left", "cancelled", "out_of_order", "refused")
  local attended = redis.call("SCARD", key("available", unit)) > 0
  states[#states + 1] = {
    unit,
    redis.call("ZRANGE", key("line", unit), 0, -1, "WITHSCORES"),
    redis.call("ZRANGE", key("away", unit), 0, -1, "WITHSCORES"),
    flat(key("cards", unit)),
    desks_of(unit), redis.call("SCARD", key("called", unit)), redis.call("SCARD", key("in_call", unit)),
    today[1] or 0, today[2] or 0, today[3] or 0, today[5] or 0,
    attended and "" or redis.call("HGET", key("unit", unit), "unattended_since_ms") or redis.call("GET", key("since")) or "",
    redis.call("HGET", key("unit", unit), "run") or 0, today[4] or 0,
    suspension_of(unit),
  }
end
local epoch, n, now_ms = as_of()
return { "units", epoch, n, now_ms, states }
