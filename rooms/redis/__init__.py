"""Live state: one Lua script per verb, and the logs they write."""
