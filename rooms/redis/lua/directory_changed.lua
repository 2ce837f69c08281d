-- Every node is told that units or staff have changed.
-- KEYS: court
-- ARGV: -
-- RETURNS: told
-- FLAGS: allow-oom

emit("directory.changed", {})
return { "told" }
