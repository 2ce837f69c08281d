-- Court time is later by `by_ms`, as if the house had been at work meanwhile: not an outage (tests, practice).
-- KEYS: court
-- ARGV: by_ms:int
-- RETURNS: now now_ms:int
-- FLAGS: allow-oom

redis.call("INCRBY", key("clock"), by_ms)
if redis.call("EXISTS", key("swept")) == 1 then redis.call("INCRBY", key("swept"), by_ms) end
return { "now", now() }
