"""Every court of this node: where sockets and routes bring their pages and their questions."""

import asyncio
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rooms.errors import Code, UnavailableError
from rooms.ids import AttendantId, CourtId, Fence, GuestId, Holder, TabId, TicketId, UnitId
from rooms.ports import Log, Store
from rooms.services.house import House
from signaling.fanout.court import CourtFanout
from signaling.fanout.leases import Leases
from signaling.fanout.pages import AnyPage, BoardPage, DeskPage, GuestPage, Page, VisitorPage
from signaling.protocol.views import PublicUnit


@dataclass(frozen=True, slots=True)
class Figures:
    """One court on this node, counted."""

    court: CourtId
    visitors: int
    desks: int
    boards: int
    gaps: int
    """How often a stream's counter showed that entries were missed."""


class Fanout:
    """The pages of this node, by court. `run()` needs an owner that cancels it."""

    def __init__(
        self, courts: Sequence[CourtId], store: Store, log: Log, house: House, clock: Callable[[], float]
    ) -> None:
        self._courts: Final = {court: CourtFanout(court, store, log, house, clock) for court in courts}
        self._leases: Final = {court: Leases(court, store, self._courts[court].pages) for court in courts}
        self._entries: Final[dict[Page, tuple[CourtId, AnyPage]]] = {}

    async def run(self) -> None:
        """Follow every court for ever."""
        async with asyncio.TaskGroup() as tasks:
            for court in self._courts:
                tasks.create_task(self._courts[court].run())
                tasks.create_task(self._leases[court].run())

    async def ready(self, courts: Collection[CourtId]) -> None:
        """Return once the units of these courts have been read."""
        for court in courts:
            await self._courts[court].ready.wait()

    @property
    def served(self) -> Sequence[CourtId]:
        """The courts whose units have been read."""
        return [name for name, court in self._courts.items() if court.ready.is_set()]

    # ------------------------------------------------------------------------------------------------- for sockets

    def visitor_came(self, court: CourtId, page: Page, holder: Holder, tab: TabId) -> None:
        """A visitor's page is here; its view follows."""
        self._came(court, page, VisitorPage(page, holder, tab))

    def desk_came(
        self,
        court: CourtId,
        page: Page,
        attendant: AttendantId,
        session: str,
        fence: Fence | None,
        *,
        pool: bool = False,
    ) -> None:
        """An attendant's page is here, or (`pool`) an interpreter's; `fence` None: the desk is open elsewhere."""
        self._came(court, page, DeskPage(page, attendant, session, fence, pool))

    def board_came(self, court: CourtId, page: Page, session: str) -> None:
        """A supervisor's page is here."""
        self._came(court, page, BoardPage(page, session))

    def guest_came(self, court: CourtId, page: Page, guest: GuestId, tab: TabId) -> None:
        """A page of somebody else in a call is here."""
        self._came(court, page, GuestPage(page, guest, tab))

    def went(self, page: Page) -> None:
        """The page is gone; a page that never came may go too."""
        if (found := self._entries.pop(page, None)) is not None:
            court, entry = found
            self._courts[court].go(entry)

    def refresh(self, page: Page) -> None:
        """What the page shows is to be read again: it has just changed something."""
        if (found := self._entries.get(page)) is not None:
            court, entry = found
            self._courts[court].refresh(entry)

    def joined(self, page: Page, ticket: TicketId) -> None:
        """The page's browser holds this ticket: what is said of it is for the page, even before it is read."""
        match self._entries.get(page):
            case (court, VisitorPage() as entry):
                self._courts[court].joined(entry, ticket)
            case _:
                pass

    def holds_desk(self, page: Page, fence: Fence) -> None:
        """The page has just taken its desk over."""
        match self._entries.get(page):
            case (court, DeskPage() as entry):
                entry.fence = fence
                self._courts[court].refresh(entry)
            case _:
                pass

    # -------------------------------------------------------------------------------------------------- for routes

    def unit_list(self, court: CourtId) -> tuple[PublicUnit, ...]:
        """The court's units as last read, open ones first.

        Raises:
            UnavailableError: STORE_AWAY, the court's store has not answered yet.

        """
        return self._read(court).unit_list()

    def unit(self, court: CourtId, unit: UnitId) -> PublicUnit | None:
        """One of them; None where it is unknown.

        Raises:
            UnavailableError: as `unit_list`.

        """
        return self._read(court).unit(unit)

    def signed_out(self, court: CourtId, session: str) -> None:
        """A sign-in is over: its pages here are told."""
        self._leases[court].signed_out(session)

    def figures(self) -> Iterator[Figures]:
        """What `/metrics` tells."""
        for name, court in self._courts.items():
            pages = court.pages
            yield Figures(
                court=name,
                visitors=sum(len(held.pages) for held in pages.visitors.values()),
                desks=sum(len(manned.pages) for manned in pages.desks.values()),
                boards=len(pages.boards),
                gaps=court.gaps,
            )

    def _read(self, court: CourtId) -> CourtFanout:
        found = self._courts[court]
        if not found.ready.is_set():
            raise UnavailableError(Code.STORE_AWAY)
        return found

    def _came(self, court: CourtId, page: Page, entry: AnyPage) -> None:
        self._entries[page] = (court, entry)
        self._courts[court].come(entry)
