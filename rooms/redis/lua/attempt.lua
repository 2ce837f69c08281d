-- A sign-in attempt is counted, by network and by account, in windows of fifteen minutes. No network: one that is not limited.
-- What a network tries beyond its own limit does not count against the accounts it names: nobody locks a whole court out.
-- KEYS: court
-- ARGV: account network an_account:int a_network:int
-- RETURNS: counted | too_many_attempts retry_s:int
-- FLAGS: allow-oom

local WINDOW_S = 900

local function counted(at, limit)
  local count = redis.call("INCR", at)
  if count == 1 then redis.call("EXPIRE", at, WINDOW_S) end
  return count <= limit or { "too_many_attempts", redis.call("TTL", at) }
end

local by_network = network == "" or counted(key("attempts", "network", network), a_network)
if by_network ~= true then return by_network end
local by_account = counted(key("attempts", "account", account), an_account)
if by_account ~= true then return by_account end
return { "counted" }
