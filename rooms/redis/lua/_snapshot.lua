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
