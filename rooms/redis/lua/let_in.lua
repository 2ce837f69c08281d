-- The interpreter who offered to come is in the call at this desk, and it rings at no other.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call
-- RETURNS: came party | stale_fence | call_unknown | not_asked | call_full | request_reused
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
if not desk.offered then return { "not_asked" } end
local talking, interpreter = call_by(call), desk_by(desk.offered)
local party = free_seat(talking)
if not party then return { "call_full" } end
hush_offer(interpreter, desk, "came")
hush_offers(interpreter, "taken")
help(interpreter, talking, "interpreter", party)
return { "came", party }
