"""What a supervisor may say."""

from rooms.ids import AttendantId, CourtId
from rooms.ports import Request, Store
from rooms.services.house import House


class Oversight:
    """The supervisor's verbs."""

    def __init__(self, store: Store, house: House) -> None:
        self._store = store
        self._house = house

    async def sign_out(self, court: CourtId, request: Request, attendant: AttendantId) -> None:
        """A stuck attendant is offline: sessions and desk ended, a called person first of their tier, a call ended.

        Raises:
            NotFoundError: ATTENDANT_UNKNOWN.
            ConflictError: REQUEST_REUSED.

        """
        self._house.staff(court, attendant)
        await self._store.sign_out(court, request, attendant)
