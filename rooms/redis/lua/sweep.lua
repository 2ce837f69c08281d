-- Deadlines that are over have been acted on, at most a hundred; each is checked against its record first.
-- After an outage (`_outage`) they have moved by its length instead, and nothing ends for a while. The clock itself is not
-- set back: "14h05" stays true, and a unit still closes at its hour.
-- KEYS: court
-- ARGV: -
-- RETURNS: swept acted:int credited_ms:int more
-- USES: ticket unit desk call leg guest measure overdue
-- FLAGS: allow-oom

local AT_ONCE = 100

redis.call("SET", key("swept"), now())
if now() < tonumber(redis.call("GET", key("grace")) or 0) then return { "swept", 0, credited_ms, "" } end

local over = redis.call("ZRANGEBYSCORE", key("deadlines"), "-inf", now(), "LIMIT", 0, AT_ONCE)
for _, member in ipairs(over) do
  local kind, id = member:match("^([^:]+):(.+)$")
  if overdue[kind] then
    redis.call("ZREM", key("deadlines"), member)
    overdue[kind](id)
  else
    -- of a newer release, whose nodes know what it means: theirs to act on, and not in the way of all others
    due(kind, id, now() + OUTAGE_MS)
  end
end
if #over < AT_ONCE then redis.call("SET", key("acted"), now()) end
return { "swept", #over, 0, #over == AT_ONCE and "more" or "" }
