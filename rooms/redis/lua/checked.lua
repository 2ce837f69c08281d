-- What the check of the visitor's devices and internet found stays with the live ticket, for whoever serves them.
-- KEYS: court
-- ARGV: principal request fingerprint holder ago_s:int found ways
-- RETURNS: checked | ticket_unknown | request_reused
-- USES: ticket
-- FLAGS: allow-oom

-- Each is kept, and told to whoever looks so often: an event stays for days.
local TOLD = 20

local ticket = ticket_of(holder)
if not ticket then return { "ticket_unknown" } end
local checks = tonumber(ticket.checks or 0) + 1
write(ticket, { check = string.format("%.0f:%s", now() - ago_s * 1000, found), check_ways = ways, checks = checks })
if checks <= TOLD then
  emit("ticket.checked", {
    unit = ticket.unit, ticket = ticket.id, attendant = ticket.attendant or "", call = ticket.call or "",
  })
end
return { "checked" }
