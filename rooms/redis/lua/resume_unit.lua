-- The unit gives out tickets again.
-- KEYS: court
-- ARGV: principal request fingerprint unit actor
-- RETURNS: resumed | wrong_state | request_reused
-- USES: unit
-- FLAGS: allow-oom

if not is_suspended(unit) then return { "wrong_state" } end
resume(unit, actor)
return { "resumed" }
