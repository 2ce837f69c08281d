-- What one side says to the other is in the call's log. Refused when memory is short: joins come before words.
-- KEYS: court
-- ARGV: principal request fingerprint side member page call to kind body
-- RETURNS: said entry | not_member | not_active_page | stale_fence | wrong_state | call_log_full | request_reused
-- USES: ticket desk call

local LOG_BYTES, ENTRY_BYTES = 2 * 1024 * 1024, 200

local talking = call_by(call)
local ticket = talking and ticket_by(talking.ticket)
local is_member = talking and (side == "visitor" and ticket and ticket.holder == member or talking.attendant == member)
local other = side == "visitor" and "attendant" or "visitor"
if not is_member or (to ~= "" and to ~= other) then return { "not_member" } end
if talking.state == "ended" then return { "wrong_state" } end
if side == "visitor" and ticket.tab ~= page then return { "not_active_page" } end
if side == "attendant" and not desk_of(member, page) then return { "stale_fence" } end
local bytes = (talking.bytes or 0) + #body + ENTRY_BYTES
if bytes > LOG_BYTES then return { "call_log_full" } end
write(talking, { bytes = bytes })
return { "said", say(talking, side, to, kind, body) }
