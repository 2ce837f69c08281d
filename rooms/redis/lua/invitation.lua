-- What a link would bring this browser into; nothing of it is changed by asking.
-- KEYS: court
-- ARGV: code guest
-- RETURNS: invitation call unit attendant kind until_ms:int | invitation_unknown
-- USES: ticket desk call guest
-- FLAGS: allow-oom

local told, call = invitation_of(code, guest)
if not told then return { "invitation_unknown" } end
return { "invitation", call.id, call.unit, call.attendant, told.kind, told.until_ms }
