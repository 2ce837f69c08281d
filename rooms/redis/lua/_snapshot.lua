-- The position of the court's events that a read is true for.
local function as_of()
  return redis.call("GET", key("epoch")) or "1", redis.call("GET", key("n")) or "0", now()
end

local function flat(at)
  return redis.call("HGETALL", at)
end

-- A ticket and its call with their deadlines, at one instant.
local function one_ticket(word, id)
  local epoch, n, now_ms = as_of()
  local ticket = id and flat(key("ticket", id)) or {}
  local call = id and redis.call("HGET", key("ticket", id), "call") or ""
  return {
    word, epoch, n, now_ms, id or "", ticket, call, call ~= "" and flat(key("call", call, "state")) or {},
    id and until_ms_of(id) or "",
  }
end

-- A guest and the call they are in.
local function one_guest(word, id)
  local epoch, n, now_ms = as_of()
  local call = redis.call("HGET", key("guest", id), "call")
  local ticket = call and redis.call("HGET", key("call", call, "state"), "ticket")
  return {
    word, epoch, n, now_ms, flat(key("guest", id)), call and flat(key("call", call, "state")) or {},
    ticket and until_ms_of(ticket) or "",
  }
end

local function asked_into(call)
  if not call or call == "" then return {} end
  local unit, host, ticket, as = unpack(redis.call("HMGET", key("call", call, "state"), "unit", "attendant", "ticket", "asked_as"))
  local name, job = unpack(redis.call("HMGET", key("attendant", host), "name", "job"))
  local number = redis.call("HGET", key("ticket", ticket), "number")
  return { call, unit, number, name, job, as, due_ms("asked", call) or "" }
end

local function offered_by(id)
  if not id or id == "" then return {} end
  local name, job = unpack(redis.call("HMGET", key("attendant", id), "name", "job"))
  return { id, name, job, due_ms("offer", id) or "" }
end

local function helps_in(call, attendant)
  if not call or call == "" then return {} end
  local ticket = redis.call("HGET", key("call", call, "state"), "ticket")
  local id = "staff-" .. attendant
  return {
    call, flat(key("call", call, "state")), id, flat(key("guest", id)), redis.call("HGET", key("ticket", ticket), "number"),
    until_ms_of(ticket) or "",
  }
end

-- A desk with the ticket there, its call and who else is in that; the calls into which they are asked, and in which they help;
-- whom they offer to help, and who offers it to them.
local function one_desk(word, attendant)
  local ticket, asked, helping, offered =
    unpack(redis.call("HMGET", key("attendant", attendant), "ticket", "asked", "helping", "offered"))
  local epoch, n, now_ms = as_of()
  local one = one_ticket("", ticket and ticket ~= "" and ticket or nil)
  local guests, seats = {}, { "guest_1", "guest_2" }
  for _, id in ipairs(one[7] ~= "" and redis.call("HMGET", key("call", one[7], "state"), unpack(seats)) or {}) do
    if id and id ~= "" then guests[#guests + 1] = { id, flat(key("guest", id)) } end
  end
  return {
    word, epoch, n, now_ms, flat(key("attendant", attendant)), due_ms("wrap_up", attendant) or "",
    one[5], one[6], one[7], one[8], one[9], guests,
    one[7] ~= "" and due_ms("asked", one[7]) or "", asked_into(asked), helps_in(helping, attendant),
    due_ms("offer", attendant) or "", offered_by(offered),
  }
end
