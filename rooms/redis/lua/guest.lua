-- One guest with the call they are in.
-- KEYS: court
-- ARGV: guest
-- RETURNS: guest epoch:int n:int now_ms:int fields:list call_fields:list until_ms
-- USES: snapshot
-- FLAGS: no-writes

return one_guest("guest", guest)
