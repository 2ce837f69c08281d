-- They talk again.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call
-- RETURNS: unheld | stale_fence | call_unknown | wrong_state | request_reused
-- USES: ticket desk call leg
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local ticket = ticket_by(desk.ticket)
if ticket.state ~= "on_hold" then return { "wrong_state" } end
unhold(call_by(call), ticket, "attendant")
return { "unheld" }
