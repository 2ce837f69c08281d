-- The person has what was to be fetched and may be called again.
-- KEYS: court
-- ARGV: principal request fingerprint holder rev
-- RETURNS: ready rev:int | ticket_unknown | stale_rev rev:int | wrong_state | request_reused
-- USES: ticket
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
if ticket.rev ~= rev then return { "stale_rev", ticket.rev } end
if not ticket.fetching then return { "wrong_state" } end
ready(ticket, "visitor")
return { "ready", ticket.rev }
