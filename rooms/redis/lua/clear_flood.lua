-- The network may ask again, as if it had asked nothing yet.
-- KEYS: court
-- ARGV: principal request fingerprint network
-- RETURNS: cleared | request_reused
-- FLAGS: allow-oom

for _, what in ipairs({ "joins", "sign_ins" }) do
  redis.call("DEL", key(what, network))
  redis.call("ZREM", key("floods"), what .. ":" .. network)
end
emit("network.cleared", { network = network, actor = "supervisor" })
return { "cleared" }
