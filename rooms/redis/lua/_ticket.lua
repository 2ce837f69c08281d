-- USES: outage order
local HOUR_S, NEAR = 3600, 2
local COUNTED = { served = "served", left = "left", lost = "left", no_show = "left", removed = "left" }
local TURN_HAD = { not_entered = true, lost_back = true, no_show_back = true }
local PASTS = 20

local function ticket_by(id)
  local ticket = id and record(key("ticket", id))
  if ticket then
    ticket.id = id
    ticket.policy = cjson.decode(ticket.policy)
  end
  return ticket
end

-- The browser's live ticket.
local function ticket_of(holder)
  local ticket = ticket_by(redis.call("GET", key("holder", holder)) or nil)
  if ticket and not ticket.ended_ms then return ticket end
end

-- (tier × 2 + band) × 2^40 + seq, as rooms.model.order says; the same whether present or away.
local function score_of(ticket)
  return string.format("%.0f", (ticket.tier * 2 + ticket.band) * 2 ^ 40 + ticket.seq)
end

-- `cards` is what a board shows of a place; beside the two indexes, so that a line of hundreds is read in three commands.
-- `live` are all tickets that have not ended, whatever else knows of them: what the reconciler walks.
-- `far` holds those who have not been told yet that their turn is near.
-- Whoever fetches something is skipped like the away, page open or not.
local function index_of(ticket)
  return ticket.present == "1" and not ticket.fetching and "line" or "away"
end

local function into_line(ticket)
  redis.call("SADD", key("live"), ticket.id)
  redis.call("ZADD", key(index_of(ticket), ticket.unit), score_of(ticket), ticket.id)
  redis.call("HSET", key("cards", ticket.unit), ticket.id, ticket.joined_ms .. " " .. ticket.number)
  if not ticket.near then redis.call("ZADD", key("far", ticket.unit), score_of(ticket), ticket.id) end
end

local function out_of_line(ticket)
  redis.call("ZREM", key("line", ticket.unit), ticket.id)
  redis.call("ZREM", key("away", ticket.unit), ticket.id)
  redis.call("SREM", key("missed", ticket.unit), ticket.id)
  redis.call("HDEL", key("cards", ticket.unit), ticket.id)
  redis.call("ZREM", key("far", ticket.unit), ticket.id)
  not_due("passed", ticket.id)
end

-- One more than the people present who are called before this ticket, by `policy` or the one it was taken under.
local function position_of(ticket, policy)
  policy = policy or ticket.policy
  if not rules[policy.order] then
    return redis.call("ZCOUNT", key("line", ticket.unit), "-inf", "(" .. score_of(ticket)) + 1
  end
  local mine = { id = ticket.id, score = tonumber(score_of(ticket)), joined_ms = tonumber(ticket.joined_ms) }
  local rows = rows_with(rows_of("line", ticket.unit, policy), mine)
  for position, row in ipairs(in_order(rows, policy, ticket.unit)) do
    if row == mine then return position end
  end
end

-- Those who have two people ahead at most by the unit's rule, present or away, and have not been told.
local function near_in(unit, policy)
  local far, near = key("far", unit), {}
  if not rules[policy.order] then
    local third = redis.call("ZRANGE", key("line", unit), NEAR, NEAR, "WITHSCORES")
    return redis.call("ZRANGEBYSCORE", far, "-inf", third[2] or "+inf", "LIMIT", 0, 100)
  end
  for place, row in ipairs(in_order(rows_of("line", unit, policy), policy, unit)) do
    if place <= NEAR + 1 and redis.call("ZSCORE", far, row.id) then near[#near + 1] = row.id end
  end
  for _, row in ipairs(rows_of("away", unit, policy)) do
    if redis.call("ZSCORE", far, row.id) and position_of(ticket_by(row.id), policy) <= NEAR + 1 then near[#near + 1] = row.id end
  end
  return near
end

-- The line is shorter: who is near is told so, once a ticket.
local function remind(unit, policy)
  for _, id in ipairs(near_in(unit, policy)) do
    local ticket = ticket_by(id)
    write(ticket, { near = 1 })
    redis.call("ZREM", key("far", unit), id)
    emit("ticket.near", {
      unit = unit, ticket = id, position = position_of(ticket, policy), original_position = ticket.original_position,
    })
  end
end

-- How long its line may be silent in this state; the deadline follows the last sign of life, now unless told.
local function lease(ticket, seconds, last_ms)
  local lease_ms = seconds * 1000
  write(ticket, { lease_ms = lease_ms })
  due("visitor", ticket.id, math.max(now(), (last_ms or now()) + lease_ms))
end

local function present(ticket)
  write(ticket, { present = 1, passed_ms = "" })
  not_due("passed", ticket.id)
  redis.call("ZREM", key("away", ticket.unit), ticket.id)
  into_line(ticket)
  emit("ticket.present", { unit = ticket.unit, ticket = ticket.id })
end

local function away(ticket)
  write(ticket, { present = 0 })
  redis.call("ZREM", key("line", ticket.unit), ticket.id)
  into_line(ticket)
  emit("ticket.away", { unit = ticket.unit, ticket = ticket.id })
  remind(ticket.unit, ticket.policy)
end

-- Another state, therefore another version; what the state before it allowed so long is not awaited any more.
local function change(ticket, state, fields)
  if state ~= ticket.state then not_due(STAYS, ticket.id) end
  fields.state = state
  fields.rev = ticket.rev + 1
  write(ticket, fields)
end

-- The place in line; out of it, the one the ticket left it from.
local function place_of(ticket)
  return ticket.state == "waiting" and position_of(ticket) or ticket.position
end

-- What the ticket has met so far, in codes, for whoever has the person next.
local function remember(ticket, cause, reason)
  local past = {}
  for met in (ticket.past or ""):gmatch("%S+") do past[#past + 1] = met end
  past[#past + 1] = now() .. ":" .. cause .. ":" .. (reason or "")
  write(ticket, { past = table.concat(past, " ", math.max(1, #past - PASTS + 1)) })
end

-- The event of a move to another state, told alike whatever moved. The wait is until the last call, until now without one.
local function moved(kind, ticket, cause, actor, facts)
  facts.unit, facts.ticket = ticket.unit, ticket.id
  facts.attendant, facts.call = facts.attendant or ticket.attendant or "", facts.call or ticket.call or ""
  facts.cause, facts.actor = cause, actor
  facts.position, facts.original_position = place_of(ticket), ticket.original_position
  facts.wait_ms = (ticket.called_ms or now()) - ticket.joined_ms
  emit(kind, facts)
end

-- Back in line without having been served; the key keeps its sequence. Under the ratio, so does whose turn it is, but for
-- somebody who let a ring pass on a live page, or comes back to a place that was over. Whose turn it was not when it rang
-- loses none, and is no earlier for it.
local function back_to_line(ticket, cause, actor, fields, reason)
  local attendant, call = ticket.attendant, ticket.call
  if ticket.out_of_order then
    if ticket.state == "called" then fields.band = nil end
  elseif ticket.policy.order == "ratio" and not TURN_HAD[cause] then
    local run = run_of(ticket.unit)
    runs(ticket.unit, ticket.tier == "3" and math.max(run, ticket.policy.ratio_k) or math.max(0, run - 1))
  end
  fields.call, fields.attendant, fields.entered_ms = "", "", ""
  change(ticket, "waiting", fields)
  remember(ticket, cause, reason)
  into_line(ticket)
  if ticket.present == "1" then lease(ticket, ticket.policy.visitor_lease_s) else not_due("visitor", ticket.id) end
  moved("ticket.returned", ticket, cause, actor, {
    attendant = attendant, call = call, reason = reason or "", band = ticket.band, tries = ticket.tries,
  })
end

-- Over. The record stays an hour, so that the end screen survives a reload.
local function end_ticket(ticket, state, cause, actor, reason)
  local position, waited = place_of(ticket), ticket.state == "waiting"
  out_of_line(ticket)
  redis.call("SREM", key("live"), ticket.id)
  not_due("visitor", ticket.id)
  change(ticket, state, { ended_ms = now(), end_reason = reason or cause, position = position })
  redis.call("EXPIRE", ticket.at, HOUR_S)
  redis.call("EXPIRE", key("holder", ticket.holder), HOUR_S)
  if COUNTED[state] then redis.call("HINCRBY", key("day", ticket.unit, ticket.day), COUNTED[state], 1) end
  moved("ticket.ended", ticket, cause, actor, { state = state, reason = reason or "" })
  -- At closing nobody comes nearer: the whole line ends.
  if waited and state ~= "closed" then remind(ticket.unit, ticket.policy) end
end

-- A place that ended without a visit is taken up again, by its old key.
local function restore(ticket, cause, fields)
  redis.call("PERSIST", ticket.at)
  redis.call("PERSIST", key("holder", ticket.holder))
  redis.call("HINCRBY", key("day", ticket.unit, ticket.day), COUNTED[ticket.state], -1)
  -- not cleared but gone: whoever reads single fields takes the one for the end
  redis.call("HDEL", ticket.at, "ended_ms", "end_reason")
  ticket.ended_ms, ticket.end_reason = nil, nil
  fields.present, fields.passed_ms = 1, ""
  back_to_line(ticket, cause, "visitor", fields)
end

-- What was to be fetched is there, or had its time: nominated again where the page is open.
local function ready(ticket, actor)
  write(ticket, { fetching = "", rev = ticket.rev + 1 })
  not_due("fetch", ticket.id)
  if ticket.present == "1" then
    redis.call("ZREM", key("away", ticket.unit), ticket.id)
    into_line(ticket)
  end
  emit("ticket.ready", {
    unit = ticket.unit, ticket = ticket.id, actor = actor, position = position_of(ticket),
    original_position = ticket.original_position,
  })
end
