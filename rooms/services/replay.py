"""A call's log, read again in parts that an answer takes."""

from collections.abc import Callable, Sequence
from itertools import accumulate

from rooms.ids import CallId, CourtId, EntryId
from rooms.model.call import LogEntry
from rooms.ports import Log

REPLAYED_AT_ONCE = 100
"""Entries of a call's log in one answer."""
REPLAYED_LENGTH = 64_000
"""Of their bodies together: a call's whole log in one answer would be two megabytes for a page that may not take it."""


def part_of(log: Sequence[LogEntry]) -> tuple[Sequence[LogEntry], bool]:
    """As much of the log as one answer takes, at least one entry, and whether there may be more."""
    lengths = accumulate(len(entry.body) for entry in log)
    fit = max(1, sum(length <= REPLAYED_LENGTH for length in lengths))
    return log[:fit], fit < len(log) or len(log) == REPLAYED_AT_ONCE


async def replayed(
    log: Log, court: CourtId, call: CallId, after: EntryId | None, is_for: Callable[[LogEntry], bool]
) -> tuple[Sequence[LogEntry], bool]:
    """The next entries behind `after` that are for somebody, and whether there may be more.

    Never none where there may be more: whoever reads asks on behind the last one that they got.
    """
    while True:
        part, more = part_of(await log.call_log(court, call, after, REPLAYED_AT_ONCE))
        theirs = [entry for entry in part if is_for(entry)]
        if theirs or not more:
            return theirs, more
        after = part[-1].id
