"""The wire, declared once."""
