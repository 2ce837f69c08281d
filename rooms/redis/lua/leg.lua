-- It is known whether a page hears the other side of its call; with a silent line this interrupts, or resumes.
-- KEYS: court
-- ARGV: principal request fingerprint side member page call alive
-- RETURNS: told | not_member | not_active_page | stale_fence | wrong_state | request_reused
-- USES: ticket desk call leg
-- FLAGS: allow-oom

local talking = call_by(call)
local ticket = talking and ticket_by(talking.ticket)
local is_member = ticket and (side == "visitor" and ticket.holder == member or talking.attendant == member)
if not is_member then return { "not_member" } end
if talking.state == "ended" or talking.state == "ringing" then return { "wrong_state" } end
if side == "visitor" and ticket.tab ~= page then return { "not_active_page" } end
if side == "attendant" and not desk_of(member, page) then return { "stale_fence" } end
write(talking, { [side .. "_leg"] = alive == "1" and "alive" or "dead" })
weigh(talking)
return { "told" }
