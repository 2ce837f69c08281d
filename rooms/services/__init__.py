"""The verbs of the counter, by who says them."""
