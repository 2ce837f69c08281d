-- The ticket may be taken to another device, once, for so long: by a link or by a short code, known by their hashes.
-- A newer code makes the one before it worthless.
-- KEYS: court
-- ARGV: holder link short ttl_s:int
-- RETURNS: given ticket number unit until_ms:int | ticket_unknown
-- USES: ticket handover
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
if ticket.link then redis.call("DEL", key("handover", ticket.link), key("handover", ticket.short)) end
local until_ms = now() + ttl_s * 1000
write(ticket, { link = link, short = short, code_until_ms = until_ms, redeemed_by = "" })
for _, code in ipairs({ link, short }) do redis.call("SET", key("handover", code), ticket.id, "EX", ttl_s + CODE_KEPT_S) end
return { "given", ticket.id, ticket.number, ticket.unit, until_ms }
