"""What an attendant may do with the person they have, beside talking: hold, send back, transfer, correct, remove."""

from rooms.clock import at_utc, random_code, random_id
from rooms.errors import ClosedError, Code
from rooms.ids import AttendantId, CallId, CourtId, Fence, Millis, Rev, TicketId, UnitId
from rooms.model.hours import Closed, local_day, status_at
from rooms.model.ticket import FetchReason, RemoveReason, Tier, TierReason
from rooms.ports import Destination, Request, Store
from rooms.services.house import House


class PersonAtDesk:
    """The verbs about the person at a desk, idempotent under their request; refusals as `rooms.ports` tells them."""

    def __init__(self, store: Store, house: House) -> None:
        self._store = store
        self._house = house

    async def note(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, text: str
    ) -> None:
        """Kept with the live ticket, for whoever has the person next. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        await self._store.note(court, request, attendant, fence, call, text.strip())

    async def hold(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> Millis:
        """Nobody talks, until the answered instant at most. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        return await self._store.hold(court, request, attendant, fence, call)

    async def unhold(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """They talk again. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        await self._store.unhold(court, request, attendant, fence, call)

    async def release(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """A visitor who is gone is first of their tier for whoever calls next.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE.
        """
        await self._store.release(court, request, attendant, fence, call)

    async def send_back(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, reason: FetchReason
    ) -> None:
        """In line with the same key, not called until they are ready. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        await self._store.send_back(court, request, attendant, fence, call, reason)

    async def transfer(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, unit: UnitId
    ) -> str:
        """In line at another unit as they arrived at this one; answers the new number.

        Raises:
            NotFoundError: UNIT_UNKNOWN, CALL_UNKNOWN.
            ClosedError: UNIT_CLOSED, UNIT_FULL, UNIT_UNATTENDED, TOO_MANY_TRANSFERS: nothing was left.
            ConflictError: STALE_FENCE, WRONG_STATE.

        """
        target = self._house.unit(court, unit)
        now = at_utc(await self._store.now(court))
        if isinstance(status_at(target.hours, now), Closed):
            raise ClosedError(Code.UNIT_CLOSED)
        day = local_day(target.hours, now)
        to = Destination(TicketId(random_id()), unit, target.letters, day, random_code())
        return await self._store.transfer(court, request, attendant, fence, call, to, target.policy)

    async def remove(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        ticket: TicketId,
        reason: RemoveReason,
    ) -> None:
        """Off the line; a call is over. TICKET_UNKNOWN, STALE_FENCE, NOT_YOURS."""
        await self._store.remove_attendant(court, request, attendant, fence, ticket, reason)

    async def set_tier(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        ticket: TicketId,
        rev: Rev,
        tier: Tier,
        reason: TierReason,
    ) -> Rev:
        """Another tier, the same sequence. TICKET_UNKNOWN, STALE_FENCE, NOT_YOURS, STALE_REV."""
        return await self._store.set_tier_attendant(court, request, attendant, fence, ticket, rev, tier, reason)
