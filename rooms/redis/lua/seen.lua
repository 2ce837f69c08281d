-- The visitor's active page shows the ring.
-- KEYS: court
-- ARGV: principal request fingerprint holder call tab
-- RETURNS: seen | ticket_unknown | call_unknown | wrong_state | not_active_page | request_reused
-- USES: ticket call
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
if ticket.call ~= call then return { "call_unknown" } end
if ticket.state ~= "called" then return { "wrong_state" } end
if ticket.tab ~= tab then return { "not_active_page" } end
local ringing = call_by(call)
if ringing.seen_ms then return { "seen" } end
write(ringing, { seen_ms = now() })
say(ringing, "visitor", "attendant", "seen", '{"type":"seen"}')
emit("ticket.seen", { unit = ticket.unit, ticket = ticket.id, attendant = ticket.attendant, call = call })
return { "seen" }
