"""The one who writes history: projects a court's events into SQL, exactly once, whichever node it is."""

import asyncio
from collections.abc import Awaitable, Callable

from rooms.errors import Code, ConflictError, UnavailableError
from rooms.ids import CourtId
from rooms.ports import History, Log, Store
from rooms.services.house import House
from rooms.services.rounds import look_after

LEASE_MS = 15_000
BATCH = 500
COURTS_AT_ONCE = 4
"""In history, which has one store for all courts: whoever signs in needs it too."""


class Recorder:
    """One node at a time holds a court's lease; its fence refuses a predecessor that comes back late.

    The cursor lives in the SQL transaction of the rows: after a crash nothing is recorded twice and nothing missed.
    """

    def __init__(
        self,
        store: Store,
        log: Log,
        history: History,
        house: House,
        *,
        node: str,
        pause: Callable[[float], Awaitable[None]],
        every_s: float = 1.0,
    ) -> None:
        self._store = store
        self._log = log
        self._history = history
        self._house = house
        self._node = node
        self._pause = pause
        self._every_s = every_s
        self._turns = asyncio.Semaphore(COURTS_AT_ONCE)

    async def adopt(self, court: CourtId) -> int:
        """The court's epoch: a new one if the store came back older than history has seen.

        Said before the court is served; `record` says it again when a store falls back under way (a fail-over). History
        may be away, as it may at any time: then what this node has heard is all that is known.
        """
        try:
            async with self._turns:
                _, recorded = await self._history.cursor(court)
        except UnavailableError:
            recorded = 0
        return await self._store.adopt(court, max(recorded, self._log.seen(court)))

    async def record(self, court: CourtId) -> int:
        """Every event until now is in history, if this node holds the lease; answers how many it wrote."""
        written = 0
        while True:
            fence = await self._log.hold_recorder(court, self._node, LEASE_MS)
            if fence is None:
                return written
            async with self._turns:
                after, seen = await self._history.cursor(court)
            _, n, _, _ = await self._log.positions(court)
            if n < seen:
                await self.adopt(court)
            events = await self._log.events_after(court, after, BATCH)
            if not events:
                return written
            async with self._turns:
                await self._history.record(court, events, fence)
            written += len(events)
            await self._log.trim(court, events[-1].id)

    async def run(self) -> None:
        """Record for ever; the owner cancels it. A store that is away is waited for, a lost lease looked for again."""
        await look_after(self._house, self._visit, self._rest)

    async def _visit(self, court: CourtId) -> None:
        try:
            await self.record(court)
        except ConflictError as refused:
            if refused.code is not Code.STALE_FENCE:
                raise

    async def _rest(self) -> None:
        await self._pause(self._every_s)
