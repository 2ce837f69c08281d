-- The ring is taken back for a reason: the person is the first of their tier, the attendant paused.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call reason
-- RETURNS: cancelled | stale_fence | call_unknown | wrong_state | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
if desk.activity ~= "calling" then return { "wrong_state" } end
local ticket = ticket_by(desk.ticket)
redis.call("HINCRBY", key("day", ticket.unit, ticket.day), "cancelled", 1)
give_back(call_by(call), ticket, "cancelled", { by = "attendant", band = 0, actor = "attendant", reason = reason })
free(desk, "attendant", { status = "paused", pause = "cancelled" })
return { "cancelled" }
