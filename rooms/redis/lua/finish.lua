-- What the visit came to is known; the desk is ready for the next.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call outcome
-- RETURNS: finished | stale_fence | call_unknown | wrong_state | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
if desk.activity ~= "wrap_up" then return { "wrong_state" } end
finish(desk, "attendant", outcome)
return { "finished" }
