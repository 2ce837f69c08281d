-- A visitor has a place in line; a browser has one live ticket at most. The receipt of a ticket that the unit's closing
-- ended (`head_start`) makes this one the first of that ticket's tier, once.
-- KEYS: court
-- ARGV: principal request fingerprint ticket unit letters day holder tab tier:int name role oab case receipt head_start network network_limit:int low high policy:json
-- RETURNS: joined ticket number rev:int | ticket_exists ticket | unit_suspended | unit_full waiting:int | too_many_joins | request_reused
-- USES: ticket unit flood
-- FLAGS: allow-oom

local DAYS_3_S, JOINS_S, RENUMBERED = 3 * 24 * 3600, 600, 100

local mine = ticket_of(holder)
if mine then return { "ticket_exists", mine.id } end
local waiting = redis.call("ZCARD", key("line", unit)) + redis.call("ZCARD", key("away", unit))
if is_suspended(unit) then
  turned_away(unit, day, holder, "suspended")
  return { "unit_suspended" }
end
if waiting >= policy.max_waiting then
  turned_away(unit, day, holder, "full")
  return { "unit_full", waiting }
end
if network ~= "" and beyond("joins", network, network_limit, JOINS_S) then return { "too_many_joins" } end

local today = key("day", unit, day)
-- A store that came back older may have given these numbers already (see adopt): skip them, once a day and unit.
if redis.call("EXISTS", key("renumber")) == 1 and redis.call("HSETNX", today, "renumbered", 1) == 1 then
  redis.call("HINCRBY", today, "number", RENUMBERED)
end
local number = string.format("%s %03d", letters, redis.call("HINCRBY", today, "number", 1))
redis.call("EXPIRE", today, DAYS_3_S)

-- Whoever declares a higher priority than they had then stands before that head start anyway, and keeps it.
local band, kept = 1, head_start ~= "" and record(key("head_start", head_start))
if kept and kept.unit == unit and now() <= tonumber(kept.until_ms) and tier >= tonumber(kept.tier) then
  band, tier = 0, tonumber(kept.tier)
  redis.call("DEL", kept.at)
end

local new = { id = ticket, at = key("ticket", ticket) }
write(new, {
  unit = unit, number = number, state = "waiting", rev = 1, tier = tier, band = band, seq = redis.call("INCR", key("seq")),
  name = name, role = role, oab = oab, case = case, joined_ms = now(), present = 1, tries = 0, receipt = receipt,
  head_start = band == 0 and 1 or "", low = low, high = high, tab = tab, holder = holder, day = day, policy = policy_text,
})
new.policy = policy
local position = position_of(new)
write(new, { original_position = position, near = position <= NEAR + 1 and 1 or "" })
into_line(new)
lease(new, policy.visitor_lease_s)
redis.call("SET", key("holder", holder), ticket)
got_in(unit, day, holder)
moved("ticket.joined", new, "joined", "visitor", {
  number = number, seq = new.seq, tier = tier, band = band, role = role, receipt = receipt,
  announced_low_min = low, announced_high_min = high,
})
return { "joined", ticket, number, 1 }
