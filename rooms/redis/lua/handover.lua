-- What a code would take to the device that asks; nothing of it is changed by asking.
-- KEYS: court
-- ARGV: code
-- RETURNS: given ticket number unit until_ms:int | handover_unknown
-- USES: ticket handover
-- FLAGS: allow-oom

local ticket = carried(code)
if not ticket or ticket.redeemed_by then return { "handover_unknown" } end
return { "given", ticket.id, ticket.number, ticket.unit, ticket.code_until_ms }
