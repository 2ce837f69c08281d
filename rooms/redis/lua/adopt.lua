-- The court has an epoch. A store that came back older than what was seen (`seen_n`) gets a new one: older views and
-- fences lose, request ids are forgotten, ticket numbers and the ids of entries skip ahead: none is given twice.
-- So does one that has been started anew: it may have lost more than is known to whoever meets it first, such as what
-- another node has acknowledged in its last instant.
-- `since` is when the counter began to serve at all: no unit has been unattended for longer.
-- KEYS: court
-- ARGV: seen_n:int
-- RETURNS: adopted epoch:int
-- FLAGS: allow-oom

local FENCES, DAY_MS, SKIPPED_MS = 1000000, 24 * 3600 * 1000, 1000
local LOST, PERHAPS_LOST = 100, 10

-- Two losses before a unit's next number are skipped both.
local function skip_numbers(by)
  redis.call("INCRBY", key("skip"), by)
  redis.call("PEXPIRE", key("skip"), DAY_MS)
end

-- Another process than the one that the court was last met on.
local function is_new_life()
  local life = redis.call("INFO", "server"):match("run_id:(%w+)")
  local last = redis.call("GETSET", key("life"), life)
  return last and last ~= life
end

-- Where the store's clock was set back, ids stand still, and would follow those that are gone.
local function skip_ids(stream)
  if redis.call("EXISTS", key(stream)) == 0 then return end
  local told = redis.call("XINFO", "STREAM", key(stream))
  local last_ms
  for i = 1, #told, 2 do
    if told[i] == "last-generated-id" then last_ms = tonumber(told[i + 1]:match("^%d+")) end
  end
  local store_ms = now() - (redis.call("GET", key("clock")) or 0)
  redis.call("XSETID", key(stream), string.format("%.0f-0", math.max(store_ms, last_ms) + SKIPPED_MS))
end

redis.call("SETNX", key("since"), now())
local is_new = is_new_life()
if redis.call("SETNX", key("epoch"), 1) == 1 and seen_n == 0 then return { "adopted", 1 } end
local is_older = tonumber(redis.call("GET", key("n")) or 0) < seen_n
if not is_older and not is_new then return { "adopted", redis.call("GET", key("epoch")) } end
local epoch = redis.call("INCR", key("epoch"))
if is_older then redis.call("SET", key("n"), seen_n) end
redis.call("INCRBY", key("fence"), FENCES)
skip_numbers(is_older and LOST or PERHAPS_LOST)
skip_ids("events")
skip_ids("signals")
emit("court.epoch", { epoch = epoch })
return { "adopted", epoch }
