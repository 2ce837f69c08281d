"""The directory, the inbox and the past, in SQL."""
