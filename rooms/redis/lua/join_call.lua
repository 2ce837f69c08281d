-- This browser (`guest`) is in the call that the link invites to, in a seat of its own. A link is good once.
-- KEYS: court
-- ARGV: code guest name
-- RETURNS: joined party | invitation_unknown | call_full
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local told, call = invitation_of(code, guest)
if not told then return { "invitation_unknown" } end
local mine = guest_by(guest)
if told.used_by or mine and not mine.ended_ms and mine.call == call.id then return { "joined", mine.party } end
local party = free_seat(call)
if not party then return { "call_full" } end
if mine and not mine.ended_ms then get_up(mine, "left") end
mine = { id = guest, at = key("guest", guest) }
redis.call("DEL", mine.at)
write(mine, {
  call = call.id, kind = told.kind, name = name,
  lease_ms = ticket_by(call.ticket).policy.visitor_lease_s * 1000,
})
write({ at = key("invitation", code) }, { used_by = guest })
write(call, { invitation = "", invited_until_ms = "" })
sit_down(call, mine, party)
return { "joined", party }
