-- USES: outage asked offered
local function desk_by(id)
  local desk = record(key("attendant", id))
  if desk then desk.id = id end
  return desk
end

-- The desk, if this is its page: a page that another one has replaced has an older fence.
local function desk_of(id, fence)
  local desk = desk_by(id)
  if desk and desk.fence == fence then return desk end
end

-- A unit knows who sits behind its counter, who of them is available, and since when nobody is.
local function sit(desk, unit, sits, available)
  redis.call(sits and "SADD" or "SREM", key("desks", unit), desk.id)
  if available then
    redis.call("SADD", key("available", unit), desk.id)
  elseif redis.call("SREM", key("available", unit), desk.id) == 1 and redis.call("SCARD", key("available", unit)) == 0 then
    redis.call("HSET", key("unit", unit), "unattended_since_ms", now())
  end
end

local function sit_everywhere(desk)
  for unit in desk.units:gmatch("%S+") do
    sit(desk, unit, desk.status ~= "offline" or desk.activity ~= "idle", desk.status == "available")
  end
end

-- Another status or activity, told to everybody.
local function turn(desk, actor, fields)
  fields.since_ms = now()
  write(desk, fields)
  sit_everywhere(desk)
  -- Whoever has taken somebody on, or left, cannot come.
  if desk.asked and (desk.activity ~= "idle" or desk.status == "offline") then
    local call = record(key("call", desk.asked, "state"))
    call.id = desk.asked
    hush(call, desk, "busy")
  end
  if desk.offers and (desk.activity ~= "idle" or desk.status == "offline") then hush_offers(desk, "withdrawn") end
  if desk.offered and desk.activity ~= "in_call" then
    local interpreter = record(key("attendant", desk.offered))
    interpreter.id = desk.offered
    hush_offer(interpreter, desk, "busy")
  end
  emit("attendant.status", {
    attendant = desk.id, units = desk.units, status = desk.status, pause = desk.pause or "", activity = desk.activity, actor = actor,
  })
end

local function desk_lease(desk, seconds)
  write(desk, { lease_ms = seconds * 1000 })
  due("attendant", desk.id, now() + seconds * 1000)
end
