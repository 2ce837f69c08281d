-- Whoever was asked into the call is in it, from their own desk, and it rings at nobody else's: who comes first has the seat.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call
-- RETURNS: came party | stale_fence | not_asked | call_full | request_reused
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.asked ~= call then return { "not_asked" } end
local talking = call_by(call)
local party = free_seat(talking)
if not party then return { "call_full" } end
hush(talking, desk, "came")
hush_all(talking, "taken")
help(desk, talking, talking.asked_as, party)
return { "came", party }
