"""People made of code: they know the wire and nothing behind it."""
