-- A sign-in attempt is counted: ten an account and fifty a network in fifteen minutes.
-- KEYS: court
-- ARGV: account network
-- RETURNS: counted | too_many_attempts retry_s:int
-- FLAGS: allow-oom

local WINDOW_S, AN_ACCOUNT, A_NETWORK = 900, 10, 50

for at, limit in pairs({ [key("attempts", "account", account)] = AN_ACCOUNT, [key("attempts", "network", network)] = A_NETWORK }) do
  local count = redis.call("INCR", at)
  if count == 1 then redis.call("EXPIRE", at, WINDOW_S) end
  if count > limit then return { "too_many_attempts", redis.call("TTL", at) } end
end
return { "counted" }
