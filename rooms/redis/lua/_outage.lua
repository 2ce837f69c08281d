-- When nobody has swept for more than five seconds, the house was away: every deadline moves by that time, and nothing
-- ends for thirty seconds more, so that people can show that they are there. Whoever comes first sees to it, before it
-- sets deadlines of its own: those are of after the outage. A store's clock that was set back is the same the other way
-- round: deadlines of the old hour would be out of everybody's reach.
local OUTAGE_MS, GRACE_MS = 5000, 30000

local function credited()
  local gap = now() - (redis.call("GET", key("swept")) or now())
  if math.abs(gap) <= OUTAGE_MS then return 0 end
  local all = redis.call("ZRANGE", key("deadlines"), 0, -1, "WITHSCORES")
  for i = 1, #all, 2 do redis.call("ZADD", key("deadlines"), all[i + 1] + gap, all[i]) end
  redis.call("SET", key("swept"), now())
  redis.call("DEL", key("acted"))
  redis.call("SET", key("grace"), now() + GRACE_MS)
  return gap
end

local credited_ms = credited()
