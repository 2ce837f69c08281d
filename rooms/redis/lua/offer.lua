-- It rings at the unit's desks that talk and have no interpreter yet, for so long: one offers to come. The first that lets
-- them in has them. Offered again, it rings there instead.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence unit ttl_s:int
-- RETURNS: offered until_ms:int | stale_fence | wrong_state | no_call_there | request_reused
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.activity ~= "idle" or desk.status == "offline" then return { "wrong_state" } end

local function may_need(other)
  local call = other.activity == "in_call" and call_by(other.call)
  if not call or call.unit ~= unit or not free_seat(call) then return false end
  for _, seat in ipairs(GUESTS) do
    if call[seat] and guest_by(call[seat]).kind == "interpreter" then return false end
  end
  return not other.offered or other.offered == attendant
end

local there = {}
for _, id in ipairs(redis.call("SMEMBERS", key("desks", unit))) do
  local other = desk_by(id)
  if may_need(other) then there[#there + 1] = other end
end
if #there == 0 then return { "no_call_there" } end
hush_offers(desk, "withdrawn")
local ids, until_ms = {}, now() + ttl_s * 1000
for _, other in ipairs(there) do
  ids[#ids + 1] = other.id
  write(other, { offered = attendant })
  emit("guest.offered", { unit = unit, attendant = other.id, call = other.call, asker = attendant })
end
write(desk, { offers = table.concat(ids, " "), offer_unit = unit, offer_answer = "" })
due("offer", attendant, until_ms)
return { "offered", until_ms }
