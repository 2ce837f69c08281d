-- The interpreter does not wait for the unit any more: it rings nowhere.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence
-- RETURNS: stopped | stale_fence | request_reused
-- USES: desk
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
hush_offers(desk, "withdrawn")
return { "stopped" }
