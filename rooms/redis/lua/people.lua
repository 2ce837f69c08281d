-- What concerns several people, at one instant: browsers' tickets, desks, guests. Each as `ticket_of`, `desk` and `guest` say it.
-- KEYS: court
-- ARGV: holders attendants guests
-- RETURNS: people epoch:int n:int now_ms:int tickets:list desks:list guests:list
-- USES: snapshot
-- FLAGS: no-writes

local TICKET, DESK, GUEST = "page", "desk", "guest"

local tickets, seen, seats = {}, {}, {}
for holder in holders:gmatch("%S+") do tickets[#tickets + 1] = one_ticket(TICKET, redis.call("GET", key("holder", holder)) or nil) end
for attendant in attendants:gmatch("%S+") do seen[#seen + 1] = one_desk(DESK, attendant) end
for guest in guests:gmatch("%S+") do seats[#seats + 1] = one_guest(GUEST, guest) end
local epoch, n, now_ms = as_of()
return { "people", epoch, n, now_ms, tickets, seen, seats }
