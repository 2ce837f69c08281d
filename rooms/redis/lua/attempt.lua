-- A sign-in attempt is counted, by network and by account, in windows of fifteen minutes. No network: one that is not limited.
-- What a network tries beyond its own limit does not count against the accounts it names: nobody locks a whole court out.
-- KEYS: court
-- ARGV: account network an_account:int a_network:int
-- RETURNS: counted | too_many_attempts retry_s:int
-- USES: flood
-- FLAGS: allow-oom

local WINDOW_S = 900

local retry_s = network ~= "" and beyond("sign_ins", network, a_network, WINDOW_S)
if retry_s then return { "too_many_attempts", retry_s } end
local by_account = key("attempts", account)
local count = redis.call("INCR", by_account)
if count == 1 then redis.call("EXPIRE", by_account, WINDOW_S) end
if count > an_account then return { "too_many_attempts", redis.call("TTL", by_account) } end
return { "counted" }
