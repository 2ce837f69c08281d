-- No interpreter is needed at this desk; who offered is told when none of the unit's does.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call
-- RETURNS: refused | stale_fence | call_unknown | not_asked | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
if not desk.offered then return { "not_asked" } end
hush_offer(desk_by(desk.offered), desk, "declined")
return { "refused" }
