-- The attendant attends these units from now on.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence units
-- RETURNS: chosen | stale_fence | request_reused
-- USES: desk
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
local before = desk.units
for unit in desk.units:gmatch("%S+") do
  if not (" " .. units .. " "):find(" " .. unit .. " ", 1, true) then sit(desk, unit, false, false) end
end
write(desk, { units = units })
sit_everywhere(desk)
emit("attendant.units", { attendant = attendant, units = units, before = before, actor = "attendant" })
return { "chosen" }
