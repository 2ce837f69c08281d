"""Simulated people from the command line: a day of them, at a court of their own."""
