-- Whoever still waits from before the unit's closing is told CLOSED, at most a hundred at a time. Until `head_start_ms`
-- the receipt of each gives a place before their tier, once.
-- KEYS: court
-- ARGV: unit before_ms:int head_start_ms:int
-- RETURNS: closed ended:int
-- USES: ticket
-- FLAGS: allow-oom

local AT_ONCE, DAY_MS = 100, 24 * 3600 * 1000

local ended = 0
for _, where in ipairs({ "line", "away" }) do
  for _, id in ipairs(redis.call("ZRANGE", key(where, unit), 0, -1)) do
    if ended < AT_ONCE and tonumber(redis.call("HGET", key("ticket", id), "joined_ms")) < before_ms then
      local ticket = ticket_by(id)
      write(ticket, { head_start_until_ms = head_start_ms })
      end_ticket(ticket, "closed", "closed", "house")
      local kept = key("head_start", ticket.receipt)
      redis.call("HSET", kept, "unit", unit, "tier", ticket.tier, "until_ms", head_start_ms)
      redis.call("PEXPIRE", kept, math.max(0, head_start_ms - now()) + DAY_MS)
      ended = ended + 1
    end
  end
end
return { "closed", ended }
