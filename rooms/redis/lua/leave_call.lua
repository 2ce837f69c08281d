-- A guest has left the call, which goes on without them.
-- KEYS: court
-- ARGV: principal request fingerprint guest call
-- RETURNS: left | not_member | request_reused
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local mine = guest_by(guest)
if not mine or mine.ended_ms or mine.call ~= call then return { "not_member" } end
get_up(mine, "left")
return { "left" }
