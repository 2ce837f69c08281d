-- It is this person's turn, at this desk: out of the line, both sides told, and so much time to enter.
local function ring(desk, ticket, call, unit_name, order, cause, reason)
  local position = position_of(ticket, order)
  -- A turn out of order is none that the ratio counts.
  if order.order == "ratio" and cause == "next" then runs(ticket.unit, ticket.tier == "3" and 0 or run_of(ticket.unit) + 1) end
  local last_sign_ms = due_ms("visitor", ticket.id) - ticket.lease_ms
  local until_ms = now() + ticket.policy.ring_s * 1000
  out_of_line(ticket)
  change(ticket, "called", {
    call = call, attendant = desk.id, called_ms = now(), more_time = "", position = position, near = 1,
    out_of_order = cause == "out_of_order" and 1 or "",
  })
  lease(ticket, ticket.policy.ring_line_lost_s, last_sign_ms)
  due("ring", ticket.id, until_ms)
  redis.call("SADD", key("called", ticket.unit), ticket.id)
  local ringing = { id = call, at = key("call", call, "state") }
  write(ringing, { state = "ringing", unit = ticket.unit, ticket = ticket.id, attendant = desk.id, rung_ms = now() })
  say(ringing, "", "", "ring", cjson.encode({
    type = "ring", until_ms = until_ms, clerk = { name = desk.name, ["function"] = desk.job, unit = unit_name },
  }))
  moved("ticket.called", ticket, cause, "attendant", { tries = ticket.tries, order = order.order, reason = reason })
  turn(desk, "attendant", { activity = "calling", ticket = ticket.id, call = call })
  remind(ticket.unit, order)
end
