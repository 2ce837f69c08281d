-- What each kind of deadline means when it is over. A record that is no longer as the deadline supposes is left alone.
local overdue = {}

-- The visitor's line has been silent too long for the state the ticket is in.
function overdue.visitor(id)
  local ticket = ticket_by(id)
  if not ticket or ticket.ended_ms then return end
  if ticket.state == "waiting" then return away(ticket) end
  local call = call_by(ticket.call)
  if ticket.state ~= "called" then return silent(call, "visitor") end
  local desk = desk_by(ticket.attendant)
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

-- Who was gone has not come back. A clerk who waited in vain has finished with the person; a person never ends for a
-- clerk's line, nor for a silence of both, which is more likely the house's own fault.
function overdue.interrupted(id)
  local ticket = ticket_by(id)
  if not ticket or ticket.state ~= "interrupted" then return end
  local call, desk = call_by(ticket.call), desk_by(ticket.attendant)
  if call.gone == "visitor" then
    return part(call, ticket, desk, { ["end"] = "visitor_gone", actor = "house", outcome = "interrupted" })
  end
  give_back(call, ticket, call.gone .. "_gone", { band = 0, actor = "house" })
  vanish(desk, ticket)
end

-- A hold has been as long as it may: they talk again.
function overdue.hold(id)
  local ticket = ticket_by(id)
  if ticket and ticket.state == "on_hold" then unhold(call_by(ticket.call), ticket, "house") end
end

-- What was to be fetched must be there by now: callable again, or away like anybody else.
function overdue.fetch(id)
  local ticket = ticket_by(id)
  if ticket and ticket.state == "waiting" and ticket.fetching then ready(ticket, "house") end
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
  if desk.activity == "in_call" then return silent(call_by(desk.call), "attendant") end
  if desk.activity == "calling" then
    local ticket = ticket_by(desk.ticket)
    give_back(call_by(desk.call), ticket, "attendant_gone", { band = 0, actor = "house" })
    return vanish(desk, ticket)
  end
  if desk.activity == "wrap_up" then finish(desk, "house", "") end
  if desk.activity == "helping" then
    get_up(guest_by(guest_of_desk(id)), "gone")
    desk = desk_by(id)
  end
  if desk.status == "offline" then return end
  write(desk, { resumed = desk.status, resumed_pause = desk.pause or "" })
  turn(desk, "house", { status = "offline", pause = "" })
end

-- A guest's line has been silent too long: their seat is free, and nobody else feels it.
function overdue.guest(id)
  local guest = guest_by(id)
  if guest and not guest.ended_ms then get_up(guest, "gone") end
end

-- Nobody who was asked into the call has answered.
function overdue.asked(id)
  local call = call_by(id)
  if call then hush_all(call, "no_answer") end
end

-- Nobody of the unit has let the interpreter in.
function overdue.offer(id)
  local desk = desk_by(id)
  if desk then hush_offers(desk, "no_answer") end
end

-- The time of a suspension is over.
function overdue.suspended(unit)
  if is_suspended(unit) then resume(unit, "house") end
end

-- Nobody has more to say of how a call went that is over.
function overdue.measures(id)
  local call = call_by(id)
  if call then tell_measures(call) end
end

-- Wrap-up is over; the outcome was not said.
function overdue.wrap_up(id)
  local desk = desk_by(id)
  if desk and desk.activity == "wrap_up" then finish(desk, "house", "") end
end
