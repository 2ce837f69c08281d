-- The session of a cookie's hash, its life renewed.
-- KEYS: court
-- ARGV: session ttl_s:int
-- RETURNS: session attendant role | none
-- FLAGS: allow-oom

local kept = record(key("session", session))
if not kept then return { "none" } end
redis.call("EXPIRE", key("session", session), ttl_s)
redis.call("EXPIRE", key("sessions", kept.attendant), ttl_s)
return { "session", kept.attendant, kept.role }
