-- The court has an epoch. A store that came back older than what was seen (`seen_n`) gets a new one: older views and
-- fences lose, request ids are forgotten, ticket numbers skip ahead. `since` is when the counter began to serve at all:
-- no unit has been unattended for longer.
-- KEYS: court
-- ARGV: seen_n:int
-- RETURNS: adopted epoch:int
-- FLAGS: allow-oom

local FENCES, DAY_MS = 1000000, 24 * 3600 * 1000

redis.call("SETNX", key("since"), now())
if redis.call("SETNX", key("epoch"), 1) == 1 and seen_n == 0 then return { "adopted", 1 } end
if tonumber(redis.call("GET", key("n")) or 0) >= seen_n then return { "adopted", redis.call("GET", key("epoch")) } end
local epoch = redis.call("INCR", key("epoch"))
redis.call("SET", key("n"), seen_n)
redis.call("INCRBY", key("fence"), FENCES)
redis.call("SET", key("renumber"), 1, "PX", DAY_MS)
emit("court.epoch", { epoch = epoch })
return { "adopted", epoch }
