-- This page holds the attendant's desk; the page before it loses by the fence.
-- KEYS: court
-- ARGV: attendant name job units tab lease_s:int take_over
-- RETURNS: desk fence:int | desk_elsewhere
-- USES: ticket desk call leg
-- FLAGS: allow-oom

local RESUMED_MS = 300000

local desk = desk_by(attendant)
if not desk then
  desk = { id = attendant, at = key("attendant", attendant) }
  write(desk, { status = "offline", activity = "idle", units = units, since_ms = now() })
end
local alive = due_ms("attendant", attendant)
if desk.tab and desk.tab ~= tab and alive and take_over ~= "1" then return { "desk_elsewhere" } end
write(desk, { name = name, job = job, lease_s = lease_s })
if desk.tab ~= tab or not alive then
  write(desk, { tab = tab, fence = redis.call("INCR", key("fence")) })
  emit("attendant.desk", { attendant = attendant, fence = desk.fence, actor = "attendant" })
end
local chosen = {}
for unit in desk.units:gmatch("%S+") do
  if (" " .. units .. " "):find(" " .. unit .. " ", 1, true) then chosen[#chosen + 1] = unit else sit(desk, unit, false, false) end
end
write(desk, { units = #chosen > 0 and table.concat(chosen, " ") or units })
if desk.status ~= "offline" then
  sit_everywhere(desk)
else
  -- A line that was lost for a moment does not take anybody off the counter; whoever comes new says so themself.
  local back = desk.resumed and now() - desk.since_ms <= RESUMED_MS
  turn(desk, "attendant", { status = back and desk.resumed or "paused", pause = back and desk.resumed_pause or "" })
end
write(desk, { resumed = "" })
desk_lease(desk, lease_s)
if desk.activity == "in_call" then heard(call_by(desk.call), "attendant") end
return { "desk", desk.fence }
