-- An interpreter offers to come into a call of a unit: it rings at the unit's desks that talk, until one lets them in or the
-- time is over. The interpreter's desk knows at whose it rings (`offers`) and, once it rings nowhere, why nobody let them in.
local function offered_to(interpreter)
  local ids = {}
  for id in (interpreter.offers or ""):gmatch("%S+") do ids[#ids + 1] = id end
  return ids
end

-- It stops ringing at this desk.
local function hush_offer(interpreter, desk, cause)
  local others = {}
  for _, id in ipairs(offered_to(interpreter)) do
    if id ~= desk.id then others[#others + 1] = id end
  end
  write(desk, { offered = "" })
  write(interpreter, { offers = table.concat(others, " ") })
  if #others == 0 then
    not_due("offer", interpreter.id)
    write(interpreter, { offer_answer = NOBODY_COMES[cause] and cause or "" })
  end
  emit("guest.offer_over", { unit = interpreter.offer_unit, attendant = desk.id, asker = interpreter.id, cause = cause })
end

local function hush_offers(interpreter, cause)
  for _, id in ipairs(offered_to(interpreter)) do hush_offer(interpreter, { id = id, at = key("attendant", id) }, cause) end
end
