-- The place is given up; while it rings the desk is free again, in a call it is a hang-up.
-- KEYS: court
-- ARGV: principal request fingerprint holder rev
-- RETURNS: left | ticket_unknown | stale_rev rev:int | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
if ticket.rev ~= rev then return { "stale_rev", ticket.rev } end
if TALKING[ticket.state] then
  part(call_by(ticket.call), ticket, desk_by(ticket.attendant), { ["end"] = "hung_up", by = "visitor", actor = "visitor" })
  return { "left" }
end
if ticket.state == "called" then
  end_call(call_by(ticket.call), "visitor_left", "visitor")
  free(desk_by(ticket.attendant), "visitor", {})
end
end_ticket(ticket, "left", "left", "visitor")
return { "left" }
