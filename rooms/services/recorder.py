"""The one who writes history: projects a court's events into SQL, exactly once, whichever node it is."""

from collections.abc import Awaitable, Callable

from rooms.errors import Code, ConflictError, UnavailableError
from rooms.ids import CourtId
from rooms.ports import History, Log, Store
from rooms.services.house import House

LEASE_MS = 15_000
BATCH = 500


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

    async def adopt(self, court: CourtId) -> int:
        """The court's epoch: a new one if the store came back older than history has seen.

        Said before the court is served; `record` says it again when a store falls back under way (a fail-over).
        """
        _, recorded = await self._history.cursor(court)
        return await self._store.adopt(court, max(recorded, self._log.seen(court)))

    async def meet(self) -> None:
        """Every court is adopted by what is known of it: said before anything happens on a store that has come back.

        History may be away, as it may at any time: then what this node has heard is all that is known.
        """
        for court in self._house.courts():
            try:
                _, recorded = await self._history.cursor(court.id)
            except UnavailableError:
                recorded = 0
            await self._store.adopt(court.id, max(recorded, self._log.seen(court.id)))

    async def record(self, court: CourtId) -> int:
        """Every event until now is in history, if this node holds the lease; answers how many it wrote."""
        written = 0
        while True:
            fence = await self._log.hold_recorder(court, self._node, LEASE_MS)
            if fence is None:
                return written
            after, seen = await self._history.cursor(court)
            _, n, _, _ = await self._log.positions(court)
            if n < seen:
                await self.adopt(court)
            events = await self._log.events_after(court, after, BATCH)
            if not events:
                return written
            await self._history.record(court, events, fence)
            written += len(events)
            await self._log.trim(court, events[-1].id)

    async def run(self) -> None:
        """Record for ever; the owner cancels it. A store that is away is waited for, a lost lease looked for again."""
        while True:
            for court in self._house.courts():
                try:
                    await self.record(court.id)
                except UnavailableError:
                    continue
                except ConflictError as refused:
                    if refused.code is not Code.STALE_FENCE:
                        raise
            await self._pause(self._every_s)
