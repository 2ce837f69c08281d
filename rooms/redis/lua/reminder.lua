-- Where a ticket's reminders go, and what it is now; nothing where it has no subscription. `looked_at`: a page of it lives,
-- and while it rings, shows the ring.
-- KEYS: court
-- ARGV: ticket
-- RETURNS: reminder push unit number state looked_at passed_until_ms ring_until_ms | none
-- FLAGS: no-writes

local push, unit, number, state, present, call =
  unpack(redis.call("HMGET", key("ticket", ticket), "push", "unit", "number", "state", "present", "call"))
if not push or push == "" then return { "none" } end
local looked_at = present == "1" and "1" or ""
if state == "called" then
  looked_at = redis.call("HEXISTS", key("call", call, "state"), "seen_ms") == 1 and "1" or ""
end
return {
  "reminder", push, unit, number, state, looked_at, due_ms("passed", ticket) or "", due_ms("ring", ticket) or "",
}
