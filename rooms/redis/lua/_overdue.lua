-- What each kind of deadline means when it is over. A record that is no longer as the deadline supposes is left alone.
local overdue = {}

-- The visitor's line has been silent too long for the state the ticket is in.
function overdue.visitor(id)
  local ticket = ticket_by(id)
  if not ticket or ticket.ended_ms then return end
  if ticket.state == "waiting" then return away(ticket) end
  local call, desk = call_by(ticket.call), desk_by(ticket.attendant)
  if ticket.state == "in_call" then return part(call, ticket, desk, "visitor_gone", "", "house") end
  write(ticket, { present = 0 })
  end_call(call, "visitor_gone", "")
  back_to_line(ticket, "line_lost", "house", {})
  free(desk, "house", {})
end

-- Nobody entered. Only a ring that a live page has shown counts as a try.
function overdue.ring(id)
  local ticket = ticket_by(id)
  if not ticket or ticket.state ~= "called" then return end
  local call, desk = call_by(ticket.call), desk_by(ticket.attendant)
  end_call(call, "not_entered", "")
  if call.seen_ms then write(ticket, { tries = ticket.tries + 1 }) end
  if tonumber(ticket.tries) >= ticket.policy.tries then
    end_ticket(ticket, "no_show", "no_show", "house")
  else
    back_to_line(ticket, call.seen_ms and "not_entered" or "not_seen", "house", {})
    redis.call("SADD", key("missed", ticket.unit), id)
  end
  free(desk, "house", {})
end

-- Its turn has passed and it has not come back.
function overdue.passed(id)
  local ticket = ticket_by(id)
  if ticket and ticket.state == "waiting" and ticket.present ~= "1" then end_ticket(ticket, "lost", "passed", "house") end
end

-- The attendant's line has been silent too long for what they are doing.
function overdue.attendant(id)
  local desk = desk_by(id)
  if not desk then return end
  if desk.activity == "calling" or desk.activity == "in_call" then
    local call, ticket = call_by(desk.call), ticket_by(desk.ticket)
    end_call(call, "attendant_gone", "")
    back_to_line(ticket, "attendant_gone", "house", { band = 0 })
    free(desk, "house", { status = "paused", pause = "vanished" })
    -- still expected for a while; then overdue again, idle, and offline
    return desk_lease(desk, ticket.policy.interrupted_s)
  end
  if desk.activity == "wrap_up" then finish(desk, "house", "") end
  if desk.status == "offline" then return end
  write(desk, { resumed = desk.status, resumed_pause = desk.pause or "" })
  turn(desk, "house", { status = "offline", pause = "" })
end

-- The time of a suspension is over.
function overdue.suspended(unit)
  if is_suspended(unit) then resume(unit, "house") end
end

-- Wrap-up is over; the outcome was not said.
function overdue.wrap_up(id)
  local desk = desk_by(id)
  if desk and desk.activity == "wrap_up" then finish(desk, "house", "") end
end
