local DAYS_3_S = 3 * 24 * 3600
-- So many letters of the holder are told: enough for a node to find the other pages of one browser, no key to anything.
local BROWSER = 16

-- The day's next number of the unit.
local function take_number(unit, day, letters)
  local today = key("day", unit, day)
  -- A store that came back older may have given these numbers already (see adopt): skip them, once a loss and unit.
  local skip = tonumber(redis.call("GET", key("skip")) or 0)
  local skipped = tonumber(redis.call("HGET", today, "skipped") or 0)
  if skip > skipped then
    redis.call("HSET", today, "skipped", skip)
    redis.call("HINCRBY", today, "number", skip - skipped)
  end
  local number = string.format("%s %03d", letters, redis.call("HINCRBY", today, "number", 1))
  redis.call("EXPIRE", today, DAYS_3_S)
  return number
end

local function waiting_in(unit)
  return redis.call("ZCARD", key("line", unit)) + redis.call("ZCARD", key("away", unit))
end

-- A place in the unit's line, and the browser's pointer to it.
local function arrive(id, fields, cause, actor)
  local new = { id = id, at = key("ticket", id) }
  fields.state, fields.rev, fields.present, fields.tries = "waiting", 1, 1, 0
  write(new, fields)
  new.policy = cjson.decode(new.policy)
  local position = position_of(new)
  write(new, { original_position = position, near = position <= NEAR + 1 and 1 or "" })
  into_line(new)
  lease(new, new.policy.visitor_lease_s)
  redis.call("SET", key("holder", new.holder), id)
  moved("ticket.joined", new, cause, actor, {
    number = new.number, seq = new.seq, tier = new.tier, band = new.band, role = new.role, receipt = new.receipt, joined_ms = new.joined_ms,
    browser = new.holder:sub(1, BROWSER), announced_low_min = new.low or "", announced_high_min = new.high or "", parent = new.parent or "", hops = new.hops or "",
  })
  return new
end
