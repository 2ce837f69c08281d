-- Wrap-up lasts up to its maximum, counted from the end of the call; once.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence
-- RETURNS: extended | stale_fence | wrong_state | no_more_time | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.activity ~= "wrap_up" then return { "wrong_state" } end
if desk.wrap_extended == "1" then return { "no_more_time" } end
local ticket = ticket_by(desk.ticket)
write(desk, { wrap_extended = 1 })
due("wrap_up", attendant, call_by(desk.call).ended_ms + ticket.policy.wrap_up_max_s * 1000)
emit("attendant.status", {
  attendant = attendant, units = desk.units, status = desk.status, pause = desk.pause or "", activity = "wrap_up",
  actor = "attendant",
})
return { "extended" }
