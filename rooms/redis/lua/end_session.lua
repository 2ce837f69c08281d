-- The session is over.
-- KEYS: court
-- ARGV: session
-- RETURNS: ended
-- FLAGS: allow-oom

local kept = record(key("session", session))
if kept then
  redis.call("SREM", key("sessions", kept.attendant), session)
  redis.call("DEL", key("session", session))
end
return { "ended" }
