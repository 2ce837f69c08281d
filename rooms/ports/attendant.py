"""The attendant's verbs."""

from collections.abc import Sequence
from typing import Protocol

from rooms.ids import AttendantId, CallId, CourtId, EntryId, Fence, Millis, Rev, TabId, TicketId, UnitId
from rooms.model.attendant import PauseReason, Staff, Status
from rooms.model.call import Outcome, OutOfOrder
from rooms.model.quality import Measure
from rooms.model.snapshot import Rung
from rooms.model.ticket import CancelReason, FetchReason, RemoveReason, Tier, TierReason
from rooms.model.unit import Policy
from rooms.ports.asked import Destination, NewCall, Request, Saying


class AttendantVerbs(Protocol):
    """What an attendant may do, on the page whose fence holds the desk."""

    async def open_desk(self, court: CourtId, staff: Staff, tab: TabId, policy: Policy, *, take_over: bool) -> Fence:
        """This page holds the desk. DESK_ELSEWHERE while another page's lease lives and `take_over` is False."""
        ...

    async def choose_units(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, units: Sequence[UnitId]
    ) -> None:
        """Attend these from now on. STALE_FENCE."""
        ...

    async def set_status(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        status: Status,
        pause: PauseReason | None,
    ) -> None:
        """Available, paused with a reason, offline; a running call is not touched. STALE_FENCE."""
        ...

    async def call_next(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        new: NewCall,
    ) -> Rung:
        """Ring the lawfully next among the chosen units.

        STALE_FENCE, NOT_AVAILABLE, WRONG_STATE, NOBODY_WAITING.
        """
        ...

    async def call_out_of_order(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        new: NewCall,
        ticket: TicketId,
        reason: OutOfOrder,
    ) -> Rung:
        """Ring this person, whose turn it is not; counted in the unit's day. Otherwise as `call_next`.

        STALE_FENCE, NOT_AVAILABLE, WRONG_STATE, TICKET_UNKNOWN, NOT_WAITING (called meanwhile, gone, away),
        NOT_YOUR_UNIT (not among the chosen).
        """
        ...

    async def cancel_call(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        reason: CancelReason,
    ) -> None:
        """While it rings: the person becomes first of their tier, the attendant is paused (CANCELLED); it is counted.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE.
        """
        ...

    async def finish(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, outcome: Outcome
    ) -> None:
        """The outcome; out of wrap-up and ready again.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE (the call has not ended, or wrap-up was over).
        """
        ...

    async def extend_wrap_up(self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence) -> None:
        """Up to five minutes in all, once. STALE_FENCE, WRONG_STATE, NO_MORE_TIME."""
        ...

    async def hang_up_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """The same by the attendant. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        ...

    async def signal_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, saying: Saying
    ) -> EntryId:
        """The same by the attendant. NOT_MEMBER, STALE_FENCE, WRONG_STATE (ended), CALL_LOG_FULL, STORE_FULL."""
        ...

    async def leg_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, *, alive: bool
    ) -> None:
        """The page says whether it hears the visitor. NOT_MEMBER, STALE_FENCE, WRONG_STATE (not begun, over)."""
        ...

    async def measured_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, measure: Measure
    ) -> None:
        """How the call has gone so far on the desk's page. NOT_MEMBER, STALE_FENCE, WRONG_STATE (not begun, told)."""
        ...

    # with the person at the desk
    async def release(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """Do not wait for a visitor who is gone: first of their tier, notes kept; the desk is idle.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE (it is not the visitor who is gone).
        """
        ...

    async def note(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, text: str
    ) -> None:
        """Keep this with the live ticket, for whoever has the person next. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        ...

    async def send_back(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, reason: FetchReason
    ) -> None:
        """To fetch something: waiting with the same key, not nominated until ready; the desk is idle.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE (not in the call).
        """
        ...

    async def hold(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> Millis:
        """Do not talk for a while; answers until when at most. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        ...

    async def unhold(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """Talk again. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        ...

    async def transfer(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        to: Destination,
        policy: Policy,
    ) -> str:
        """Wait in another unit, with the sequence, the tier, what was said and the note; answers the new number.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE (not in the call, or the same unit), TOO_MANY_TRANSFERS (hops),
        UNIT_SUSPENDED, UNIT_FULL (waiting), UNIT_UNATTENDED.
        """
        ...

    async def remove_attendant(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        ticket: TicketId,
        reason: RemoveReason,
    ) -> None:
        """Take the person one has off the line; a call is over. TICKET_UNKNOWN (or over), STALE_FENCE, NOT_YOURS."""
        ...

    async def set_tier_attendant(
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
        """Correct the tier of the person one has; the sequence stays.

        TICKET_UNKNOWN (or over), STALE_FENCE, NOT_YOURS, STALE_REV.
        """
        ...
