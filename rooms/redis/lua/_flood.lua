-- A count in a window that begins with its first; nothing where it is within the limit, else how long it lasts.
-- A network beyond it is told to the supervisor, once a window.
local function beyond(what, network, limit, window_s)
  local at = key(what, network)
  local count = redis.call("INCR", at)
  if count == 1 then redis.call("EXPIRE", at, window_s) end
  if count <= limit then return nil end
  local left_s = redis.call("TTL", at)
  redis.call("ZREMRANGEBYSCORE", key("floods"), "-inf", now())
  if redis.call("ZADD", key("floods"), "NX", now() + left_s * 1000, what .. ":" .. network) == 1 then
    emit("network.limited", { network = network, what = what })
  end
  return left_s
end
