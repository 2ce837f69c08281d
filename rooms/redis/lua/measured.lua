-- How the call has gone so far on a page is known; told a little after its end, until when it is heard.
-- KEYS: court
-- ARGV: principal request fingerprint side member page call measure:json
-- RETURNS: measured | not_member | not_active_page | stale_fence | wrong_state | request_reused
-- USES: ticket desk call measure
-- FLAGS: allow-oom

local talking = call_by(call)
local ticket = talking and ticket_by(talking.ticket)
local is_member = ticket and (side == "visitor" and ticket.holder == member or talking.attendant == member)
if not is_member then return { "not_member" } end
if talking.state == "ringing" or talking.state == "ended" and not due_ms("measures", call) then return { "wrong_state" } end
if side == "visitor" and ticket.tab ~= page then return { "not_active_page" } end
if side == "attendant" and not desk_of(member, page) then return { "stale_fence" } end
keep_measure(talking, side, measure)
return { "measured" }
