-- The ring lasts longer, once a ring.
-- KEYS: court
-- ARGV: principal request fingerprint holder rev
-- RETURNS: extended rev:int | ticket_unknown | wrong_state | stale_rev rev:int | no_more_time | request_reused
-- USES: ticket call
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
if ticket.state ~= "called" then return { "wrong_state" } end
if ticket.rev ~= rev then return { "stale_rev", ticket.rev } end
if ticket.more_time == "1" then return { "no_more_time" } end
change(ticket, "called", { more_time = 1 })
local until_ms = due_ms("ring", ticket.id) + ticket.policy.more_time_s * 1000
due("ring", ticket.id, until_ms)
say(call_by(ticket.call), "visitor", "attendant", "extended", cjson.encode({ type = "extended", until_ms = until_ms }))
emit("ticket.more_time", {
  unit = ticket.unit, ticket = ticket.id, attendant = ticket.attendant, call = ticket.call, ring_until_ms = until_ms,
})
return { "extended", ticket.rev }
