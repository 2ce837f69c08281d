"""The URL table and what answers it."""
