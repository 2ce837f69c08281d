-- What somebody in the call says to the others, or to one of them, is in its log. Refused when memory is short: joins come before words.
-- KEYS: court
-- ARGV: principal request fingerprint side member page call to kind body
-- RETURNS: said entry | not_member | not_active_page | stale_fence | wrong_state | call_log_full | request_reused
-- USES: ticket desk call

local LOG_BYTES, ENTRY_BYTES = 2 * 1024 * 1024, 200

local OF_A_LEG = { description = true, candidate = true, rejoin = true }

local talking = call_by(call)
local ticket = talking and ticket_by(talking.ticket)
-- Somebody of the court in another's call speaks from their own desk.
local helper = side == "attendant" and talking and helper_in(talking, member)
local guest = helper or side == "guest" and guest_by(member)
local sender = side
local is_member
if side == "visitor" then
  is_member = ticket and ticket.holder == member
elseif side == "attendant" and not helper then
  is_member = talking and talking.attendant == member
else
  sender = guest and guest.party
  is_member = talking and guest and talking[sender] == guest.id
end
if not is_member then return { "not_member" } end
-- Whom it is for is in the call too; what belongs to a guest's leg is for one alone.
local is_for_one = to ~= sender and (to == "visitor" or to == "attendant" or talking[to])
if to ~= "" and not is_for_one or to == "" and guest and OF_A_LEG[kind] then return { "not_member" } end
if talking.state == "ended" then return { "wrong_state" } end
if side == "visitor" and ticket.tab ~= page or side == "guest" and guest.tab ~= page then return { "not_active_page" } end
if side == "attendant" and not desk_of(member, page) then return { "stale_fence" } end
local bytes = (talking.bytes or 0) + #body + ENTRY_BYTES
if bytes > LOG_BYTES then return { "call_log_full" } end
write(talking, { bytes = bytes })
return { "said", say(talking, sender, to, kind, body) }
