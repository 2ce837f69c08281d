-- The clerk does not wait for a visitor who is gone: first of their tier for whoever calls next, the desk is free.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call
-- RETURNS: released | stale_fence | call_unknown | wrong_state | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local talking = call_by(call)
if talking.gone ~= "visitor" then return { "wrong_state" } end
give_back(talking, ticket_by(desk.ticket), "released", { by = "attendant", band = 0, actor = "attendant" })
free(desk, "attendant", {})
return { "released" }
