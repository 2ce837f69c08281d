-- One node records the court's history; its fence is higher than that of any node before it.
-- KEYS: court
-- ARGV: node ttl_ms:int
-- RETURNS: held fence:int | elsewhere
-- FLAGS: allow-oom

local holder = redis.call("GET", key("recorder"))
if holder and holder ~= node then return { "elsewhere" } end
if not holder then redis.call("INCR", key("recorder", "fence")) end
redis.call("SET", key("recorder"), node, "PX", ttl_ms)
return { "held", redis.call("GET", key("recorder", "fence")) }
