-- A guest's page is here: its lease is renewed; with `opened` it is the active page. Whoever was silent for too long is
-- back in the call, as long as that goes on and a seat is free.
-- KEYS: court
-- ARGV: guest tab opened
-- RETURNS: guest epoch:int n:int now_ms:int fields:list call_fields:list until_ms
-- USES: ticket desk call guest snapshot
-- FLAGS: allow-oom

local mine = guest_by(guest)
if mine and mine.left == "gone" then
  local call = call_by(mine.call)
  local party = call and call.state ~= "ended" and free_seat(call)
  if party then sit_down(call, mine, party) end
end
if mine and not mine.ended_ms then
  guest_lease(mine)
  if opened == "1" and mine.tab ~= tab then
    write(mine, { tab = tab })
    emit("guest.page", { call = mine.call })
  end
end
return one_guest("guest", guest)
