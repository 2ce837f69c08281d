-- An interpreter offers to come into a call of a unit: it rings at the unit's desks that talk, until one lets them in or the
-- time is over. The interpreter's desk knows at whose it rings (`offers`) and, once it rings nowhere, why nobody let them in.

-- It stops ringing at this desk.
local function hush_offer(interpreter, desk, cause)
  local others = without(interpreter.offers, desk.id)
  write(desk, { offered = "" })
  write(interpreter, { offers = others })
  if others == "" then
    not_due("offer", interpreter.id)
    write(interpreter, { offer_answer = NOBODY_COMES[cause] and cause or "" })
  end
  emit("guest.offer_over", { unit = interpreter.offer_unit, attendant = desk.id, asker = interpreter.id, cause = cause })
end

local function hush_offers(interpreter, cause)
  for _, id in ipairs(ids_in(interpreter.offers)) do hush_offer(interpreter, { id = id, at = key("attendant", id) }, cause) end
end
