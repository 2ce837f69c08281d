"""The rules of the counter, pure: nothing here waits, reads a clock or draws lots."""
