-- The attendant is offline at once: sessions and desk ended; a called person is first of their tier, a call is
-- over; one that they helped in goes on.
-- KEYS: court
-- ARGV: principal request fingerprint attendant
-- RETURNS: signed_out | request_reused
-- USES: ticket desk call guest
-- FLAGS: allow-oom

for _, session in ipairs(redis.call("SMEMBERS", key("sessions", attendant))) do redis.call("DEL", key("session", session)) end
redis.call("DEL", key("sessions", attendant))
local desk = desk_by(attendant)
if not desk then return { "signed_out" } end
not_due("attendant", attendant)
write(desk, { fence = redis.call("INCR", key("fence")), tab = "", resumed = "" })
emit("attendant.desk", { attendant = attendant, fence = desk.fence, actor = "supervisor" })
if desk.activity == "helping" then
  get_up(guest_by(guest_of_desk(attendant)), "left")
  desk = desk_by(attendant)
elseif desk.activity == "calling" or desk.activity == "in_call" then
  give_back(call_by(desk.call), ticket_by(desk.ticket), "signed_out", { band = 0, actor = "supervisor" })
elseif desk.activity == "wrap_up" then
  finish(desk, "supervisor", "")
end
free(desk, "supervisor", { status = "offline", pause = "" })
return { "signed_out" }
