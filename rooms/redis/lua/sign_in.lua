-- A member of staff has a session; the key is the cookie's hash.
-- KEYS: court
-- ARGV: session attendant role ttl_s:int
-- RETURNS: signed_in
-- FLAGS: allow-oom

redis.call("HSET", key("session", session), "attendant", attendant, "role", role)
redis.call("EXPIRE", key("session", session), ttl_s)
redis.call("SADD", key("sessions", attendant), session)
redis.call("EXPIRE", key("sessions", attendant), ttl_s)
return { "signed_in" }
