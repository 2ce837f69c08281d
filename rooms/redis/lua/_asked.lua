-- Somebody of the court is asked into a call that is not theirs: it rings at their desk until they answer, somebody else
-- came, or its time is over. The call knows at whose desks it rings (`asked`) and, once it rings nowhere, why nobody came.
local function asked_of(call)
  local ids = {}
  for id in (call.asked or ""):gmatch("%S+") do ids[#ids + 1] = id end
  return ids
end

local NOBODY_COMES = { declined = true, no_answer = true, busy = true }

-- It stops ringing at this desk.
local function hush(call, desk, cause)
  local others = {}
  for _, id in ipairs(asked_of(call)) do
    if id ~= desk.id then others[#others + 1] = id end
  end
  write(desk, { asked = "" })
  write(call, { asked = table.concat(others, " ") })
  if #others == 0 then
    not_due("asked", call.id)
    write(call, { answer = NOBODY_COMES[cause] and cause or "" })
  end
  emit("guest.answered", {
    unit = call.unit, ticket = call.ticket, attendant = desk.id, call = call.id, as = call.asked_as, asker = call.attendant,
    cause = cause,
  })
end

-- It rings nowhere any more.
local function hush_all(call, cause)
  for _, id in ipairs(asked_of(call)) do hush(call, { id = id, at = key("attendant", id) }, cause) end
end
