-- The browser's live ticket knows where its reminders go when no page is open; it is forgotten with the ticket.
-- KEYS: court
-- ARGV: holder push
-- RETURNS: subscribed | ticket_unknown
-- USES: ticket
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
write(ticket, { push = push })
return { "subscribed" }
