-- The ticket has been taken off the line by staff, for a reason that the person is told.
-- KEYS: court
-- ARGV: principal request fingerprint ticket reason attendant fence
-- RETURNS: removed | ticket_unknown | stale_fence | not_yours | wrong_state | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

-- No attendant: a supervisor, for anybody who waits.
local removed = ticket_by(ticket)
if not removed or removed.ended_ms then return { "ticket_unknown" } end
if attendant == "" then
  if removed.state ~= "waiting" then return { "wrong_state" } end
  end_ticket(removed, "removed", "removed", "supervisor", reason)
  return { "removed" }
end
local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.ticket ~= ticket then return { "not_yours" } end
local call = call_by(desk.call)
if desk.activity == "calling" then
  end_call(call, "removed", "attendant")
  end_ticket(removed, "removed", "removed", "attendant", reason)
  free(desk, "attendant", {})
else
  part(call, removed, desk, {
    state = "removed", ["end"] = "removed", by = "attendant", actor = "attendant", reason = reason,
  })
end
return { "removed" }
