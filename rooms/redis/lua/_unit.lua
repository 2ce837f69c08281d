-- USES: outage
local SUSPENSION = { "suspended_ms", "message", "alternative" }

-- New tickets are to be had again.
local function resume(unit, actor)
  redis.call("HDEL", key("unit", unit), unpack(SUSPENSION))
  not_due("suspended", unit)
  emit("unit.resumed", { unit = unit, actor = actor })
end

local function is_suspended(unit)
  return redis.call("HEXISTS", key("unit", unit), "suspended_ms") == 1
end

-- Somebody who wanted a ticket goes without: counted once a person, unit and day, until they get one after all. Browsers
-- are free to make, and each is kept for days: a thousand a day are as many as anybody wants to know of.
local DAYS_3_S, GO_WITHOUT = 3 * 24 * 3600, 1000

local function turned_away(unit, day, holder, reason)
  local who, today = key("refused", unit, day), key("day", unit, day)
  if redis.call("SCARD", who) >= GO_WITHOUT or redis.call("SADD", who, holder) == 0 then return end
  redis.call("EXPIRE", who, DAYS_3_S)
  redis.call("HINCRBY", today, "refused", 1)
  redis.call("EXPIRE", today, DAYS_3_S)
  emit("ticket.refused", { unit = unit, reason = reason })
end

local function got_in(unit, day, holder)
  if redis.call("SREM", key("refused", unit, day), holder) == 1 then
    redis.call("HINCRBY", key("day", unit, day), "refused", -1)
  end
end
