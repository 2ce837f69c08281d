-- It rings at every free interpreter of the court, for so long: whoever has the person asks for one. The first who comes has
-- the seat. Asked again, it rings anew.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call pool ttl_s:int
-- RETURNS: asked until_ms:int | stale_fence | call_unknown | wrong_state | call_full | no_interpreter | request_reused
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local talking = call_by(call)
if not TALKING[ticket_by(desk.ticket).state] then return { "wrong_state" } end
if not free_seat(talking) then return { "call_full" } end
local free = {}
local ids = redis.call("SMEMBERS", key("available", pool))
table.sort(ids)
for _, id in ipairs(ids) do
  local other = desk_by(id)
  if is_free(other, call) then free[#free + 1] = other end
end
if #free == 0 then return { "no_interpreter" } end
return { "asked", ask(talking, "interpreter", free, "", ttl_s) }
