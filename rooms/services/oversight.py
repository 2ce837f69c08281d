"""What a supervisor may say."""

from collections.abc import Sequence

from rooms.ids import AttendantId, CourtId, ParticipantId, Rev, TicketId, UnitId
from rooms.model.ticket import RemoveReason, Ticket, TicketState, Tier, TierReason
from rooms.ports import Request, Store, Suspending
from rooms.services.house import House

SUPERVISOR = ParticipantId("supervisor")
SHOWN_AT_ONCE = 50
"""Places of a line in one answer."""


class Oversight:
    """The supervisor's verbs."""

    def __init__(self, store: Store, house: House) -> None:
        self._store = store
        self._house = house

    async def suspend(self, court: CourtId, request: Request, unit: UnitId, told: Suspending) -> None:
        """The unit gives out no tickets for a while, and says why; whoever is inside stays.

        Raises:
            NotFoundError: UNIT_UNKNOWN.

        """
        await self._store.suspend(court, request, self._house.unit(court, unit).id, SUPERVISOR, told)

    async def resume_unit(self, court: CourtId, request: Request, unit: UnitId) -> None:
        """It gives out tickets again. UNIT_UNKNOWN, WRONG_STATE: it is not suspended."""
        await self._store.resume_unit(court, request, self._house.unit(court, unit).id, SUPERVISOR)

    async def clear_flood(self, court: CourtId, request: Request, network: str) -> None:
        """A network that was limited, known by its keyed hash, may ask again."""
        await self._store.clear_flood(court, request, network)

    async def sign_out(self, court: CourtId, request: Request, attendant: AttendantId) -> None:
        """A stuck attendant is offline: sessions and desk ended, a called person first of their tier, a call ended.

        Raises:
            NotFoundError: ATTENDANT_UNKNOWN.
            ConflictError: REQUEST_REUSED.

        """
        self._house.staff(court, attendant)
        await self._store.sign_out(court, request, attendant)

    async def line(self, court: CourtId, unit: UnitId) -> Sequence[Ticket]:
        """The unit's line in the lawful order, the away among them, the first fifty.

        Raises:
            NotFoundError: UNIT_UNKNOWN.

        """
        self._house.unit(court, unit)
        days = self._house.days(court, [unit], await self._store.now(court))
        line = (await self._store.units(court, [unit], days)).units[0].line[:SHOWN_AT_ONCE]
        found = [(await self._store.ticket(court, waiting.ticket)).ticket for waiting in line]
        return [ticket for ticket in found if ticket is not None and ticket.state is TicketState.WAITING]

    async def remove(self, court: CourtId, request: Request, ticket: TicketId, reason: RemoveReason) -> None:
        """Somebody who waits is off the line. TICKET_UNKNOWN, WRONG_STATE (called meanwhile)."""
        await self._store.remove_supervisor(court, request, ticket, reason)

    async def set_tier(
        self, court: CourtId, request: Request, ticket: TicketId, rev: Rev, tier: Tier, reason: TierReason
    ) -> Rev:
        """Another tier, the same sequence. TICKET_UNKNOWN, STALE_REV."""
        return await self._store.set_tier_supervisor(court, request, ticket, rev, tier, reason)
