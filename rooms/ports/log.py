"""The court's streams."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from rooms.ids import CallId, CourtId, EntryId
from rooms.model.call import LogEntry
from rooms.model.events import Event


class Log(Protocol):
    """The court's two streams and the log of one call."""

    def seen(self, court: CourtId) -> int:
        """The counter of the newest event that this process has been told of; 0: none."""
        ...

    async def positions(self, court: CourtId) -> tuple[EntryId, int, EntryId, int]:
        """Last id and counter of `events`, of `signals` (`0-0`, 0 where empty): tail from here, never from `$`."""
        ...

    def tail(
        self, court: CourtId, events_after: EntryId, signals_after: EntryId
    ) -> AsyncIterator[tuple[Sequence[Event], Sequence[LogEntry]]]:
        """Batches as they come, for ever, on a connection of its own; survives the store's absence.

        A gap is the reader's to see (`n`). Close the iterator (`aclose`) or cancel its task to end it.
        """
        ...

    async def events_after(self, court: CourtId, after: EntryId, count: int) -> Sequence[Event]:
        """For the recorder: the next entries, oldest first, without blocking."""
        ...

    async def call_log(self, court: CourtId, call: CallId, after: EntryId | None, count: int) -> Sequence[LogEntry]:
        """One call's entries behind `after`."""
        ...

    async def trim(self, court: CourtId, recorded: EntryId) -> None:
        """Drop events older than 7 days that history has, and signals older than 10 minutes."""
        ...

    async def hold_recorder(self, court: CourtId, node: str, ttl_ms: int) -> int | None:
        """Become or stay the court's recorder: the fence, or None while another node is."""
        ...
