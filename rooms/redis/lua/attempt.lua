-- A sign-in attempt is counted: ten an account and fifty a network in fifteen minutes.
-- KEYS: court
-- ARGV: account network
-- RETURNS: counted | too_many_attempts retry_s:int
-- FLAGS: allow-oom

local WINDOW_S, AN_ACCOUNT, A_NETWORK = 900, 10, 50

local function counted(at, limit)
  local count = redis.call("INCR", at)
  if count == 1 then redis.call("EXPIRE", at, WINDOW_S) end
  return count <= limit or { "too_many_attempts", redis.call("TTL", at) }
end

local by_network = counted(key("attempts", "network", network), A_NETWORK)
local by_account = counted(key("attempts", "account", account), AN_ACCOUNT)
if by_network ~= true then return by_network end
if by_account ~= true then return by_account end
return { "counted" }
