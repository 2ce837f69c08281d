-- It rings at a colleague's desk, for so long: whoever has the person asks them into the call. Asked again, it rings there
-- instead.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call colleague ttl_s:int
-- RETURNS: asked until_ms:int | stale_fence | call_unknown | wrong_state | call_full | colleague_busy | request_reused
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local talking = call_by(call)
if not TALKING[ticket_by(desk.ticket).state] then return { "wrong_state" } end
if not free_seat(talking) then return { "call_full" } end
local at_counter = redis.call("SISMEMBER", key("desks", talking.unit), colleague) == 1
local other = at_counter and desk_by(colleague)
if not other or not is_free(other, call) then return { "colleague_busy" } end
return { "asked", ask(talking, "colleague", { other }, other.name, ttl_s) }
