-- By this link somebody else may join the call, once, until then; the link before it is worthless.
-- KEYS: court
-- ARGV: attendant fence call code kind ttl_s:int
-- RETURNS: invited until_ms:int | stale_fence | call_unknown | wrong_state | call_full
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local KEPT_S = 600

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local talking = call_by(call)
if not TALKING[ticket_by(desk.ticket).state] then return { "wrong_state" } end
if not free_seat(talking) then return { "call_full" } end
if talking.invitation then redis.call("DEL", key("invitation", talking.invitation)) end
local until_ms = now() + ttl_s * 1000
write({ at = key("invitation", code) }, { call = call, kind = kind, until_ms = until_ms })
redis.call("EXPIRE", key("invitation", code), ttl_s + KEPT_S)
write(talking, { invitation = code, invited_until_ms = until_ms })
emit("guest.invited", { unit = talking.unit, ticket = talking.ticket, attendant = attendant, call = call, as = kind })
return { "invited", until_ms }
