"""What guests of a call do, one method, one script."""

from rooms.ids import AttendantId, CallId, CourtId, EntryId, Fence, GuestId, Millis, ParticipantId, TabId, UnitId
from rooms.model.call import GuestKind
from rooms.model.guest import Invitation
from rooms.model.snapshot import OneGuest
from rooms.ports import GuestVerbs, Request, Saying
from rooms.redis.answers import Verbs, once, one_guest, said

_GUEST = "guest"


class RedisGuestVerbs(Verbs, GuestVerbs):
    """`rooms.ports.GuestVerbs`."""

    async def invite(
        self, court: CourtId, attendant: AttendantId, fence: Fence, call: CallId, code: str, kind: GuestKind, ttl_s: int
    ) -> Millis:
        answer = await self._scripts.run(
            "invite", court, attendant=attendant, fence=fence, call=call, code=code, kind=kind, ttl_s=ttl_s
        )
        return Millis(answer.number("until_ms"))

    async def dismiss(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        party: ParticipantId,
    ) -> None:
        await self._scripts.run(
            "dismiss", court, **once(request), attendant=attendant, fence=fence, call=call, party=party
        )

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
        answer = await self._scripts.run(
            "ask_colleague",
            court,
            **once(request),
            attendant=attendant,
            fence=fence,
            call=call,
            colleague=colleague,
            ttl_s=ttl_s,
        )
        return Millis(answer.number("until_ms"))

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
        answer = await self._scripts.run(
            "ask_interpreters",
            court,
            **once(request),
            attendant=attendant,
            fence=fence,
            call=call,
            pool=pool,
            ttl_s=ttl_s,
        )
        return Millis(answer.number("until_ms"))

    async def stop_asking(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        await self._scripts.run("stop_asking", court, **once(request), attendant=attendant, fence=fence, call=call)

    async def come(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> ParticipantId:
        answer = await self._scripts.run("come", court, **once(request), attendant=attendant, fence=fence, call=call)
        return ParticipantId(answer.text("party"))

    async def decline(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        await self._scripts.run("decline", court, **once(request), attendant=attendant, fence=fence, call=call)

    async def offer(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, unit: UnitId, ttl_s: int
    ) -> Millis:
        answer = await self._scripts.run(
            "offer", court, **once(request), attendant=attendant, fence=fence, unit=unit, ttl_s=ttl_s
        )
        return Millis(answer.number("until_ms"))

    async def stop_offering(self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence) -> None:
        await self._scripts.run("stop_offering", court, **once(request), attendant=attendant, fence=fence)

    async def let_in(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> ParticipantId:
        answer = await self._scripts.run("let_in", court, **once(request), attendant=attendant, fence=fence, call=call)
        return ParticipantId(answer.text("party"))

    async def refuse_offer(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        await self._scripts.run("refuse_offer", court, **once(request), attendant=attendant, fence=fence, call=call)

    async def invitation(self, court: CourtId, code: str, guest: GuestId) -> Invitation:
        answer = await self._scripts.run("invitation", court, code=code, guest=guest)
        return Invitation(
            CallId(answer.text("call")),
            UnitId(answer.text("unit")),
            AttendantId(answer.text("attendant")),
            GuestKind(answer.text("kind")),
            Millis(answer.number("until_ms")),
        )

    async def join_call(self, court: CourtId, code: str, guest: GuestId, name: str) -> ParticipantId:
        answer = await self._scripts.run("join_call", court, code=code, guest=guest, name=name)
        return ParticipantId(answer.text("party"))

    async def open_guest(self, court: CourtId, guest: GuestId, tab: TabId, *, opened: bool) -> OneGuest:
        answer = await self._scripts.run("open_guest", court, guest=guest, tab=tab, opened=int(opened))
        return one_guest(guest, answer)

    async def guest(self, court: CourtId, guest: GuestId) -> OneGuest:
        return one_guest(guest, await self._scripts.run("guest", court, guest=guest))

    async def leave_call(self, court: CourtId, request: Request, guest: GuestId, call: CallId) -> None:
        await self._scripts.run("leave_call", court, **once(request), guest=guest, call=call)

    async def signal_guest(
        self, court: CourtId, request: Request, guest: GuestId, tab: TabId, call: CallId, saying: Saying
    ) -> EntryId:
        answer = await self._scripts.run(
            "signal", court, **once(request), side=_GUEST, member=guest, page=tab, call=call, **said(saying)
        )
        return EntryId(answer.text("entry"))
