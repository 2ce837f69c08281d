-- The visitor does not wait for a clerk who is gone: first of their tier for whoever calls next; that desk is paused.
-- KEYS: court
-- ARGV: principal request fingerprint holder call
-- RETURNS: waiting rev:int | ticket_unknown | call_unknown | wrong_state | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
if ticket.call ~= call then return { "call_unknown" } end
local talking, desk = call_by(call), desk_by(ticket.attendant)
if talking.gone ~= "attendant" then return { "wrong_state" } end
give_back(talking, ticket, "other_attendant", { by = "visitor", band = 0, actor = "visitor" })
vanish(desk, ticket)
return { "waiting", ticket.rev }
