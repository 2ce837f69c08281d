-- A call is interrupted when somebody's line is silent and the other's page says that the leg is dead, or when both are
-- silent: pages talk to each other directly, so that a silent line alone proves nothing.
local function gone_of(call)
  local visitor, attendant = call.visitor_silent_ms, call.attendant_silent_ms
  if visitor and attendant then return "both" end
  if visitor and call.attendant_leg == "dead" then return "visitor" end
  if attendant and call.visitor_leg == "dead" then return "attendant" end
end

-- Who waits, and so how long: the clerk for the visitor, the visitor for the clerk, the house for both.
local function interrupt(call, ticket, gone)
  local wait_s = gone == "attendant" and ticket.policy.attendant_back_s or ticket.policy.interrupted_s
  local until_ms = now() + wait_s * 1000
  -- whoever comes back has to build the leg anew, until their page says otherwise
  write(call, {
    state = "interrupted", gone = gone, interrupted_ms = call.interrupted_ms or now(),
    visitor_leg = "dead", attendant_leg = "dead",
  })
  change(ticket, "interrupted", {})
  due("interrupted", ticket.id, until_ms)
  say(call, "", "", "interrupted", cjson.encode({ type = "interrupted", gone = gone, until_ms = until_ms }))
  moved("ticket.interrupted", ticket, gone .. "_gone", "house", { until_ms = until_ms })
end

local function go_on(call, ticket)
  write(call, { state = "active", gone = "", interrupted_ms = "" })
  change(ticket, "in_call", {})
  say(call, "", "", "resumed", '{"type":"resumed"}')
  moved("ticket.resumed", ticket, "back", "house", {})
end

-- Something was learned of a side: the call is interrupted, resumed, interrupted by another, or as it was.
local function weigh(call)
  local gone = gone_of(call)
  if gone == call.gone then return end
  local ticket = ticket_by(call.ticket)
  if gone then interrupt(call, ticket, gone) else go_on(call, ticket) end
end

-- This side's line is silent: its lease is over.
local function silent(call, side)
  write(call, { [side .. "_silent_ms"] = now() })
  weigh(call)
end

-- This side's line lives.
local function heard(call, side)
  if not call or not call[side .. "_silent_ms"] then return end
  write(call, { [side .. "_silent_ms"] = "" })
  weigh(call)
end

-- They talk again after a hold.
local function unhold(call, ticket, actor)
  write(call, { state = "active" })
  change(ticket, "in_call", {})
  say(call, actor == "house" and "" or actor, "", "unhold", '{"type":"unhold"}')
  moved("ticket.unheld", ticket, actor == "house" and "hold_over" or "unhold", actor, {})
end
