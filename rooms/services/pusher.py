"""Tells those whose page is closed that their turn is near or has come: one node at a time, from the court's events."""

from collections.abc import Awaitable, Callable

from rooms.ids import CourtId, EntryId, TicketId
from rooms.model.events import EventKind
from rooms.model.reminder import OCCASIONS, Occasion, reminder_of
from rooms.ports import Log, Push, Store
from rooms.services.house import House
from rooms.services.rounds import look_after

LEASE_MS = 15_000
BATCH = 500
UNSEEN_ROUNDS = 3
"""A ring that no page has shown after so many rounds is told: a page that lives shows it within one."""


class Pusher:
    """Follows the events of every court while it holds the lease; what is told is read anew, so it is true when told.

    What has been sent up to is kept with the lease: whoever takes over goes on there. After a crash somebody may be
    told twice, which replaces the notification, and nobody is left out.
    """

    def __init__(
        self,
        store: Store,
        log: Log,
        push: Push,
        house: House,
        *,
        node: str,
        pause: Callable[[float], Awaitable[None]],
        every_s: float = 1.0,
    ) -> None:
        self._store = store
        self._log = log
        self._push = push
        self._house = house
        self._node = node
        self._pause = pause
        self._every_s = every_s
        self._rings: dict[tuple[CourtId, TicketId], int] = {}

    async def send(self, court: CourtId) -> int:
        """Everybody is told whom the events since the last time concern; answers how many were."""
        sent = await self._store.hold_pusher(court, self._node, LEASE_MS, None)
        if sent is None:
            return 0
        told = await self._tell_unseen(court)
        while events := await self._log.events_after(court, sent, BATCH):
            for event in events:
                occasion = OCCASIONS.get(event.kind)
                if event.ticket is None or occasion is None:
                    continue
                if event.kind is EventKind.TICKET_CALLED:
                    self._rings[court, event.ticket] = UNSEEN_ROUNDS
                else:
                    told += await self._tell(court, event.ticket, occasion)
            sent = EntryId(events[-1].id)
            if await self._store.hold_pusher(court, self._node, LEASE_MS, sent) is None:
                break
        return told

    async def run(self) -> None:
        """Send for ever; the owner cancels it. A store that is away is waited for."""
        await look_after(self._house, self.send, self._rest)

    async def _rest(self) -> None:
        await self._pause(self._every_s)

    async def _tell_unseen(self, court: CourtId) -> int:
        """Rings that no page has shown by now are told."""
        told = 0
        for (of, ticket), rounds in tuple(self._rings.items()):
            if of != court:
                continue
            if rounds > 1:
                self._rings[of, ticket] = rounds - 1
                continue
            del self._rings[of, ticket]
            told += await self._tell(court, ticket, Occasion.CALLED)
        return told

    async def _tell(self, court: CourtId, ticket: TicketId, occasion: Occasion) -> int:
        found = await self._store.reminder(court, ticket)
        reminder = None if found is None else reminder_of(occasion, found)
        if found is None or reminder is None:
            return 0
        if not await self._push.send(court, found.push, reminder):
            await self._store.unsubscribe(court, ticket, found.push)
            return 0
        return 1
