-- What contradicts itself is brought back to the nearest lawful state, never to a visitor's disadvantage. None of it can
-- come of the scripts, which are whole or not at all: it comes of a hand in the store, of a release that did not know a
-- deadline yet, of a bug. Each thing mended is an event with its cause, and is answered, so that somebody asks why.
-- Where the unit keeps it, and what its desk does, by the ticket's state.
local IN_SET = { called = "called", in_call = "in_call", interrupted = "in_call", on_hold = "in_call" }
local DESK_DOES = { called = "calling", in_call = "in_call", interrupted = "in_call", on_hold = "in_call" }
local mended = {}

local function told(cause, unit, ticket, attendant)
  mended[#mended + 1] = { cause, ticket ~= "" and ticket or attendant ~= "" and attendant or unit }
  emit("court.mended", { cause = cause, unit = unit, ticket = ticket, attendant = attendant })
end

-- A lease or another deadline of a live record is due within the time that it lasts. A lease that is missing would never
-- end, one of the far future (the store's clock was ahead) too late. What was set between the last sweep and an outage has
-- been granted the time between the two as well, which is less than what is taken for an outage.
local function mend_due(kind, id, lasts_ms, unit, ticket, attendant)
  local at_ms = tonumber(due_ms(kind, id) or nil)
  if at_ms and at_ms <= now() + lasts_ms + OUTAGE_MS then return end
  due(kind, id, now() + lasts_ms)
  told(at_ms and "late_" .. kind or "no_" .. kind, unit, ticket, attendant)
end

local function mend_place(ticket)
  local right = index_of(ticket)
  local wrong = right == "line" and "away" or "line"
  local score = redis.call("ZSCORE", key(right, ticket.unit), ticket.id)
  if
    score and tonumber(score) == tonumber(score_of(ticket))
    and not redis.call("ZSCORE", key(wrong, ticket.unit), ticket.id)
    and redis.call("HEXISTS", key("cards", ticket.unit), ticket.id) == 1
  then return end
  redis.call("ZREM", key(wrong, ticket.unit), ticket.id)
  into_line(ticket)
  told("not_in_line", ticket.unit, ticket.id, "")
end

-- How long at most each of these may last.
local function stay_of(ticket, call)
  local policy = ticket.policy
  if ticket.state == "called" then return "ring", policy.ring_s + policy.more_time_s end
  if ticket.state == "on_hold" then return "hold", policy.hold_s end
  if ticket.fetching then return "fetch", policy.fetch_s end
  if ticket.state ~= "interrupted" then return end
  return "interrupted", call.gone == "attendant" and policy.attendant_back_s or policy.interrupted_s
end

local function mend_stay(ticket, call)
  local kind, seconds = stay_of(ticket, call)
  if kind then mend_due(kind, ticket.id, seconds * 1000, ticket.unit, ticket.id, "") end
end

-- Somebody whom a desk rings or talks with; the desk must say the same. An attendant with two tickets keeps the one that
-- the desk names, the other person is the first of their tier.
local function mend_company(ticket)
  local desk, call = desk_by(ticket.attendant), call_by(ticket.call)
  local agree = desk and desk.ticket == ticket.id and desk.call == ticket.call and desk.activity == DESK_DOES[ticket.state]
  if agree and call and call.state ~= "ended" then
    if redis.call("SADD", key(IN_SET[ticket.state], ticket.unit), ticket.id) == 1 then
      told("not_in_set", ticket.unit, ticket.id, "")
    end
    return mend_stay(ticket, call)
  end
  for _, set in pairs(IN_SET) do redis.call("SREM", key(set, ticket.unit), ticket.id) end
  if call and call.state ~= "ended" and call.ticket == ticket.id then end_call(call, "attendant_gone", "") end
  back_to_line(ticket, "attendant_gone", "house", { band = 0 })
  told("no_desk", ticket.unit, ticket.id, "")
end

local function mend_ticket(id)
  local ticket = ticket_by(id)
  if not ticket or ticket.ended_ms then
    redis.call("SREM", key("live"), id)
    return told("not_live", "", id, "")
  end
  if redis.call("SETNX", key("holder", ticket.holder), id) == 1 then told("no_holder", ticket.unit, id, "") end
  if ticket.state == "waiting" then
    mend_place(ticket)
    mend_stay(ticket)
  else
    mend_company(ticket)
  end
  -- In a call a lease that is over has marked the side as silent; it is due again when that side is heard.
  local call = TALKING[ticket.state] and call_by(ticket.call)
  if (ticket.present == "1" or ticket.state ~= "waiting") and not (call and call.visitor_silent_ms) then
    mend_due("visitor", id, ticket.lease_ms, ticket.unit, id, "")
  end
end

-- Who is in a unit's indexes is there by right; whoever waits is among the live.
local function mend_unit(unit)
  for _, where in ipairs({ "line", "away" }) do
    for _, id in ipairs(redis.call("ZRANGE", key(where, unit), 0, -1)) do
      local state, of = unpack(redis.call("HMGET", key("ticket", id), "state", "unit"))
      if state ~= "waiting" or of ~= unit then
        redis.call("ZREM", key(where, unit), id)
        redis.call("ZREM", key("far", unit), id)
        redis.call("HDEL", key("cards", unit), id)
        told("not_waiting", unit, id, "")
      elseif redis.call("SADD", key("live"), id) == 1 then
        told("not_among_live", unit, id, "")
      end
    end
  end
  for _, set in ipairs({ "called", "in_call" }) do
    for _, id in ipairs(redis.call("SMEMBERS", key(set, unit))) do
      local state, of = unpack(redis.call("HMGET", key("ticket", id), "state", "unit"))
      if IN_SET[state] ~= set or of ~= unit then
        redis.call("SREM", key(set, unit), id)
        told("not_" .. set, unit, id, "")
      end
    end
  end
end

local function mend_seat(desk, unit)
  local is_seated = redis.call("SISMEMBER", key("desks", unit), desk.id) == 1
  local is_available = redis.call("SISMEMBER", key("available", unit), desk.id) == 1
  local sits = desk.status ~= "offline" or desk.activity ~= "idle"
  if is_seated == sits and is_available == (desk.status == "available") then return end
  sit_everywhere(desk)
  told("not_seated", unit, "", desk.id)
end

-- It rings at a desk for a call that rings there, and for a while only.
local function mend_asked(desk)
  local call = desk.asked and call_by(desk.asked)
  local rings = call and select(2, without(call.asked, desk.id))
  if not desk.asked or rings and due_ms("asked", call.id) then return end
  if call then hush(call, desk, "over") else write(desk, { asked = "" }) end
  told("not_asked", "", "", desk.id)
end

-- The same, of an interpreter who offers to come.
local function mend_offered(desk)
  local interpreter = desk.offered and desk_by(desk.offered)
  local rings = interpreter and select(2, without(interpreter.offers, desk.id))
  if not desk.offered or rings and due_ms("offer", interpreter.id) then return end
  if interpreter then hush_offer(interpreter, desk, "over") else write(desk, { offered = "" }) end
  told("not_offered", "", "", desk.id)
end

-- Whoever helps has a seat in a call that goes on.
local function mend_helping(desk)
  if desk.activity ~= "helping" then return end
  local call = call_by(desk.helping)
  if call and call.state ~= "ended" and helper_in(call, desk.id) then return end
  turn(desk, "house", { activity = "idle", helping = "" })
  told("no_seat", "", "", desk.id)
end

local function mend_desk(id)
  local desk = desk_by(id)
  if not desk then return end
  if desk.activity == "calling" or desk.activity == "in_call" then
    local ticket = ticket_by(desk.ticket)
    local agree = ticket and ticket.attendant == id and ticket.call == desk.call and DESK_DOES[ticket.state] == desk.activity
    if not agree then
      local call = call_by(desk.call)
      if call and call.state ~= "ended" and call.attendant == id then end_call(call, "visitor_gone", "") end
      free(desk, "house", {})
      told("no_ticket", "", "", id)
    end
  elseif desk.activity == "wrap_up" and not due_ms("wrap_up", id) then
    local ticket = ticket_by(desk.ticket)
    due("wrap_up", id, now() + (ticket and ticket.policy.wrap_up_s or 0) * 1000)
    told("no_wrap_up", "", "", id)
  end
  mend_asked(desk)
  mend_offered(desk)
  mend_helping(desk)
  local call = desk.activity == "in_call" and call_by(desk.call)
  if (desk.status ~= "offline" or desk.activity ~= "idle") and not (call and call.attendant_silent_ms) then
    mend_due("attendant", id, desk.lease_ms or desk.lease_s * 1000, "", "", id)
  end
  for unit in desk.units:gmatch("%S+") do mend_seat(desk, unit) end
end

-- A deadline belongs to a record that lives. A kind that is not known here is of a newer release: its nodes look after it.
local HAS = { visitor = "ticket", passed = "ticket", attendant = "attendant", wrap_up = "attendant", offer = "attendant", guest = "guest" }
for _, kind in ipairs(STAYS) do HAS[kind] = "ticket" end

-- It was over for long when a sweep had acted on all that was over. Not in the grace after an outage: nothing ends then.
local OVERDUE_MS = 60000

local function is_passed_over(member)
  local acted = redis.call("GET", key("acted"))
  return acted and redis.call("ZSCORE", key("deadlines"), member) + OVERDUE_MS < tonumber(acted)
end

local function mend_deadline(member)
  local kind, id = member:match("^([^:]+):(.+)$")
  local at = kind == "asked" and key("call", id, "state") or HAS[kind] and key(HAS[kind], id)
  if not at then return end
  local lives = redis.call("EXISTS", at) == 1 and redis.call("HEXISTS", at, "ended_ms") == 0
  if lives and not is_passed_over(member) then return end
  redis.call("ZREM", key("deadlines"), member)
  if lives then overdue[kind](id) end
  local cause = lives and "dead_" .. kind or "lease_of_nobody"
  told(cause, "", HAS[kind] == "ticket" and id or "", HAS[kind] == "attendant" and id or "")
end
