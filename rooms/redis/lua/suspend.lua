-- The unit gives out no tickets for a while and says why; whoever is inside stays. Said again, it replaces what was said.
-- KEYS: court
-- ARGV: principal request fingerprint unit actor message alternative until_ms
-- RETURNS: suspended | request_reused
-- USES: unit
-- FLAGS: allow-oom

redis.call("HSET", key("unit", unit), "suspended_ms", now(), "message", message, "alternative", alternative)
if until_ms == "" then not_due("suspended", unit) else due("suspended", unit, until_ms) end
emit("unit.suspended", { unit = unit, actor = actor, until_ms = until_ms })
return { "suspended" }
