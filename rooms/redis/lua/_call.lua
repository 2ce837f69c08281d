local AFTER_THE_END_S = 900
-- As long as a page repeats what it has to say.
local LAST_WORD_MS = 15000
-- The states of a ticket in which its call has begun and is not over.
local TALKING = { in_call = true, interrupted = true, on_hold = true }

local function call_by(id)
  local call = id and record(key("call", id, "state"))
  if call then call.id = id end
  return call
end

-- An entry of the call's log, in the court's stream and in the call's own, under one id. An absent `to` is everybody else.
local function say(call, sender, to, kind, body)
  local entry = {
    "n", redis.call("INCR", key("said")), "at", now(), "call", call.id, "ticket", call.ticket, "attendant", call.attendant,
    "from", sender, "to", to, "kind", kind, "body", body,
  }
  local id = redis.call("XADD", key("signals"), "*", unpack(entry))
  redis.call("XADD", key("call", call.id), id, unpack(entry))
  return id
end

-- Somebody else in the call, by the browser that has the seat.
local GUESTS = { "guest_1", "guest_2" }

local function guest_by(id)
  local guest = id and record(key("guest", id))
  if guest then guest.id = id end
  return guest
end

-- Somebody of the court has a guest's seat in their own name, and speaks from their own desk.
local function guest_of_desk(attendant)
  return "staff-" .. attendant
end

local function helper_in(call, attendant)
  for _, seat in ipairs(GUESTS) do
    if call[seat] == guest_of_desk(attendant) then return guest_by(call[seat]) end
  end
end

-- The guest's seat is free, and whoever had it at their own desk is at that again. What they were called is forgotten with
-- the call.
local function vacate(call, guest, cause)
  write(guest, { left = cause, ended_ms = now() })
  write(call, { [guest.party] = "" })
  not_due("guest", guest.id)
  local desk = guest.desk and desk_by(guest.desk)
  if desk and desk.helping == call.id then turn(desk, cause == "left" and "attendant" or "house", { activity = "idle", helping = "" }) end
  redis.call("EXPIRE", guest.at, AFTER_THE_END_S)
  emit("guest.left", {
    unit = call.unit, ticket = call.ticket, attendant = call.attendant, call = call.id, party = guest.party, as = guest.kind,
    cause = cause,
  })
end

-- The call is over for everybody. One that had begun waits a little for the last word of how it went.
local function end_call(call, reason, by)
  hush_all(call, "over")
  for _, seat in ipairs(GUESTS) do
    if call[seat] then vacate(call, guest_by(call[seat]), "over") end
  end
  if call.state ~= "ringing" then due("measures", call.id, now() + LAST_WORD_MS) end
  write(call, { state = "ended", ended_ms = now(), ended_by = by, ["end"] = reason, gone = "" })
  redis.call("SREM", key("called", call.unit), call.ticket)
  redis.call("SREM", key("in_call", call.unit), call.ticket)
  say(call, "", "", "end", cjson.encode({ type = "end", by = by ~= "" and by or cjson.null, reason = reason }))
  redis.call("EXPIRE", call.at, AFTER_THE_END_S)
  redis.call("EXPIRE", key("call", call.id), AFTER_THE_END_S)
  emit("call.ended", {
    unit = call.unit, ticket = call.ticket, attendant = call.attendant, call = call.id, ["end"] = reason, by = by,
  })
end

-- There was no visit, or it goes on elsewhere: the desk is idle again, with what else has changed about it.
local function free(desk, actor, fields)
  fields.activity, fields.ticket, fields.call, fields.outcome = "idle", "", "", ""
  turn(desk, actor, fields)
end

-- The conversation is over and was one: the ticket has ended as `over` says, and the desk owes the outcome; a plain one
-- (`over.outcome`) need not be said.
local function part(call, ticket, desk, over)
  end_call(call, over["end"], over.by or "")
  end_ticket(ticket, over.state or "served", over["end"], over.actor, over.reason)
  turn(desk, over.actor, { activity = "wrap_up", wrap_extended = "", outcome = over.outcome or "" })
  due("wrap_up", desk.id, now() + ticket.policy.wrap_up_s * 1000)
  desk_lease(desk, desk.lease_s)
end

-- The call is over and the person in line again, nobody's turn lost by it; whose page is silent is away.
local function give_back(call, ticket, cause, back)
  end_call(call, cause, back.by or "")
  if call.visitor_silent_ms then write(ticket, { present = 0 }) end
  back_to_line(ticket, cause, back.actor, { band = back.band or ticket.band, fetching = back.fetching or "" }, back.reason)
end

-- The desk has vanished with a person at it; it is expected for a while yet, then overdue again, idle, and offline.
local function vanish(desk, ticket)
  free(desk, "house", { status = "paused", pause = "vanished" })
  desk_lease(desk, ticket.policy.interrupted_s)
end

-- Ready again. An empty outcome is one that was never said and is not plain; the counter does not invent it.
local function finish(desk, actor, outcome)
  local call, ticket = call_by(desk.call), ticket_by(desk.ticket)
  if outcome == "" then outcome = desk.outcome or "" end
  if ticket then write(ticket, { outcome = outcome }) end
  not_due("wrap_up", desk.id)
  emit("call.finished", {
    unit = call and call.unit or "", ticket = desk.ticket, attendant = desk.id, call = desk.call,
    outcome = outcome, handling_ms = call and now() - call.rung_ms or "", actor = actor,
  })
  free(desk, actor, {})
end
