-- What the check of the visitor's devices and internet found stays with the live ticket, for whoever serves them.
-- KEYS: court
-- ARGV: principal request fingerprint holder ago_s:int found ways
-- RETURNS: checked | ticket_unknown | request_reused
-- USES: ticket
-- FLAGS: allow-oom

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
write(ticket, { check = string.format("%.0f:%s", now() - ago_s * 1000, found), check_ways = ways })
emit("ticket.checked", {
  unit = ticket.unit, ticket = ticket.id, attendant = ticket.attendant or "", call = ticket.call or "",
})
return { "checked" }
