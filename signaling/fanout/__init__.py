"""One reader per court and node: tails the court's two streams and feeds the pages connected here.

Nothing true lives here. What is shown was read from the store; what is kept (the units as last read, the pages, the
tickets they hold) can be thrown away and read again, and is, whenever a counter shows a gap.
"""
