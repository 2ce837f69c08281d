-- Somebody who was told at the door that it is too late for today is counted as lost demand, once.
-- KEYS: court
-- ARGV: unit day holder reason
-- RETURNS: counted
-- USES: unit
-- FLAGS: allow-oom

turned_away(unit, day, holder, reason)
return { "counted" }
