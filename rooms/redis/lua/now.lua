-- Court time.
-- KEYS: court
-- ARGV: -
-- RETURNS: now now_ms:int
-- FLAGS: no-writes

return { "now", now() }
