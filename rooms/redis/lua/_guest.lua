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

-- Whoever is in the call from their own desk is there as long as that is.
local function guest_lease(guest)
  if not guest.desk then due("guest", guest.id, now() + guest.lease_ms) end
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

-- Whether it may ring at this desk for a call.
local function is_free(desk, call)
  return desk.activity == "idle" and desk.status ~= "offline" and (not desk.asked or desk.asked == call)
end

-- It rings at these desks for so long, instead of where it rang for this call; answers until when.
local function ask(call, as, desks, name, ttl_s)
  hush_all(call, "withdrawn")
  local ids, until_ms = {}, now() + ttl_s * 1000
  for _, desk in ipairs(desks) do
    ids[#ids + 1] = desk.id
    write(desk, { asked = call.id })
    emit("guest.asked", {
      unit = call.unit, ticket = call.ticket, attendant = desk.id, call = call.id, as = as, asker = call.attendant,
    })
  end
  write(call, { asked = table.concat(ids, " "), asked_as = as, asked_name = name, answer = "" })
  due("asked", call.id, until_ms)
  return until_ms
end

-- Whoever sits at this desk is in the call, in a seat of their own.
local function help(desk, call, as, party)
  local id = guest_of_desk(desk.id)
  local mine = { id = id, at = key("guest", id) }
  redis.call("DEL", mine.at)
  write(mine, { call = call.id, kind = as, name = desk.name, job = desk.job, desk = desk.id })
  sit_down(call, mine, party)
  turn(desk, "attendant", { activity = "helping", helping = call.id })
end
