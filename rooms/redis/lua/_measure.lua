-- How a call went for one side is one thing, however often its page was opened anew: `rooms.model.quality.joined`.
local STAGES = { "ice_ms", "connected_ms", "sound_ms", "picture_ms" }

local function has_begun(measure)
  for _, stage in ipairs(STAGES) do
    if measure[stage] then return true end
  end
end

-- What is between two medians, nearer to that of more spells.
local function between(earlier, later, name)
  if not earlier[name] or not later[name] then return earlier[name] or later[name] end
  local before, after = math.max(earlier.spells, 1), math.max(later.spells, 1)
  local sum, spells = earlier[name] * before + later[name] * after, before + after
  return math.floor((2 * sum + spells) / (2 * spells))
end

local function worst(earlier, later, name)
  if not earlier[name] or not later[name] then return earlier[name] or later[name] end
  return math.max(earlier[name], later[name])
end

local function joined(earlier, later)
  local both = {
    path = later.path == "none" and earlier.path or later.path,
    round_trip_ms = between(earlier, later, "round_trip_ms"),
    worst_round_trip_ms = worst(earlier, later, "worst_round_trip_ms"),
    lost_percent = between(earlier, later, "lost_percent"),
    worst_lost_percent = worst(earlier, later, "worst_lost_percent"),
    spells = earlier.spells + later.spells,
    restarts = earlier.restarts + later.restarts,
  }
  local began = has_begun(earlier) and earlier or later
  for _, stage in ipairs(STAGES) do both[stage] = began[stage] end
  return both
end

-- What was kept; an earlier release kept it without its spells.
local function kept_measure(call, name)
  local measure = call[name] and cjson.decode(call[name])
  if measure then measure.spells = measure.spells or 0 end
  return measure
end

-- All that the pages of that side have measured; nil: they have said nothing.
local function measure_of(call, side)
  local earlier, latest = kept_measure(call, side .. "_earlier"), kept_measure(call, side .. "_measure")
  return earlier and joined(earlier, latest) or latest
end

-- A page says how it went, the whole of it; what the page before it had found stays.
local function keep_measure(call, side, measure)
  local latest = kept_measure(call, side .. "_measure")
  if latest and latest.gauge ~= measure.gauge then
    local pages = (call[side .. "_pages"] or 1) + 1
    write(call, { [side .. "_earlier"] = cjson.encode(measure_of(call, side)), [side .. "_pages"] = pages })
  end
  write(call, { [side .. "_measure"] = cjson.encode(measure) })
end

-- How it went for each side, as far as its pages have said.
local function tell_measures(call)
  for _, side in ipairs({ "visitor", "attendant" }) do
    local measure = measure_of(call, side)
    if measure then
      emit("call.measured", {
        unit = call.unit, ticket = call.ticket, attendant = call.attendant, call = call.id, by = side,
        pages = call[side .. "_pages"] or 1, path = measure.path, restarts = measure.restarts, spells = measure.spells,
        round_trip_ms = measure.round_trip_ms, worst_round_trip_ms = measure.worst_round_trip_ms,
        lost_percent = measure.lost_percent, worst_lost_percent = measure.worst_lost_percent,
        ice_ms = measure.ice_ms, connected_ms = measure.connected_ms, sound_ms = measure.sound_ms,
        picture_ms = measure.picture_ms,
      })
    end
  end
end
