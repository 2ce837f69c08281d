local AFTER_THE_END_S = 900

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

local function end_call(call, reason, by)
  write(call, { state = "ended", ended_ms = now(), ended_by = by, ["end"] = reason })
  redis.call("SREM", key("called", call.unit), call.ticket)
  redis.call("SREM", key("in_call", call.unit), call.ticket)
  say(call, "", "", "end", cjson.encode({ type = "end", by = by ~= "" and by or cjson.null, reason = reason }))
  redis.call("EXPIRE", call.at, AFTER_THE_END_S)
  redis.call("EXPIRE", key("call", call.id), AFTER_THE_END_S)
  emit("call.ended", {
    unit = call.unit, ticket = call.ticket, attendant = call.attendant, call = call.id, ["end"] = reason, by = by,
  })
end

-- The ring is over without a visit: the desk is idle again, with what else has changed about it.
local function free(desk, actor, fields)
  fields.activity, fields.ticket, fields.call = "idle", "", ""
  turn(desk, actor, fields)
end

-- The conversation is over and was one: served, and the desk owes the outcome.
local function part(call, ticket, desk, reason, by, actor)
  end_call(call, reason, by)
  end_ticket(ticket, "served", reason, actor)
  local wrap_up_s = ticket.policy.wrap_up_s
  turn(desk, actor, { activity = "wrap_up", wrap_extended = "" })
  due("wrap_up", desk.id, now() + wrap_up_s * 1000)
  desk_lease(desk, desk.lease_s)
end

-- Ready again. An empty outcome is one that was never said; the counter does not invent it.
local function finish(desk, actor, outcome)
  local call = call_by(desk.call)
  not_due("wrap_up", desk.id)
  emit("call.finished", {
    unit = call and call.unit or "", ticket = desk.ticket, attendant = desk.id, call = desk.call,
    outcome = outcome, handling_ms = call and now() - call.rung_ms or "", actor = actor,
  })
  free(desk, actor, {})
end
