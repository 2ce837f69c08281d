-- The networks that are limited now: each what it asks too much of, how often it asked, until when.
-- KEYS: court
-- ARGV: -
-- RETURNS: floods found:list
-- FLAGS: no-writes

local found = {}
local limited = redis.call("ZRANGEBYSCORE", key("floods"), string.format("(%.0f", now()), "+inf", "WITHSCORES", "LIMIT", 0, 50)
for i = 1, #limited, 2 do
  local what, network = limited[i]:match("^([^:]+):(.+)$")
  found[#found + 1] = { network, what, redis.call("GET", key(what, network)) or 0, limited[i + 1] }
end
return { "floods", found }
