-- Deadlines that are over have been acted on, at most a hundred; each is checked against its record first.
-- When nobody has swept for more than five seconds, the house was away: every deadline moves by that time instead, and
-- nothing ends for thirty seconds more, so that people can show that they are there. The clock itself is not set back:
-- "14h05" stays true, and a unit still closes at its hour. A store's clock that was set back is the same the other way
-- round: deadlines of the old hour would be out of everybody's reach.
-- KEYS: court
-- ARGV: -
-- RETURNS: swept acted:int credited_ms:int more
-- USES: ticket unit desk call overdue
-- FLAGS: allow-oom

local OUTAGE_MS, GRACE_MS, AT_ONCE = 5000, 30000, 100

local swept = tonumber(redis.call("GET", key("swept")) or now())
redis.call("SET", key("swept"), now())
local gap = now() - swept
if math.abs(gap) > OUTAGE_MS then
  local all = redis.call("ZRANGE", key("deadlines"), 0, -1, "WITHSCORES")
  for i = 1, #all, 2 do redis.call("ZADD", key("deadlines"), all[i + 1] + gap, all[i]) end
  redis.call("SET", key("grace"), now() + GRACE_MS)
  return { "swept", 0, gap, "" }
end
if now() < tonumber(redis.call("GET", key("grace")) or 0) then return { "swept", 0, 0, "" } end

local over = redis.call("ZRANGEBYSCORE", key("deadlines"), "-inf", now(), "LIMIT", 0, AT_ONCE)
for _, member in ipairs(over) do
  local kind, id = member:match("^([^:]+):(.+)$")
  if overdue[kind] then
    redis.call("ZREM", key("deadlines"), member)
    overdue[kind](id)
  else
    -- of a newer release, whose nodes know what it means: theirs to act on, and not in the way of all others
    due(kind, id, now() + OUTAGE_MS)
  end
end
return { "swept", #over, 0, #over == AT_ONCE and "more" or "" }
