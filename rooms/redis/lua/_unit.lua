local SUSPENSION = { "suspended_ms", "message", "alternative" }

-- New tickets are to be had again.
local function resume(unit, actor)
  redis.call("HDEL", key("unit", unit), unpack(SUSPENSION))
  not_due("suspended", unit)
  emit("unit.resumed", { unit = unit, actor = actor })
end

local function is_suspended(unit)
  return redis.call("HEXISTS", key("unit", unit), "suspended_ms") == 1
end
