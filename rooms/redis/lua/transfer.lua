-- The person waits in another unit, with the sequence, the tier, what they said and the clerk's note; the desk owes the
-- outcome. Refused before anything is left: a unit that takes nobody now, or has nobody at its counter, keeps nobody's hope up.
-- KEYS: court
-- ARGV: principal request fingerprint attendant fence call ticket unit letters day receipt policy:json
-- RETURNS: transferred ticket number | stale_fence | call_unknown | wrong_state | too_many_transfers hops:int | unit_suspended | unit_full waiting:int | unit_unattended | request_reused
-- USES: ticket unit desk call arrival
-- FLAGS: allow-oom

local MOST_HOPS = 3

local desk = desk_of(attendant, fence)
if not desk then return { "stale_fence" } end
if desk.call ~= call then return { "call_unknown" } end
local parent = ticket_by(desk.ticket)
if not TALKING[parent.state] or parent.unit == unit then return { "wrong_state" } end
local hops = parent.hops or 0
if tonumber(hops) >= MOST_HOPS then return { "too_many_transfers", hops } end
if is_suspended(unit) then return { "unit_suspended" } end
local waiting = waiting_in(unit)
if waiting >= policy.max_waiting then return { "unit_full", waiting } end
if redis.call("SCARD", key("available", unit)) == 0 then return { "unit_unattended" } end
local talking = call_by(call)
part(talking, parent, desk, {
  state = "transferred", ["end"] = "transferred", by = "attendant", actor = "attendant", outcome = "forwarded",
})
remember(parent, "transferred", parent.unit)
local child = arrive(ticket, {
  unit = unit, number = take_number(unit, day, letters), tier = parent.tier, band = 1, seq = parent.seq, name = parent.name,
  role = parent.role, oab = parent.oab or "", case = parent.case or "", libras = parent.libras or "",
  joined_ms = parent.joined_ms, receipt = receipt, tab = parent.tab or "", holder = parent.holder, day = day, policy = policy_text, note = parent.note or "",
  check = parent.check or "", check_ways = parent.check_ways or "", past = parent.past, parent = parent.id, hops = hops + 1,
}, "transferred", "attendant")
if talking.visitor_silent_ms then
  not_due("visitor", child.id)
  away(child)
end
return { "transferred", ticket, child.number }
