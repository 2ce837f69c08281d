"""Who is connected here, found by what happens to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from rooms.ids import AttendantId, CallId, Fence, GuestId, Holder, TabId, TicketId, UnitId
from rooms.model.events import browser_of
from rooms.model.snapshot import Desk, OneGuest, OneTicket
from rooms.model.ticket import LIVE
from signaling.protocol.signals import SignalEntry
from signaling.protocol.views import Farewell, View, Worsening


class Page(Protocol):
    """A connected page, as far as the fan-out cares. Nothing here waits: a slow page must not hold up the others."""

    def show(self, view: str) -> None:
        """Show this, a view's JSON; it replaces one that still waits to be sent."""
        ...

    def say(self, entry: SignalEntry) -> None:
        """Pass on one entry of a call's log, in order."""
        ...

    def goodbye(self, reason: Farewell) -> None:
        """End the connection for good, saying why."""
        ...


@dataclass(slots=True, eq=False)
class VisitorPage:
    """One page of a visitor's browser."""

    page: Page
    holder: Holder
    tab: TabId
    shown: int | None = None
    """The digest of what it shows; a view whole would be the most of what a waiting visitor costs."""


@dataclass(slots=True, eq=False)
class DeskPage:
    """One page at which an attendant, or an interpreter, is signed in; `fence` None: another page holds the desk."""

    page: Page
    attendant: AttendantId
    session: str
    fence: Fence | None
    pool: bool = False
    """The interpreters' page."""
    shown: int | None = None


@dataclass(slots=True, eq=False)
class BoardPage:
    """One page of a supervisor."""

    page: Page
    session: str
    shown: int | None = None


@dataclass(slots=True, eq=False)
class GuestPage:
    """One page of somebody else in a call."""

    page: Page
    guest: GuestId
    tab: TabId
    shown: int | None = None


_READ = "}"
"""Every view begins with its kind and when it was read, `{"kind":"ticket","as_of":{…}`; what it shows follows."""

AnyPage = VisitorPage | DeskPage | BoardPage | GuestPage


def show(entry: AnyPage, view: View) -> None:
    """Show the view on the page, unless it shows the same already: when it was read is no difference."""
    text = view.model_dump_json()
    digest = hash(text.partition(_READ)[2])
    if digest != entry.shown:
        entry.shown = digest
        entry.page.show(text)


@dataclass(slots=True)
class Held:
    """What one visitor's browser holds, as last read, and its pages."""

    pages: list[VisitorPage] = field(default_factory=list)
    one: OneTicket | None = None
    worsening: Worsening | None = None
    expected: TicketId | None = None
    """A ticket that it is known to hold, not read yet."""

    @property
    def ticket(self) -> TicketId | None:
        """The live ticket, if there is one."""
        ticket = self.one.ticket if self.one is not None else None
        return ticket.id if ticket is not None and ticket.state in LIVE else None


@dataclass(slots=True)
class Manned:
    """One attendant's desk, as last read, and its pages."""

    pages: list[DeskPage] = field(default_factory=list)
    desk: Desk | None = None


@dataclass(slots=True)
class Seated:
    """One guest and their call, as last read, and their pages."""

    pages: list[GuestPage] = field(default_factory=list)
    one: OneGuest | None = None


class Pages:
    """Every page of one court on this node."""

    def __init__(self) -> None:
        self.visitors: dict[Holder, Held] = {}
        self.desks: dict[AttendantId, Manned] = {}
        self.boards: list[BoardPage] = []
        self.guests: dict[GuestId, Seated] = {}
        self.in_call: dict[CallId, set[GuestId]] = {}
        """The guests here, by their call."""
        self.helping: dict[CallId, set[AttendantId]] = {}
        """The desks here that are in another's call."""
        self._by_ticket: dict[TicketId, Holder] = {}
        self._by_browser: dict[str, Holder] = {}
        self._by_unit: dict[UnitId, set[Holder]] = {}

    def add(self, entry: AnyPage) -> None:
        """The page is here."""
        match entry:
            case VisitorPage():
                self.visitors.setdefault(entry.holder, Held()).pages.append(entry)
                self._by_browser[browser_of(entry.holder)] = entry.holder
            case DeskPage():
                self.desks.setdefault(entry.attendant, Manned()).pages.append(entry)
            case BoardPage():
                self.boards.append(entry)
            case GuestPage():
                self.guests.setdefault(entry.guest, Seated()).pages.append(entry)

    def remove(self, entry: AnyPage) -> None:
        """The page is gone."""
        match entry:
            case VisitorPage():
                held = self.visitors[entry.holder]
                held.pages.remove(entry)
                if not held.pages:
                    self._forget(entry.holder, held)
                    if held.expected is not None and self._by_ticket.get(held.expected) == entry.holder:
                        del self._by_ticket[held.expected]
                    del self.visitors[entry.holder]
                    self._by_browser.pop(browser_of(entry.holder), None)
            case DeskPage():
                manned = self.desks[entry.attendant]
                manned.pages.remove(entry)
                if not manned.pages:
                    self._out_of_help(entry.attendant, manned)
                    del self.desks[entry.attendant]
            case BoardPage():
                self.boards.remove(entry)
            case GuestPage():
                seated = self.guests[entry.guest]
                seated.pages.remove(entry)
                if not seated.pages:
                    self._out_of_call(entry.guest, seated)
                    del self.guests[entry.guest]

    def hold(self, holder: Holder, one: OneTicket) -> None:
        """What the browser holds was read."""
        held = self.visitors.get(holder)
        if held is None:
            return
        if held.one is None or held.one.ticket is None or one.ticket is None or held.one.ticket.id != one.ticket.id:
            held.worsening = None
        self._forget(holder, held)
        held.one = one
        if one.ticket is not None:
            self._by_ticket[one.ticket.id] = holder
            if held.expected == one.ticket.id:
                held.expected = None
            self._by_unit.setdefault(one.ticket.unit, set()).add(holder)

    def desk(self, attendant: AttendantId, desk: Desk) -> None:
        """The desk was read."""
        if (manned := self.desks.get(attendant)) is None:
            return
        self._out_of_help(attendant, manned)
        manned.desk = desk
        if desk.helping is not None:
            self.helping.setdefault(desk.helping.call.id, set()).add(attendant)

    def is_in_pool(self, attendant: AttendantId) -> bool:
        """Whether the desk has an interpreters' page here."""
        return any(entry.pool for entry in self.desks[attendant].pages)

    def seat(self, guest: GuestId, one: OneGuest) -> None:
        """Where the guest is was read."""
        seated = self.guests.get(guest)
        if seated is None:
            return
        self._out_of_call(guest, seated)
        seated.one = one
        if one.guest is not None:
            self.in_call.setdefault(one.guest.call, set()).add(guest)

    def seated(self) -> Iterator[GuestId]:
        """The guests in a call that have a page here."""
        return (
            guest
            for guest, seated in self.guests.items()
            if seated.one is not None and seated.one.guest is not None and seated.one.guest.left is None
        )

    def expect(self, holder: Holder, ticket: TicketId) -> None:
        """The browser holds the ticket: what is said of it is for the browser, even before the ticket is read."""
        if (held := self.visitors.get(holder)) is not None:
            held.expected = ticket
            self._by_ticket[ticket] = holder

    def known_by(self, browser: str) -> Holder | None:
        """Who of those here an event means that tells this much of a holder."""
        return self._by_browser.get(browser)

    def holder_of(self, ticket: TicketId) -> Holder | None:
        """Who of those here holds the ticket."""
        return self._by_ticket.get(ticket)

    def holders_of(self, ticket: TicketId) -> list[Holder]:
        """All here whose pages show the ticket: the one that holds it, and while it moves the one that held it."""
        return [holder for holder, held in self.visitors.items() if held.ticket == ticket]

    def holders_in(self, unit: UnitId) -> frozenset[Holder]:
        """Those here whose ticket is of the unit."""
        return frozenset(self._by_unit.get(unit, ()))

    def live_tickets(self) -> Iterator[TicketId]:
        """The live tickets that have a page here."""
        return (held.ticket for held in self.visitors.values() if held.ticket is not None)

    def held_desks(self) -> Iterator[tuple[AttendantId, Fence]]:
        """The desks whose page is here."""
        return (
            (attendant, entry.fence)
            for attendant, manned in self.desks.items()
            for entry in manned.pages
            if entry.fence is not None
        )

    def staff(self) -> Iterator[DeskPage | BoardPage]:
        """Every page that somebody signed in at."""
        for manned in self.desks.values():
            yield from manned.pages
        yield from self.boards

    def _out_of_help(self, attendant: AttendantId, manned: Manned) -> None:
        if manned.desk is None or manned.desk.helping is None:
            return
        call = manned.desk.helping.call.id
        self.helping[call].discard(attendant)
        if not self.helping[call]:
            del self.helping[call]

    def _out_of_call(self, guest: GuestId, seated: Seated) -> None:
        if seated.one is None or seated.one.guest is None:
            return
        call = seated.one.guest.call
        self.in_call[call].discard(guest)
        if not self.in_call[call]:
            del self.in_call[call]

    def _forget(self, holder: Holder, held: Held) -> None:
        ticket = held.one.ticket if held.one is not None else None
        if ticket is None:
            return
        if self._by_ticket.get(ticket.id) == holder:
            del self._by_ticket[ticket.id]
        holders = self._by_unit.get(ticket.unit)
        if holders is not None:
            holders.discard(holder)
            if not holders:
                del self._by_unit[ticket.unit]
