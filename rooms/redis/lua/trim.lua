-- Events older than `events_ms` that history has, and signals older than `signals_ms`, are gone.
-- KEYS: court
-- ARGV: recorded events_ms:int signals_ms:int
-- RETURNS: trimmed
-- FLAGS: allow-oom

-- Ids of entries are of the store's own clock, not of the court's.
local store_ms = now() - (redis.call("GET", key("clock")) or 0)
local recorded_ms = tonumber(recorded:match("^%d+"))
redis.call("XTRIM", key("events"), "MINID", "~", string.format("%.0f", math.min(recorded_ms, store_ms - events_ms)))
redis.call("XTRIM", key("signals"), "MINID", "~", string.format("%.0f", store_ms - signals_ms))
return { "trimmed" }
