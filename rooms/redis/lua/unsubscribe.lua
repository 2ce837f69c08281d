-- The push service knows that subscription no more: neither does the ticket, unless it has a newer one.
-- KEYS: court
-- ARGV: ticket push
-- RETURNS: unsubscribed
-- FLAGS: allow-oom

if redis.call("HGET", key("ticket", ticket), "push") == push then redis.call("HDEL", key("ticket", ticket), "push") end
return { "unsubscribed" }
