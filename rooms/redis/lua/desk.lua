-- One attendant's desk with the ticket they hold, its call, and who else is in that.
-- KEYS: court
-- ARGV: attendant
-- RETURNS: desk epoch:int n:int now_ms:int fields:list wrap_until_ms ticket ticket_fields:list call call_fields:list until_ms guests:list
-- USES: snapshot
-- FLAGS: no-writes

local ticket = redis.call("HGET", key("attendant", attendant), "ticket")
local epoch, n, now_ms = as_of()
local one = one_ticket("", ticket and ticket ~= "" and ticket or nil)
local guests, seats = {}, { "guest_1", "guest_2" }
for _, id in ipairs(one[7] ~= "" and redis.call("HMGET", key("call", one[7], "state"), unpack(seats)) or {}) do
  if id and id ~= "" then guests[#guests + 1] = { id, flat(key("guest", id)) } end
end
return {
  "desk", epoch, n, now_ms, flat(key("attendant", attendant)), due_ms("wrap_up", attendant) or "",
  one[5], one[6], one[7], one[8], one[9], guests,
}
