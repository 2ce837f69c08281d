-- The browser's ticket, live or ended less than an hour ago, with its call.
-- KEYS: court
-- ARGV: holder
-- RETURNS: page epoch:int n:int now_ms:int ticket fields:list call call_fields:list until_ms
-- USES: snapshot
-- FLAGS: no-writes

return one_ticket("page", redis.call("GET", key("holder", holder)) or nil)
