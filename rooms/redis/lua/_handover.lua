-- Minutes after it is over, a code need not even be refused by name.
local CODE_KEPT_S = 600

-- The live ticket that this code carries, while it may. Whoever has redeemed it (`mine`) may ask again as long as it is
-- kept: if the house was away when they were to be answered, the minute is over and no device has the ticket.
local function carried(code, mine)
  local ticket = ticket_by(redis.call("GET", key("handover", code)) or nil)
  if not ticket or ticket.ended_ms or (ticket.link ~= code and ticket.short ~= code) then return end
  if now() <= tonumber(ticket.code_until_ms) or (mine and ticket.redeemed_by == mine) then return ticket end
end

-- Another browser holds the ticket from now on, and no page is the active one until it opens one. What the one before asked
-- to be reminded by is not its own, nor are its camera and its internet.
local function rotate(ticket, holder, cause)
  if redis.call("GET", key("holder", ticket.holder)) == ticket.id then redis.call("DEL", key("holder", ticket.holder)) end
  redis.call("SET", key("holder", holder), ticket.id)
  write(ticket, { holder = holder, tab = "", push = "", check = "", check_ways = "" })
  emit("ticket.moved", { unit = ticket.unit, ticket = ticket.id, cause = cause })
end
