-- Whoever was asked into the call does not come, and who asked is told when nobody does.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call
-- RETURNS: declined | stale_fence | not_asked | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.asked ~= call then return { "not_asked" } end
hush(call_by(call), desk, "declined")
return { "declined" }
