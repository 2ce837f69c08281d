-- Whoever still waits from before the unit's closing is told CLOSED, at most a hundred at a time.
-- KEYS: court
-- ARGV: unit before_ms:int
-- RETURNS: closed ended:int
-- USES: ticket
-- FLAGS: allow-oom

local AT_ONCE = 100

local ended = 0
for _, where in ipairs({ "line", "away" }) do
  for _, id in ipairs(redis.call("ZRANGE", key(where, unit), 0, -1)) do
    if ended < AT_ONCE and tonumber(redis.call("HGET", key("ticket", id), "joined_ms")) < before_ms then
      end_ticket(ticket_by(id), "closed", "closed", "house")
      ended = ended + 1
    end
  end
end
return { "closed", ended }
