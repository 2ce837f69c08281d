-- Somebody of the court is asked into a call that is not theirs: it rings at their desk until they answer, somebody else
-- came, or its time is over. The call knows at whose desks it rings (`asked`) and, once it rings nowhere, why nobody came.

local function ids_in(text)
  local ids = {}
  for id in (text or ""):gmatch("%S+") do ids[#ids + 1] = id end
  return ids
end

-- Those of the ids that are not this one, and whether it was among them.
local function without(text, id)
  local others, found = {}, false
  for _, each in ipairs(ids_in(text)) do
    if each == id then found = true else others[#others + 1] = each end
  end
  return table.concat(others, " "), found
end

local NOBODY_COMES = { declined = true, no_answer = true, busy = true }

-- It stops ringing at this desk.
local function hush(call, desk, cause)
  local others = without(call.asked, desk.id)
  write(desk, { asked = "" })
  write(call, { asked = others })
  if others == "" then
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
  for _, id in ipairs(ids_in(call.asked)) do hush(call, { id = id, at = key("attendant", id) }, cause) end
end
