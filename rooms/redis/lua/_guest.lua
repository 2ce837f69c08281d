-- Somebody else in a call: how they are invited, take a seat, and leave it. The two whose call it is feel nothing of it.
-- The invitation that this browser may use, and its call. A newer one makes an older worthless; whoever used one and did
-- not hear the answer may ask again.
local function invitation_of(code, guest)
  local told = record(key("invitation", code))
  local call = told and call_by(told.call)
  if not call or call.state == "ended" or now() > tonumber(told.until_ms) then return end
  if told.used_by and told.used_by == guest or call.invitation == code then return told, call end
end

local function free_seat(call)
  for _, seat in ipairs(GUESTS) do
    if not call[seat] then return seat end
  end
end

local function guest_lease(guest)
  due("guest", guest.id, now() + guest.lease_ms)
end

local function sit_down(call, guest, party)
  redis.call("PERSIST", guest.at)
  -- not cleared but gone: whoever reads single fields takes the one for the end
  redis.call("HDEL", guest.at, "left", "ended_ms")
  guest.left, guest.ended_ms = nil, nil
  write(call, { [party] = guest.id })
  guest_lease(guest)
  guest.party = party
  local since = say(call, party, "", "came", cjson.encode({
    type = "came", party = party, kind = guest.kind, name = guest.name, ["function"] = guest.job or cjson.null,
  }))
  write(guest, { party = party, since = since })
  emit("guest.came", {
    unit = call.unit, ticket = call.ticket, attendant = call.attendant, call = call.id, party = party, as = guest.kind,
  })
end

local function get_up(guest, reason)
  local call = call_by(guest.call)
  vacate(call, guest, reason)
  say(call, "", "", "left", cjson.encode({ type = "left", party = guest.party, reason = reason }))
end
