-- The ring is taken back: the person is the first of their tier, the attendant paused.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call
-- RETURNS: cancelled | stale_fence | call_unknown | wrong_state | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
if desk.activity ~= "calling" then return { "wrong_state" } end
end_call(call_by(call), "cancelled", "attendant")
back_to_line(ticket_by(desk.ticket), "cancelled", "attendant", { band = 0 })
free(desk, "attendant", { status = "paused", pause = "cancelled" })
return { "cancelled" }
