-- Where both streams end, with their counters: tail from here, never from `$`.
-- KEYS: court
-- ARGV: -
-- RETURNS: at event n:int signal said:int
-- FLAGS: no-writes

local function last(stream)
  local entry = redis.call("XREVRANGE", key(stream), "+", "-", "COUNT", 1)[1]
  return entry and entry[1] or "0-0"
end

return { "at", last("events"), redis.call("GET", key("n")) or 0, last("signals"), redis.call("GET", key("said")) or 0 }
