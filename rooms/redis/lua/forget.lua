-- This browser holds no ticket any more. A live one keeps its place, by the rules of the away; nobody holds it until it ends.
-- KEYS: court
-- ARGV: holder
-- RETURNS: forgotten
-- USES: ticket handover
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if ticket then rotate(ticket, "nobody:" .. ticket.id, "forgotten") end
redis.call("DEL", key("holder", holder))
return { "forgotten" }
