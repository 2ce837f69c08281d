-- Who is called before whom, by the unit's rule: what `rooms.model.order` says, on the store's own line.
-- Scores below EVERYONE are with priority; a score's rest by A_TIER is band and sequence, as if there were one tier.
local EVERYONE, A_TIER = 6 * 2 ^ 40, 2 ^ 41

-- Calls with priority since the last of everybody else.
local function run_of(unit)
  return tonumber(redis.call("HGET", key("unit", unit), "run") or 0)
end

local function runs(unit, run)
  redis.call("HSET", key("unit", unit), "run", run)
end

-- The ids of the unit's available attendants that are dedicated to priority, and how many others there are.
local function attending(unit, policy)
  local dedicated, count, all = {}, 0, redis.call("SMEMBERS", key("available", unit))
  for _, id in ipairs(policy.dedicated or {}) do dedicated[id] = false end
  for _, id in ipairs(all) do
    if dedicated[id] == false then dedicated[id], count = true, count + 1 end
  end
  return dedicated, count, #all - count
end

-- Those of one index (`line`: present, `away`), by key. Only a head start asks when they came.
local function rows_of(index, unit, policy)
  local rows, flat, joined = {}, redis.call("ZRANGE", key(index, unit), 0, -1, "WITHSCORES"), {}
  if policy.order == "head_start" then
    local cards = redis.call("HGETALL", key("cards", unit))
    for i = 1, #cards, 2 do joined[cards[i]] = tonumber(cards[i + 1]:match("^%d+")) end
  end
  for i = 1, #flat, 2 do rows[#rows + 1] = { id = flat[i], score = tonumber(flat[i + 1]), joined_ms = joined[flat[i]] } end
  return rows
end

local function by_score(one, other) return one.score < other.score end
local function by_arrival(one, other) return one.score % A_TIER < other.score % A_TIER end

-- The same rows with one more among them.
local function rows_with(rows, one)
  local all = { one }
  for _, row in ipairs(rows) do
    if row.id ~= one.id then all[#all + 1] = row end
  end
  table.sort(all, by_score)
  return all
end

-- Every rule but the strict one, whose order the rows have already.
local rules = {}

function rules.ratio(first, last, policy, unit)
  local order, at, run = {}, 1, run_of(unit)
  for _, row in ipairs(last) do
    for _ = 1, policy.ratio_k - run do
      order[#order + 1], at = first[at], at + (first[at] and 1 or 0)
    end
    order[#order + 1], run = row, 0
  end
  for i = at, #first do order[#order + 1] = first[i] end
  return order
end

function rules.head_start(first, last, policy)
  local order, at, earliest = {}, 1, { [#first + 1] = math.huge }
  for i = #first, 1, -1 do earliest[i] = math.min(first[i].joined_ms, earliest[i + 1]) end
  for i, row in ipairs(first) do
    while last[at] and last[at].joined_ms + policy.head_start_min * 60000 < earliest[i] do
      order[#order + 1], at = last[at], at + 1
    end
    order[#order + 1] = row
  end
  for i = at, #last do order[#order + 1] = last[i] end
  return order
end

function rules.dedicated(first, last, policy, unit)
  local _, dedicated, others = attending(unit, policy)
  local by_key, arrived, order, taken, turn = {}, {}, {}, {}, 0
  for _, rows in ipairs({ first, last }) do
    for _, row in ipairs(rows) do by_key[#by_key + 1], arrived[#arrived + 1] = row, row end
  end
  if dedicated == 0 or others == 0 then return by_key end
  table.sort(arrived, by_arrival)
  while #order < #by_key do
    for _, row in ipairs(turn % (others + dedicated) < others and arrived or by_key) do
      if not taken[row.id] then
        order[#order + 1], taken[row.id] = row, true
        break
      end
    end
    turn = turn + 1
  end
  return order
end

-- These rows, which stand by key, in the order in which they are called if nobody else comes.
local function in_order(rows, policy, unit)
  local first, last = {}, {}
  for _, row in ipairs(rows) do
    local part = row.score < EVERYONE and first or last
    part[#part + 1] = row
  end
  return rules[policy.order](first, last, policy, unit)
end

-- Whom the unit nominates of these rows for an attendant, its rule being another than the strict one.
local function nominated(rows, policy, unit, attendant)
  if policy.order ~= "dedicated" then return in_order(rows, policy, unit)[1] end
  local dedicated, count = attending(unit, policy)
  if count == 0 or dedicated[attendant] then return rows[1] end
  local best = rows[1]
  for _, row in ipairs(rows) do
    if by_arrival(row, best) then best = row end
  end
  return best
end
