-- One attendant's desk with the ticket they hold, its call, and who else is in that; the call into which they are asked, and
-- the one they help in; whom they offer to help, and who offers it to them.
-- KEYS: court
-- ARGV: attendant
-- RETURNS: desk epoch:int n:int now_ms:int fields:list wrap_until_ms ticket ticket_fields:list call call_fields:list until_ms guests:list asked_until_ms asked:list helping:list offer_until_ms offered:list
-- USES: snapshot
-- FLAGS: no-writes

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

local function helps_in(call)
  if not call or call == "" then return {} end
  local ticket = redis.call("HGET", key("call", call, "state"), "ticket")
  local id = "staff-" .. attendant
  return {
    call, flat(key("call", call, "state")), id, flat(key("guest", id)), redis.call("HGET", key("ticket", ticket), "number"),
    until_ms_of(ticket) or "",
  }
end

local ticket, asked, helping, offered =
  unpack(redis.call("HMGET", key("attendant", attendant), "ticket", "asked", "helping", "offered"))
local epoch, n, now_ms = as_of()
local one = one_ticket("", ticket and ticket ~= "" and ticket or nil)
local guests, seats = {}, { "guest_1", "guest_2" }
for _, id in ipairs(one[7] ~= "" and redis.call("HMGET", key("call", one[7], "state"), unpack(seats)) or {}) do
  if id and id ~= "" then guests[#guests + 1] = { id, flat(key("guest", id)) } end
end
return {
  "desk", epoch, n, now_ms, flat(key("attendant", attendant)), due_ms("wrap_up", attendant) or "",
  one[5], one[6], one[7], one[8], one[9], guests,
  one[7] ~= "" and due_ms("asked", one[7]) or "", asked_into(asked), helps_in(helping),
  due_ms("offer", attendant) or "", offered_by(offered),
}
