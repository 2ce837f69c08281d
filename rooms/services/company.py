"""Others in a call beside the two whose call it is: how they are let in, what they say, how they go."""

from collections.abc import Sequence

from rooms.errors import Code, ForbiddenError
from rooms.ids import AttendantId, CallId, CourtId, EntryId, Fence, GuestId, Millis, ParticipantId, TabId
from rooms.model.call import GuestKind, LogEntry
from rooms.model.guest import SECONDS_ASKED, SECONDS_INVITED, Invitation
from rooms.model.snapshot import OneGuest
from rooms.ports import Log, Request, Saying, Store
from rooms.services.pool import POOL
from rooms.services.reception import name_of
from rooms.services.replay import replayed


class Company:
    """The verbs of guests and of the attendant who invites them; refusals as `rooms.ports.Store` tells them."""

    def __init__(self, store: Store, log: Log) -> None:
        self._store = store
        self._log = log

    async def invite(
        self, court: CourtId, attendant: AttendantId, fence: Fence, call: CallId, code: str, kind: GuestKind
    ) -> Millis:
        """Somebody may come by this code (its hash), once; answers until when.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE, CALL_FULL.
        """
        return await self._store.invite(court, attendant, fence, call, code, kind, SECONDS_INVITED)

    async def dismiss(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        party: ParticipantId,
    ) -> None:
        """That guest has to leave. STALE_FENCE, CALL_UNKNOWN, NOT_MEMBER."""
        await self._store.dismiss(court, request, attendant, fence, call, party)

    async def ask_colleague(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        colleague: AttendantId,
    ) -> Millis:
        """It rings at a colleague's desk; answers until when. Asked again, it rings at the newer one's instead.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE, CALL_FULL, COLLEAGUE_BUSY.
        """
        return await self._store.ask_colleague(court, request, attendant, fence, call, colleague, SECONDS_ASKED)

    async def ask_interpreters(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> Millis:
        """It rings at every free interpreter of the court, the first who comes has the seat; answers until when.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE, CALL_FULL, NO_INTERPRETER.
        """
        return await self._store.ask_interpreters(court, request, attendant, fence, call, POOL, SECONDS_ASKED)

    async def stop_asking(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """Nobody is waited for any more. STALE_FENCE, CALL_UNKNOWN."""
        await self._store.stop_asking(court, request, attendant, fence, call)

    async def come(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> ParticipantId:
        """Into the call to which it rings, from one's own desk. STALE_FENCE, NOT_ASKED, CALL_FULL."""
        return await self._store.come(court, request, attendant, fence, call)

    async def decline(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """Not into that call. STALE_FENCE, NOT_ASKED."""
        await self._store.decline(court, request, attendant, fence, call)

    async def let_in(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> ParticipantId:
        """The interpreter who offers is in the call. STALE_FENCE, CALL_UNKNOWN, NOT_ASKED, CALL_FULL."""
        return await self._store.let_in(court, request, attendant, fence, call)

    async def refuse_offer(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """No interpreter is needed. STALE_FENCE, CALL_UNKNOWN, NOT_ASKED."""
        await self._store.refuse_offer(court, request, attendant, fence, call)

    async def invitation(self, court: CourtId, code: str, guest: GuestId) -> Invitation:
        """What a code would bring this browser into; nothing changes. INVITATION_UNKNOWN."""
        return await self._store.invitation(court, code, guest)

    async def join(self, court: CourtId, code: str, guest: GuestId, name: str) -> ParticipantId:
        """A seat in the call, under this name. NAME_MISSING, INVITATION_UNKNOWN, CALL_FULL."""
        return await self._store.join_call(court, code, guest, name_of(name))

    async def open_page(self, court: CourtId, guest: GuestId, tab: TabId, *, opened: bool) -> OneGuest:
        """A page of the guest is here; `opened` makes it the active one."""
        return await self._store.open_guest(court, guest, tab, opened=opened)

    async def leave(self, court: CourtId, request: Request, guest: GuestId, call: CallId) -> None:
        """The guest leaves; the call goes on. NOT_MEMBER."""
        await self._store.leave_call(court, request, guest, call)

    async def signal(
        self, court: CourtId, request: Request, guest: GuestId, tab: TabId, call: CallId, saying: Saying
    ) -> EntryId:
        """Appended to the call's log. NOT_MEMBER, NOT_ACTIVE_PAGE, WRONG_STATE (ended), CALL_LOG_FULL, STORE_FULL."""
        return await self._store.signal_guest(court, request, guest, tab, call, saying)

    async def replay(
        self, court: CourtId, guest: GuestId, call: CallId, after: EntryId | None
    ) -> tuple[Sequence[LogEntry], bool, ParticipantId]:
        """Of the call's entries behind `after` those for this guest, whether there are more, and their seat.

        Raises:
            ForbiddenError: NOT_MEMBER: they are not in that call any more.

        """
        one = await self._store.guest(court, guest)
        if one.guest is None or one.guest.left is not None or one.guest.call != call:
            raise ForbiddenError(Code.NOT_MEMBER)
        entries, more = await replayed(self._log, court, call, after, one.guest.may_read)
        return entries, more, one.guest.party
