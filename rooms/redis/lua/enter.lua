-- The visitor is in the call: `go` starts the media on both sides.
-- KEYS: court
-- ARGV: principal request fingerprint holder call tab media
-- RETURNS: entered rev:int | ticket_unknown | call_unknown | wrong_state | not_active_page | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
if ticket.call ~= call then return { "call_unknown" } end
if ticket.state ~= "called" then return { "wrong_state" } end
if ticket.tab ~= tab then return { "not_active_page" } end
local ringing, desk = call_by(call), desk_by(ticket.attendant)
change(ticket, "in_call", { entered_ms = now() })
lease(ticket, ticket.policy.visitor_lease_s)
write(ringing, { state = "active", started_ms = now(), media = media })
redis.call("SMOVE", key("called", ticket.unit), key("in_call", ticket.unit), ticket.id)
say(ringing, "visitor", "", "go", cjson.encode({ type = "go", media = media }))
moved("ticket.entered", ticket, "entered", "visitor", { media = media })
turn(desk, "visitor", { activity = "in_call" })
desk_lease(desk, desk.lease_s)
return { "entered", ticket.rev }
