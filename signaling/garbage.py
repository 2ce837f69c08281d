"""Python's collector, which stops everybody while it looks at everything."""

import gc
from typing import Final

YOUNG: Final = 10_000
"""So many new objects are looked at together: some milliseconds."""
YOUNG_TO_OLD: Final = 10
OLD: Final = 20
"""All is looked at when so many hundred thousand more objects have come than gone."""


def collect_seldom() -> None:
    """What exists now is never looked at again, what comes from now on seldom. To be said once a process has started.

    By Python's own figures a server in which 2,500 people wait looks at their million objects, half a second long,
    every few seconds, and finds nothing: connections end without cycles of their own (`sockets/transport.py`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, YOUNG_TO_OLD, OLD)
