local court = KEYS[1]

local function key(...)
  return table.concat({ court, ... }, ":")
end

-- Court time in ms: the store's clock plus the court's offset. There is no other clock; within a script it stands still.
local clock
local function now()
  if not clock then
    local time = redis.call("TIME")
    clock = time[1] * 1000 + math.floor(time[2] / 1000) + (redis.call("GET", key("clock")) or 0)
  end
  return clock
end

-- A hash as a table, nil where there is none. An empty field is the same as an absent one.
local function record(at)
  local flat = redis.call("HGETALL", at)
  if #flat == 0 then return nil end
  local found = { at = at }
  for i = 1, #flat, 2 do
    if flat[i + 1] ~= "" then found[flat[i]] = flat[i + 1] end
  end
  return found
end

-- Fields of a record, in the store and in the table; "" clears one.
local function write(kept, fields)
  local flat = {}
  for name, value in pairs(fields) do
    flat[#flat + 1], flat[#flat + 2] = name, value
    if value == "" then kept[name] = nil else kept[name] = tostring(value) end
  end
  redis.call("HSET", kept.at, unpack(flat))
end

-- What happened, under the next number of the court's counter. An empty fact is the same as an absent one.
local happened = 0
local function emit(kind, facts)
  happened = redis.call("INCR", key("n"))
  local entry = { "n", happened, "at", now(), "kind", kind }
  for name, value in pairs(facts) do
    if value ~= "" then entry[#entry + 1], entry[#entry + 2] = name, value end
  end
  redis.call("XADD", key("events"), "*", unpack(entry))
end

-- The one place where a deadline is kept: an outage moves them all, a record has no copy that could disagree.
local function due(kind, id, at_ms)
  redis.call("ZADD", key("deadlines"), at_ms, kind .. ":" .. id)
end

local function not_due(kinds, id)
  local members = {}
  for _, kind in ipairs(type(kinds) == "table" and kinds or { kinds }) do members[#members + 1] = kind .. ":" .. id end
  redis.call("ZREM", key("deadlines"), unpack(members))
end

local function due_ms(kind, id)
  return redis.call("ZSCORE", key("deadlines"), kind .. ":" .. id)
end

-- How long a ticket may be as it is, where that has an end: it rings, is interrupted, on hold, or fetches something.
local STAYS = { "ring", "interrupted", "hold", "fetch" }

local function until_ms_of(ticket)
  for _, kind in ipairs(STAYS) do
    local at_ms = due_ms(kind, ticket)
    if at_ms then return at_ms end
  end
end
