-- What the clerk wrote down stays with the live ticket, for whoever has the person next.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call text
-- RETURNS: noted | stale_fence | call_unknown | wrong_state | request_reused
-- USES: ticket desk
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local ticket = ticket_by(desk.ticket)
if not ticket or ticket.ended_ms then return { "wrong_state" } end
write(ticket, { note = text })
emit("ticket.noted", { unit = ticket.unit, ticket = ticket.id, attendant = attendant, call = call, actor = "attendant" })
return { "noted" }
