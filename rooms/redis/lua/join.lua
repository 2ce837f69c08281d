-- A visitor has a place in line; a browser has one live ticket at most. The receipt of a ticket that the unit's closing
-- ended (`head_start`) makes this one the first of that ticket's tier, once.
-- KEYS: court
-- ARGV: principal request fingerprint ticket unit letters day holder tab tier:int name role oab case libras receipt head_start network network_limit:int low high policy:json
-- RETURNS: joined ticket number rev:int | ticket_exists ticket | unit_suspended | unit_full waiting:int | too_many_joins | request_reused
-- USES: ticket unit flood arrival
-- FLAGS: allow-oom

local JOINS_S = 600

local mine = ticket_of(holder)
if mine then return { "ticket_exists", mine.id } end
local waiting = waiting_in(unit)
if is_suspended(unit) then
  turned_away(unit, day, holder, "suspended")
  return { "unit_suspended" }
end
if waiting >= policy.max_waiting then
  turned_away(unit, day, holder, "full")
  return { "unit_full", waiting }
end
if network ~= "" and beyond("joins", network, network_limit, JOINS_S) then return { "too_many_joins" } end

-- Whoever declares a higher priority than they had then stands before that head start anyway, and keeps it.
local band, kept = 1, head_start ~= "" and record(key("head_start", head_start))
if kept and kept.unit == unit and now() <= tonumber(kept.until_ms) and tier >= tonumber(kept.tier) then
  band, tier = 0, tonumber(kept.tier)
  redis.call("DEL", kept.at)
end

got_in(unit, day, holder)
local new = arrive(ticket, {
  unit = unit, number = take_number(unit, day, letters), tier = tier, band = band, seq = redis.call("INCR", key("seq")),
  name = name, role = role, oab = oab, case = case, libras = libras, joined_ms = now(), receipt = receipt, low = low, high = high,
  head_start = band == 0 and 1 or "", tab = tab, holder = holder, day = day, policy = policy_text,
}, "joined", "visitor")
return { "joined", ticket, new.number, 1 }
