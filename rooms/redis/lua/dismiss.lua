-- The attendant has asked a guest out of the call.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call party
-- RETURNS: dismissed | stale_fence | call_unknown | not_member | request_reused
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local guest = guest_by(call_by(call)[party])
if not guest then return { "not_member" } end
get_up(guest, "dismissed")
return { "dismissed" }
