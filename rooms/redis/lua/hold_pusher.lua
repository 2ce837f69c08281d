-- One node sends the court's reminders; what it has sent up to (`sent`) is where the next one goes on. The first begins with
-- what happens from now on.
-- KEYS: court
-- ARGV: node ttl_ms:int sent
-- RETURNS: held sent | elsewhere
-- FLAGS: allow-oom

local holder = redis.call("GET", key("pusher"))
if holder and holder ~= node then return { "elsewhere" } end
redis.call("SET", key("pusher"), node, "PX", ttl_ms)
if holder and sent ~= "" then redis.call("SET", key("pushed"), sent) end
local last = redis.call("XREVRANGE", key("events"), "+", "-", "COUNT", 1)[1]
redis.call("SETNX", key("pushed"), last and last[1] or "0-0")
return { "held", redis.call("GET", key("pushed")) }
