"""What a supervisor may say."""

from rooms.ids import AttendantId, CourtId, ParticipantId, UnitId
from rooms.ports import Request, Store, Suspending
from rooms.services.house import House

SUPERVISOR = ParticipantId("supervisor")


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
