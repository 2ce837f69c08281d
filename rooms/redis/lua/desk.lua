-- One attendant's desk with the ticket they hold and its call.
-- KEYS: court
-- ARGV: attendant
-- RETURNS: desk epoch:int n:int now_ms:int fields:list wrap_until_ms ticket ticket_fields:list call call_fields:list until_ms
-- USES: snapshot
-- FLAGS: no-writes

local ticket = redis.call("HGET", key("attendant", attendant), "ticket")
local epoch, n, now_ms = as_of()
local one = one_ticket("", ticket and ticket ~= "" and ticket or nil)
return {
  "desk", epoch, n, now_ms, flat(key("attendant", attendant)), due_ms("wrap_up", attendant) or "",
  one[5], one[6], one[7], one[8], one[9],
}
