-- The person fetches something and keeps the key: not nominated until they say that they are ready, or the time for it
-- is over; the desk is free.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call reason
-- RETURNS: sent_back | stale_fence | call_unknown | wrong_state | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local ticket = ticket_by(desk.ticket)
if not TALKING[ticket.state] then return { "wrong_state" } end
give_back(call_by(call), ticket, "sent_back", { by = "attendant", actor = "attendant", reason = reason, fetching = 1 })
due("fetch", ticket.id, now() + ticket.policy.fetch_s * 1000)
free(desk, "attendant", {})
remind(ticket.unit, ticket.policy)
return { "sent_back" }
