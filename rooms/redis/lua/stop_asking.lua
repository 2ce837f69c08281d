-- It rings nowhere any more: whoever asked for somebody does not wait for them.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call
-- RETURNS: stopped | stale_fence | call_unknown | request_reused
-- USES: ticket desk call
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
hush_all(call_by(call), "withdrawn")
return { "stopped" }
