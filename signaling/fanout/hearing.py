"""What an event concerns, and therefore what has to be read again."""

from collections.abc import Callable
from typing import Final

from rooms.ids import AttendantId, Holder, TicketId
from rooms.model.attendant import Staff, Status
from rooms.model.events import Event, EventKind
from signaling.fanout.dirt import Dirt
from signaling.fanout.pages import Pages
from signaling.protocol.views import Farewell

ON_THE_BOARD: Final = frozenset(
    {EventKind.NETWORK_LIMITED, EventKind.NETWORK_CLEARED, EventKind.GUEST_CAME, EventKind.GUEST_LEFT}
)
"""What the board shows though it changes no unit."""


class Hearing:
    """Marks what is to be read again; asks nobody."""

    def __init__(self, pages: Pages, dirt: Dirt, staff: Callable[[AttendantId], Staff | None]) -> None:
        """`staff` answers who an attendant is; None: nobody any more."""
        self.moved: Final[dict[Holder, Farewell]] = {}
        """Browsers here whose ticket another one has taken, until that is read; with what to tell them."""
        self._pages = pages
        self._dirt = dirt
        self._staff = staff

    def hear(self, event: Event) -> None:
        """This happened."""
        if event.kind in ON_THE_BOARD:
            self._dirt.board = True
        if event.unit is not None:
            self._dirt.units.add(event.unit)
        if event.ticket is not None:
            self._hear_of_ticket(event.ticket, event)
        if event.call is not None:
            self._dirt.guests |= self._pages.in_call.get(event.call, set())
            self._dirt.desks |= self._pages.helping.get(event.call, set())
        if event.attendant is not None:
            self._hear_of_attendant(event.attendant, event)
        # who waits for the answer of another desk
        if (asker := AttendantId(event.facts.get("asker", ""))) in self._pages.desks:
            self._dirt.desks.add(asker)

    def _hear_of_ticket(self, ticket: TicketId, event: Event) -> None:
        if event.kind is EventKind.TICKET_JOINED:
            # taken on another page of a browser that has one here too
            browser = self._pages.known_by(event.facts.get("browser", ""))
            if browser is not None:
                self._pages.expect(browser, ticket)
        if (holder := self._pages.holder_of(ticket)) is not None:
            self._dirt.holders.add(holder)
        if event.kind is EventKind.TICKET_MOVED:
            farewell = Farewell.FORGOTTEN if event.facts.get("cause") == "forgotten" else Farewell.MOVED
            for holder in self._pages.holders_of(ticket):
                self._dirt.holders.add(holder)
                self.moved[holder] = farewell

    def _hear_of_attendant(self, attendant: AttendantId, event: Event) -> None:
        staff = self._staff(attendant)
        if staff is not None:
            self._dirt.units.update(staff.units)
            self._dirt.board |= staff.interprets
        if attendant in self._pages.desks:
            self._dirt.desks.add(attendant)
            if event.kind is EventKind.ATTENDANT_STATUS and event.facts.get("status") == Status.OFFLINE:
                self._dirt.sessions.add(attendant)
