-- That person rings although it is not their turn; why is told, and counted in the unit's day.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call ticket reason names:json orders:json
-- RETURNS: ringing call ticket unit | stale_fence | not_available | wrong_state | ticket_unknown | not_waiting | not_your_unit | request_reused
-- USES: ticket desk call ring
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.activity ~= "idle" then return { "wrong_state" } end
if desk.status ~= "available" then return { "not_available" } end
local called = ticket_by(ticket)
if not called then return { "ticket_unknown" } end
if not names[called.unit] or not (" " .. desk.units .. " "):find(" " .. called.unit .. " ", 1, true) then
  return { "not_your_unit" }
end
-- Somebody away would miss the ring, whoever fetches something is not ready; a colleague may have been quicker.
if called.state ~= "waiting" or index_of(called) ~= "line" then return { "not_waiting" } end
redis.call("HINCRBY", key("day", called.unit, called.day), "out_of_order", 1)
local order = orders[called.unit] or { order = "strict" }
ring(desk, called, call, names[called.unit], order, "out_of_order", reason)
return { "ringing", call, ticket, called.unit }
