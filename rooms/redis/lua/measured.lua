-- How the call has gone so far for one side is known; its end tells it.
-- KEYS: court
-- ARGV: principal request fingerprint side member page call measure
-- RETURNS: measured | not_member | not_active_page | stale_fence | wrong_state | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local talking = call_by(call)
local ticket = talking and ticket_by(talking.ticket)
local is_member = ticket and (side == "visitor" and ticket.holder == member or talking.attendant == member)
if not is_member then return { "not_member" } end
if talking.state == "ended" or talking.state == "ringing" then return { "wrong_state" } end
if side == "visitor" and ticket.tab ~= page then return { "not_active_page" } end
if side == "attendant" and not desk_of(member, page) then return { "stale_fence" } end
write(talking, { [side .. "_measure"] = measure })
return { "measured" }
