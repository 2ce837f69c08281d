-- The tier is corrected for a reason; the sequence stays. An attendant corrects the person they have, a supervisor anybody.
-- KEYS: court
-- ARGV: principal request fingerprint ticket rev tier:int reason attendant fence
-- RETURNS: set rev:int | ticket_unknown | stale_fence | not_yours | stale_rev rev:int | request_reused
-- USES: ticket desk
-- FLAGS: allow-oom

local corrected = ticket_by(ticket)
if not corrected or corrected.ended_ms then return { "ticket_unknown" } end
if attendant ~= "" then
  local desk = desk_of(attendant, fence)
  if not desk then return { "stale_fence" } end
  if desk.ticket ~= ticket then return { "not_yours" } end
end
if corrected.rev ~= rev then return { "stale_rev", corrected.rev } end
local before = corrected.tier
change(corrected, corrected.state, { tier = tier, tier_reason = reason })
if corrected.state == "waiting" then
  into_line(corrected)
  remind(corrected.unit, corrected.policy)
end
emit("ticket.tier", {
  unit = corrected.unit, ticket = ticket, attendant = corrected.attendant or "", call = corrected.call or "",
  actor = attendant == "" and "supervisor" or "attendant", reason = reason, tier = tier, before = before,
})
return { "set", corrected.rev }
