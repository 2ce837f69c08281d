"""Simulated people from the command line: a day of them, and practice for clerks, at a court of their own."""
