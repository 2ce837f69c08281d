-- The attendant is available, paused or offline; a running call is not touched.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence status pause
-- RETURNS: set | stale_fence | request_reused
-- USES: desk
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
turn(desk, "attendant", { status = status, pause = pause, resumed = "" })
desk_lease(desk, desk.lease_s)
return { "set" }
