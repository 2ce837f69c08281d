-- The call is over for both, whichever side says so: the ticket is served, the desk in wrap-up. Whoever only helps in it
-- leaves it.
-- KEYS: court
-- ARGV: principal request fingerprint side member fence call
-- RETURNS: hung_up | call_unknown | stale_fence | wrong_state | request_reused
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local talking = call_by(call)
local helper = talking and side == "attendant" and helper_in(talking, member)
if helper then
  if not desk_of(member, fence) then return { "stale_fence" } end
  get_up(helper, "left")
  return { "hung_up" }
end
local ticket = talking and ticket_by(talking.ticket)
local member = side == "visitor" and ticket and ticket.holder == member or talking and talking.attendant == member
if not member or not ticket then return { "call_unknown" } end
local desk = desk_by(talking.attendant)
if side == "attendant" and desk.fence ~= fence then return { "stale_fence" } end
if talking.state == "ringing" or talking.state == "ended" then return { "wrong_state" } end
part(talking, ticket, desk, { ["end"] = "hung_up", by = side, actor = side })
return { "hung_up" }
