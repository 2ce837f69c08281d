-- A page of the visitor is here: present again, its lease renewed; with `opened` it is the active page.
-- A place that was lost for having been away is theirs again, once, if they come within `lost_back_s`.
-- KEYS: court
-- ARGV: holder tab opened
-- RETURNS: page epoch:int n:int now_ms:int ticket fields:list call call_fields:list until_ms
-- USES: ticket desk call leg snapshot
-- FLAGS: allow-oom

local mine = ticket_by(redis.call("GET", key("holder", holder)) or nil)
if mine and mine.state == "lost" and not mine.restored and now() - mine.ended_ms <= mine.policy.lost_back_s * 1000 then
  restore(mine, "lost_back", { restored = 1 })
end
if mine and not mine.ended_ms then
  lease(mine, mine.lease_ms / 1000)
  if mine.state == "waiting" and mine.present ~= "1" then present(mine) end
  if TALKING[mine.state] then heard(call_by(mine.call), "visitor") end
  if opened == "1" and mine.tab ~= tab then
    write(mine, { tab = tab })
    emit("ticket.page", { unit = mine.unit, ticket = mine.id })
  end
end
return one_ticket("page", redis.call("GET", key("holder", holder)) or nil)
