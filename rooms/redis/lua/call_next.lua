-- The lawfully next person of the chosen units rings; two desks never get the same.
-- Each unit nominates one of those present by its rule (`orders` has those that are not strict). Whoever has just missed
-- a ring keeps the key but lets one turn pass, as long as anybody else waits. The away whose turn this was have `passed_s`
-- to come back.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call names:json orders:json
-- RETURNS: ringing call ticket unit | stale_fence | not_available | wrong_state | nobody_waiting | request_reused
-- USES: ticket desk call ring
-- FLAGS: allow-oom

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.activity ~= "idle" then return { "wrong_state" } end
if desk.status ~= "available" then return { "not_available" } end

local considered = {}

local function nominee(unit)
  local missed, order = {}, orders[unit]
  for _, id in ipairs(redis.call("SMEMBERS", key("missed", unit))) do missed[#missed + 1], missed[id] = id, true end
  if order then
    local all, rows = rows_of("line", unit, order), {}
    for _, row in ipairs(all) do
      if not missed[row.id] then rows[#rows + 1] = row end
    end
    considered[unit] = #rows > 0 and rows or all
    local first = nominated(considered[unit], order, unit, attendant) or {}
    return first.id, first.score, missed[first.id] == true
  end
  local line = redis.call("ZRANGE", key("line", unit), 0, #missed, "WITHSCORES")
  for i = 1, #line, 2 do
    if not missed[line[i]] then return line[i], tonumber(line[i + 1]), false end
  end
  return line[1], tonumber(line[2]), true
end

-- The away who would be called now, were they present, instead of whom is (`score`, `here`: of this unit).
local function skipped_in(unit, score, here)
  local order, ids = orders[unit], {}
  if not order then
    local below = score and "(" .. string.format("%.0f", score) or "+inf"
    return redis.call("ZRANGEBYSCORE", key("away", unit), "-inf", below, "LIMIT", 0, 100)
  end
  for _, row in ipairs(rows_of("away", unit, order)) do
    local first = nominated(rows_with(considered[unit], row), order, unit, attendant) == row
    if first and (here or not score or row.score < score) then ids[#ids + 1] = row.id end
  end
  return ids
end

local function passed_by(unit, score, here)
  for _, id in ipairs(skipped_in(unit, score, here)) do
    local skipped = ticket_by(id)
    if not skipped.passed_ms and not skipped.fetching then
      write(skipped, { passed_ms = now() })
      due("passed", id, now() + skipped.policy.passed_s * 1000)
      emit("ticket.passed", { unit = unit, ticket = id })
    end
  end
end

-- `names` are the units that the directory grants now; one that was taken away since it was chosen has none.
local chosen = {}
for unit in desk.units:gmatch("%S+") do
  if names[unit] then chosen[#chosen + 1] = unit end
end
local best, best_score, best_missed, best_unit
for _, unit in ipairs(chosen) do
  local id, score, missed = nominee(unit)
  if id and (not best or (best_missed and not missed) or (best_missed == missed and score < best_score)) then
    best, best_score, best_missed, best_unit = id, score, missed, unit
  end
end
for _, unit in ipairs(chosen) do
  passed_by(unit, best_score, unit == best_unit)
  if best then redis.call("DEL", key("missed", unit)) end
end
if not best then return { "nobody_waiting" } end

local ticket = ticket_by(best)
ring(desk, ticket, call, names[ticket.unit], orders[ticket.unit] or { order = "strict" }, "next", "")
return { "ringing", call, best, ticket.unit }
