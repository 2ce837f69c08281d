"""The verbs of whoever is in a call that is not theirs, and of the attendant who lets them in."""

from typing import Protocol

from rooms.ids import AttendantId, CallId, CourtId, EntryId, Fence, GuestId, Millis, ParticipantId, TabId, UnitId
from rooms.model.call import GuestKind
from rooms.model.guest import Invitation
from rooms.model.snapshot import OneGuest
from rooms.ports.asked import Request, Saying


class GuestVerbs(Protocol):
    """What a guest may do, known by the browser that holds the seat."""

    async def invite(
        self, court: CourtId, attendant: AttendantId, fence: Fence, call: CallId, code: str, kind: GuestKind, ttl_s: int
    ) -> Millis:
        """Let somebody in by this code (its hash), once, for so long; answers until when. The code before is worthless.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE (the call has not begun, or is over), CALL_FULL.
        """
        ...

    async def dismiss(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        party: ParticipantId,
    ) -> None:
        """That guest has to leave. STALE_FENCE, CALL_UNKNOWN, NOT_MEMBER (nobody sits there)."""
        ...

    async def ask_colleague(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        colleague: AttendantId,
        ttl_s: int,
    ) -> Millis:
        """It rings at a colleague's desk for so long, instead of where it rang for this call; answers until when.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE (the call has not begun), CALL_FULL, COLLEAGUE_BUSY (not at the
        counter of the call's unit, with somebody else, or it rings there for another call).
        """
        ...

    async def ask_interpreters(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        pool: UnitId,
        ttl_s: int,
    ) -> Millis:
        """It rings at whoever is free in this pool, for so long, instead of where it rang for this call; until when.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE (the call has not begun), CALL_FULL, NO_INTERPRETER (is available).
        """
        ...

    async def stop_asking(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """It rings nowhere any more for this call. STALE_FENCE, CALL_UNKNOWN."""
        ...

    async def come(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> ParticipantId:
        """Whoever was asked into the call takes a seat in it, at their own desk; it rings at nobody else's any more.

        STALE_FENCE, NOT_ASKED (any more), CALL_FULL.
        """
        ...

    async def decline(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """Whoever was asked into the call does not come. STALE_FENCE, NOT_ASKED (any more)."""
        ...

    async def offer(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, unit: UnitId, ttl_s: int
    ) -> Millis:
        """It rings at the unit's desks that talk without an interpreter, for so long; answers until when.

        STALE_FENCE, WRONG_STATE (not free to come), NO_CALL_THERE.
        """
        ...

    async def stop_offering(self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence) -> None:
        """It rings nowhere any more. STALE_FENCE."""
        ...

    async def let_in(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> ParticipantId:
        """The interpreter who offered takes a seat in the call at this desk; it rings at no other's any more.

        STALE_FENCE, CALL_UNKNOWN, NOT_ASKED (nobody offers any more), CALL_FULL.
        """
        ...

    async def refuse_offer(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """No interpreter is needed at this desk. STALE_FENCE, CALL_UNKNOWN, NOT_ASKED (nobody offers any more)."""
        ...

    async def invitation(self, court: CourtId, code: str, guest: GuestId) -> Invitation:
        """What that code (its hash) would bring this browser into. INVITATION_UNKNOWN: unknown, over, or used."""
        ...

    async def join_call(self, court: CourtId, code: str, guest: GuestId, name: str) -> ParticipantId:
        """Take a seat; whoever did not hear the answer may ask again. INVITATION_UNKNOWN, CALL_FULL."""
        ...

    async def open_guest(self, court: CourtId, guest: GuestId, tab: TabId, *, opened: bool) -> OneGuest:
        """A page of the guest is here: its lease renewed; with `opened` it becomes the active page.

        Whoever was silent for too long has a seat again, while the call goes on and one is free.
        """
        ...

    async def guest(self, court: CourtId, guest: GuestId) -> OneGuest:
        """One guest with the call they are in."""
        ...

    async def leave_call(self, court: CourtId, request: Request, guest: GuestId, call: CallId) -> None:
        """Leave; the call goes on. NOT_MEMBER."""
        ...

    async def signal_guest(
        self, court: CourtId, request: Request, guest: GuestId, tab: TabId, call: CallId, saying: Saying
    ) -> EntryId:
        """Append to the call's log. NOT_MEMBER, NOT_ACTIVE_PAGE, WRONG_STATE (ended), CALL_LOG_FULL, STORE_FULL."""
        ...
