-- One ticket with its call.
-- KEYS: court
-- ARGV: ticket
-- RETURNS: page epoch:int n:int now_ms:int ticket fields:list call call_fields:list until_ms
-- USES: snapshot
-- FLAGS: no-writes

return one_ticket("page", ticket)
