-- "Voltei": whoever did not enter has the place again, for one more ring, once; this page is the active one.
-- KEYS: court
-- ARGV: principal request fingerprint holder rev tab
-- RETURNS: back rev:int | ticket_unknown | wrong_state | stale_rev rev:int | too_late | request_reused
-- USES: ticket
-- FLAGS: allow-oom

local ticket = ticket_by(redis.call("GET", key("holder", holder)) or nil)
if not ticket then return { "ticket_unknown" } end
if ticket.state ~= "no_show" then return { "wrong_state" } end
if ticket.rev ~= rev then return { "stale_rev", ticket.rev } end
local policy = ticket.policy
if ticket.came_back or now() - ticket.ended_ms > policy.no_show_back_s * 1000 then return { "too_late" } end
restore(ticket, "no_show_back", { came_back = 1, tries = policy.tries - 1, tab = tab })
return { "back", ticket.rev }
