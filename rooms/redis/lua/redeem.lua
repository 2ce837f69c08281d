-- The ticket is on this device: its capability (`to`) is a new one, the other device's is worthless.
-- A code is good once. Whoever redeemed it and did not hear the answer is known by the capability they came with.
-- KEYS: court
-- ARGV: code mine to
-- RETURNS: redeemed unit | handover_unknown | ticket_exists ticket
-- USES: ticket handover
-- FLAGS: allow-oom

local ticket = carried(code, mine)
if not ticket or (ticket.redeemed_by and ticket.redeemed_by ~= mine) then return { "handover_unknown" } end
local own = ticket_of(mine)
if own then return { "ticket_exists", own.id } end
write(ticket, { redeemed_by = mine })
rotate(ticket, to, "handover")
return { "redeemed", ticket.unit }
