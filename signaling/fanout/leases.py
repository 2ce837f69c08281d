"""Signs of life: who has a page here is here, told to the store in batches."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from rooms.errors import UnavailableError
from rooms.ids import CourtId
from rooms.ports import Store
from signaling.auth.capability import LIFE_S, Cookie
from signaling.fanout.pages import BoardPage, DeskPage, Pages
from signaling.protocol.views import Farewell

EVERY_S: Final = 5.0
"""A quarter of the shortest lease: three may fail before anybody counts as away."""
SESSIONS_EVERY: Final = 12
"""Staff sessions slide once a minute: a desk in use all day never signs itself out."""
AT_ONCE: Final = 500

T = TypeVar("T")


class Leases:
    """Renews what the pages of one court hold. `run()` needs an owner that cancels it."""

    def __init__(self, court: CourtId, store: Store, pages: Pages) -> None:
        self._court = court
        self._store = store
        self._pages = pages

    async def run(self) -> None:
        """Renew for ever. While the store is away nothing runs out there either."""
        turn = 0
        while True:
            await asyncio.sleep(EVERY_S)
            turn += 1
            try:
                await self.renew()
                if turn % SESSIONS_EVERY == 0:
                    await self.slide()
            except UnavailableError:
                continue

    async def renew(self) -> None:
        """The tickets, desks and guests with a page here are renewed."""
        tickets, guests = list(self._pages.live_tickets()), list(self._pages.seated())
        desks = list(self._pages.held_desks())
        for batch in _batches(tickets):
            await self._store.renew(self._court, batch, ())
        for held in _batches(desks):
            await self._store.renew(self._court, (), held)
        for seated in _batches(guests):
            await self._store.renew(self._court, (), (), seated)

    async def slide(self) -> None:
        """Sign-ins with a page here live on; a page whose sign-in is over is told so."""
        for entry in tuple(self._pages.staff()):
            cookie = Cookie.ATTENDANT if isinstance(entry, DeskPage) else Cookie.SUPERVISOR
            if await self._store.session(self._court, entry.session, LIFE_S[cookie]) is None:
                self._farewell(entry)

    def signed_out(self, session: str) -> None:
        """The pages of this sign-in are told that it is over."""
        for entry in tuple(self._pages.staff()):
            if entry.session == session:
                self._farewell(entry)

    @staticmethod
    def _farewell(entry: DeskPage | BoardPage) -> None:
        entry.page.goodbye(Farewell.SIGNED_OUT)


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
