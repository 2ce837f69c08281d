-- They do not talk for a while; both know how long at most, and the place at this desk is kept.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call
-- RETURNS: held until_ms:int | stale_fence | call_unknown | wrong_state | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local ticket, talking = ticket_by(desk.ticket), call_by(call)
if ticket.state ~= "in_call" then return { "wrong_state" } end
local until_ms = now() + ticket.policy.hold_s * 1000
write(talking, { state = "on_hold" })
change(ticket, "on_hold", {})
due("hold", ticket.id, until_ms)
say(talking, "attendant", "", "hold", cjson.encode({ type = "hold", until_ms = until_ms }))
moved("ticket.held", ticket, "hold", "attendant", { until_ms = until_ms })
return { "held", until_ms }
