-- One attendant's desk with the ticket they hold, its call, and who else is in that; the call into which they are asked, and
-- the one they help in; whom they offer to help, and who offers it to them.
-- KEYS: court
-- ARGV: attendant
-- RETURNS: desk epoch:int n:int now_ms:int fields:list wrap_until_ms ticket ticket_fields:list call call_fields:list until_ms guests:list asked_until_ms asked:list helping:list offer_until_ms offered:list
-- USES: snapshot
-- FLAGS: no-writes

return one_desk("desk", attendant)
