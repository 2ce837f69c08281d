"""What an attendant may say: open the desk, call the next, talk, finish."""

from collections.abc import Sequence

from rooms.clock import random_id
from rooms.errors import Code, ConflictError, ForbiddenError
from rooms.ids import AttendantId, CallId, CourtId, EntryId, Fence, ParticipantId, TabId, TicketId, UnitId
from rooms.model.attendant import CHOSEN_PAUSES, PauseReason, Status
from rooms.model.call import ATTENDANT, CallState, LogEntry, Outcome, OutOfOrder
from rooms.model.quality import Measure
from rooms.model.snapshot import Rung
from rooms.model.ticket import CancelReason
from rooms.model.unit import Order, Policy
from rooms.ports import Log, NewCall, Request, Saying, Store, Suspending
from rooms.services.house import House
from rooms.services.replay import replayed


class Counter:
    """The attendant's verbs, idempotent under their request; refusals as `rooms.ports.Store` tells them."""

    def __init__(self, store: Store, log: Log, house: House) -> None:
        self._store = store
        self._log = log
        self._house = house

    async def open_desk(self, court: CourtId, attendant: AttendantId, tab: TabId) -> Fence:
        """This page holds the desk; commands of the page before it lose by the fence.

        Raises:
            NotFoundError: ATTENDANT_UNKNOWN.
            ForbiddenError: ROLE_MISSING: this member of staff does not attend.
            ConflictError: DESK_ELSEWHERE: another page holds it and is alive; `take_over` is the way.

        """
        return await self._hold(court, attendant, tab, take_over=False)

    async def take_over(self, court: CourtId, attendant: AttendantId, tab: TabId) -> Fence:
        """This page holds the desk, whoever had it."""
        return await self._hold(court, attendant, tab, take_over=True)

    async def choose_units(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, units: Sequence[UnitId]
    ) -> None:
        """Attend these from now on.

        Raises:
            ForbiddenError: NOT_YOUR_UNIT.
            ConflictError: STALE_FENCE.

        """
        if not set(units) <= set(self._house.staff(court, attendant).units):
            raise ForbiddenError(Code.NOT_YOUR_UNIT)
        await self._store.choose_units(court, request, attendant, fence, list(dict.fromkeys(units)))

    async def suspend(
        self, court: CourtId, request: Request, attendant: AttendantId, unit: UnitId, told: Suspending
    ) -> None:
        """A unit of one's own gives out no tickets, and says why; whoever is inside stays. NOT_YOUR_UNIT."""
        await self._store.suspend(court, request, self._own(court, attendant, unit), ATTENDANT, told)

    async def resume_unit(self, court: CourtId, request: Request, attendant: AttendantId, unit: UnitId) -> None:
        """It gives out tickets again. NOT_YOUR_UNIT, WRONG_STATE: it is not suspended."""
        await self._store.resume_unit(court, request, self._own(court, attendant, unit), ATTENDANT)

    async def set_status(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        status: Status,
        pause: PauseReason | None,
    ) -> None:
        """Available, paused with a reason that a person may choose, offline.

        Raises:
            ConflictError: STALE_FENCE; WRONG_STATE: a pause without such a reason, or a reason without a pause.

        """
        if (pause in CHOSEN_PAUSES) is not (status is Status.PAUSED) or (pause is None) is (status is Status.PAUSED):
            raise ConflictError(Code.WRONG_STATE)
        await self._store.set_status(court, request, attendant, fence, status, pause)

    async def call_next(self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence) -> Rung:
        """The lawfully next person rings. STALE_FENCE, NOT_AVAILABLE, WRONG_STATE, NOBODY_WAITING."""
        return await self._store.call_next(court, request, attendant, fence, self._new_call(court, attendant))

    async def call_out_of_order(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        ticket: TicketId,
        reason: OutOfOrder,
    ) -> Rung:
        """That person rings although it is not their turn.

        Raises:
            ForbiddenError: NO_PERMISSION: the directory does not let this attendant; NOT_YOUR_UNIT.
            ConflictError: STALE_FENCE, NOT_AVAILABLE, WRONG_STATE, NOT_WAITING.
            NotFoundError: TICKET_UNKNOWN.

        """
        if not self._house.staff(court, attendant).may_call_out_of_order:
            raise ForbiddenError(Code.NO_PERMISSION)
        new = self._new_call(court, attendant)
        return await self._store.call_out_of_order(court, request, attendant, fence, new, ticket, reason)

    async def cancel_call(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        reason: CancelReason,
    ) -> None:
        """The ring is taken back: the person is first of their tier, the attendant paused; the reason is counted.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE.
        """
        await self._store.cancel_call(court, request, attendant, fence, call, reason)

    async def hang_up(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """The call is over for both; one that they help in, for them. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        await self._store.hang_up_attendant(court, request, attendant, fence, call)

    async def finish(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, outcome: Outcome
    ) -> None:
        """What the visit came to; ready for the next. STALE_FENCE, WRONG_STATE (not in wrap-up), CALL_UNKNOWN."""
        await self._store.finish(court, request, attendant, fence, call, outcome)

    async def extend_wrap_up(self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence) -> None:
        """Wrap-up lasts up to five minutes in all, once. STALE_FENCE, WRONG_STATE, NO_MORE_TIME."""
        await self._store.extend_wrap_up(court, request, attendant, fence)

    async def leg(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, *, alive: bool
    ) -> None:
        """The page says whether it hears the visitor. NOT_MEMBER, STALE_FENCE, WRONG_STATE."""
        await self._store.leg_attendant(court, request, attendant, fence, call, alive=alive)

    async def measured(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, measure: Measure
    ) -> None:
        """How the call goes for the attendant, told after its end. NOT_MEMBER, STALE_FENCE, WRONG_STATE."""
        await self._store.measured_attendant(court, request, attendant, fence, call, measure)

    async def signal(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        saying: Saying,
    ) -> EntryId:
        """Appended to the call's log for the others.

        NOT_MEMBER, STALE_FENCE, WRONG_STATE (ended), CALL_LOG_FULL, STORE_FULL.
        """
        return await self._store.signal_attendant(court, request, attendant, fence, call, saying)

    async def replay(
        self, court: CourtId, attendant: AttendantId, call: CallId, after: EntryId | None
    ) -> tuple[Sequence[LogEntry], bool, ParticipantId | None]:
        """The call's entries for them behind `after`, whether there are more, and their seat while the call lives.

        Raises:
            ForbiddenError: NOT_MEMBER: it is not the call at this attendant's desk, nor one that they help in.

        """
        desk = await self._store.desk(court, attendant)
        if (helping := desk.helping) is not None and helping.call.id == call:
            entries, more = await replayed(self._log, court, call, after, helping.guest.may_read)
            return entries, more, helping.guest.party
        if desk.call is None or desk.call.id != call:
            raise ForbiddenError(Code.NOT_MEMBER)
        entries, more = await replayed(self._log, court, call, after, lambda entry: entry.concerns(ATTENDANT))
        return entries, more, ATTENDANT if desk.call.state is not CallState.ENDED else None

    async def _hold(self, court: CourtId, attendant: AttendantId, tab: TabId, *, take_over: bool) -> Fence:
        staff = self._house.staff(court, attendant)
        if not staff.attends:
            raise ForbiddenError(Code.ROLE_MISSING)
        # A desk serves several units; how long it may be silent is the first one's rule.
        policy = self._house.unit(court, staff.units[0]).policy if staff.units else Policy()
        return await self._store.open_desk(court, staff, tab, policy, take_over=take_over)

    def _own(self, court: CourtId, attendant: AttendantId, unit: UnitId) -> UnitId:
        if unit not in self._house.staff(court, attendant).units:
            raise ForbiddenError(Code.NOT_YOUR_UNIT)
        return unit

    def _new_call(self, court: CourtId, attendant: AttendantId) -> NewCall:
        units = [self._house.unit(court, unit) for unit in self._house.staff(court, attendant).units]
        return NewCall(
            CallId(random_id()),
            names={unit.id: unit.name for unit in units},
            orders={unit.id: unit.policy for unit in units if unit.policy.order is not Order.STRICT},
        )
