"""`/supervisor`: the board, and what may be done from it."""

from rooms.ids import AttendantId, Rev, TicketId, UnitId
from rooms.model.ticket import Ticket
from rooms.ports import Store
from rooms.services.oversight import Oversight
from signaling.auth.staff import SignedIn
from signaling.protocol.at_desk import Remove, SetTier
from signaling.protocol.base import Namespace
from signaling.protocol.commands import (
    ClearFlood,
    Done,
    Line,
    Place,
    Result,
    ResumeUnit,
    ShowLine,
    SignOut,
    SupervisorAsk,
    Suspend,
)
from signaling.sockets.page import ConnectedPage
from signaling.sockets.seat import Crowd, Handshake, request_of, staff_at, suspending_of


class Supervisors:
    """Whoever is signed in as a supervisor is admitted."""

    namespace = Namespace.SUPERVISOR

    def __init__(self, oversight: Oversight, store: Store, crowd: Crowd) -> None:
        self.oversight = oversight
        self.store = store
        self.crowd = crowd

    async def admit(self, handshake: Handshake, page: ConnectedPage) -> "SupervisorSeat":
        """A seat.

        Raises:
            RefusedError: NO_SESSION.

        """
        whose = await staff_at(self.store, handshake, "supervisor")
        return SupervisorSeat(self, handshake, whose, page)


class SupervisorSeat:
    """One page of a supervisor."""

    def __init__(self, role: Supervisors, handshake: Handshake, whose: SignedIn, page: ConnectedPage) -> None:
        self.capability = whose.key
        self._role = role
        self._court = handshake.court
        self._supervisor = whose.who
        self._page = page

    def come(self) -> None:
        """The board comes from here on."""
        self._role.crowd.board_came(self._court, self._page, self.capability)

    def go(self) -> None:
        """Nothing is held."""
        self._role.crowd.went(self._page)

    async def answer(self, message: str) -> Result:
        """One command of a supervisor."""
        ask = SupervisorAsk.model_validate_json(message)
        oversight, court = self._role.oversight, self._court
        request = request_of(f"s:{self._supervisor}", ask.id, ask.command)
        match ask.command:
            case SignOut(attendant=attendant):
                await oversight.sign_out(court, request, AttendantId(attendant))
            case Suspend(unit=unit):
                await oversight.suspend(court, request, UnitId(unit), suspending_of(ask.command))
            case ClearFlood(network=network):
                await oversight.clear_flood(court, request, network)
            case ResumeUnit(unit=unit):
                await oversight.resume_unit(court, request, UnitId(unit))
            case ShowLine(unit=unit):
                return Line(places=tuple(_place(ticket) for ticket in await oversight.line(court, UnitId(unit))))
            case Remove(ticket=ticket, reason=why):
                await oversight.remove(court, request, TicketId(ticket), why)
            case SetTier(ticket=ticket, rev=rev, tier=tier, reason=reason):
                return Done(rev=await oversight.set_tier(court, request, TicketId(ticket), Rev(rev), tier, reason))
        return Done()


def _place(ticket: Ticket) -> Place:
    return Place(
        ticket=ticket.id,
        rev=ticket.rev,
        number=ticket.number,
        tier=ticket.tier,
        joined_ms=ticket.joined_ms,
        present=ticket.present and not ticket.fetching,
    )
