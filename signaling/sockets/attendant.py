"""`/attendant`: one desk, on the page that holds it."""

from rooms.errors import Code, ConflictError, NotFoundError
from rooms.ids import AttendantId, CallId, EntryId, Fence, ParticipantId, Rev, TabId, TicketId, UnitId
from rooms.model.call import GuestKind
from rooms.ports import Request, Saying, Store
from rooms.services.company import Company
from rooms.services.counter import Counter
from rooms.services.person import PersonAtDesk
from signaling.auth.capability import LIFE_S, Cookie, key_of, new_secret
from signaling.auth.handover import drawing_of
from signaling.protocol.at_desk import AtDesk, Hold, Note, Release, Remove, SendBack, SetTier, Transfer, Unhold
from signaling.protocol.base import Namespace
from signaling.protocol.commands import (
    AttendantAsk,
    CallNext,
    CallOutOfOrder,
    CancelCall,
    ChooseUnits,
    Done,
    ExtendWrapUp,
    Finish,
    Forwarded,
    HangUp,
    Leg,
    Replay,
    Replayed,
    Result,
    ResumeUnit,
    Ringing,
    SetStatus,
    Signal,
    Suspend,
    TakeOver,
    WireCode,
)
from signaling.protocol.guests import (
    AskColleague,
    AskInterpreters,
    Come,
    Decline,
    Dismiss,
    Invite,
    Invited,
    LetIn,
    OfGuests,
    RefuseOffer,
    StopAsking,
)
from signaling.protocol.quality import Measured
from signaling.protocol.signals import Ice, Party, entry_of
from signaling.sockets.page import ConnectedPage
from signaling.sockets.seat import Crowd, Handshake, RefusedError, measure_of, request_of, suspending_of
from signaling.turn import NOTHING, Turn

InCall = CancelCall | Leg | Measured | HangUp | Finish


class Attendants:
    """Whoever is signed in as an attendant is admitted, also where the desk is open on another page."""

    namespace = Namespace.ATTENDANT

    def __init__(
        self, counter: Counter, person: PersonAtDesk, company: Company, store: Store, crowd: Crowd, turn: Turn
    ) -> None:
        self.counter = counter
        self.person = person
        self.company = company
        self.store = store
        self.crowd = crowd
        self.turn = turn

    async def admit(self, handshake: Handshake, page: ConnectedPage) -> "AttendantSeat":
        """A seat; it holds the desk, unless another live page does.

        Raises:
            RefusedError: NO_SESSION.
            ForbiddenError: ROLE_MISSING: signed in, but does not attend any more.

        """
        key = key_of(handshake.cookies.get(Cookie.ATTENDANT))
        court = handshake.court
        session = None if key is None else await self.store.session(court, key, LIFE_S[Cookie.ATTENDANT])
        if key is None or session is None or session.role != "attendant":
            raise RefusedError(WireCode.NO_SESSION)
        seat = AttendantSeat(self, handshake, session.attendant, key, page)
        try:
            seat.fence = await self.counter.open_desk(court, session.attendant, seat.tab)
        except ConflictError as refused:
            if refused.code is not Code.DESK_ELSEWHERE:
                raise
        except NotFoundError:
            # removed from the directory while signed in
            raise RefusedError(WireCode.NO_SESSION) from None
        return seat


class AttendantSeat:
    """One page of an attendant; `fence` None: the desk is on another page, and only `take_over` is possible."""

    def __init__(
        self, role: Attendants, handshake: Handshake, attendant: AttendantId, session: str, page: ConnectedPage
    ) -> None:
        self.capability = session
        self.tab = TabId(handshake.hello.tab)
        self.fence: Fence | None = None
        self._role = role
        self._court = handshake.court
        self._site = handshake.site
        self._attendant = attendant
        self._page = page

    def come(self) -> None:
        """Views and signals come from here on."""
        self._role.crowd.desk_came(self._court, self._page, self._attendant, self.capability, self.fence)

    def go(self) -> None:
        """The desk stays; its lease runs out."""
        self._role.crowd.went(self._page)

    async def answer(self, message: bytes) -> Result:
        """One command of an attendant."""
        ask = AttendantAsk.model_validate_json(message)
        if isinstance(ask.command, TakeOver):
            self.fence = await self._role.counter.take_over(self._court, self._attendant, self.tab)
            self._role.crowd.holds_desk(self._page, self.fence)
            return Done()
        if self.fence is None:
            raise ConflictError(Code.DESK_ELSEWHERE)
        if isinstance(ask.command, Signal | Replay):
            return await self._talk(ask.id, ask.command, self.fence)
        result = await self._act(ask, self.fence)
        self._role.crowd.refresh(self._page)
        return result

    async def _act(self, ask: AttendantAsk, fence: Fence) -> Result:
        counter, court, attendant = self._role.counter, self._court, self._attendant
        request = request_of(f"a:{attendant}", ask.id, ask.command)
        if isinstance(ask.command, CallNext | CallOutOfOrder):
            return await self._ring(request, ask.command, fence)
        if isinstance(ask.command, InCall):
            return await self._in_call(request, ask.command, fence)
        if isinstance(ask.command, OfGuests):
            return await self._others(request, ask.command, fence)
        if isinstance(ask.command, AtDesk):
            return await self._with_person(request, ask.command, fence)
        match ask.command:
            case ChooseUnits(units=units):
                await counter.choose_units(court, request, attendant, fence, [UnitId(unit) for unit in units])
            case SetStatus(status=status, pause=pause):
                await counter.set_status(court, request, attendant, fence, status, pause)
            case Suspend(unit=unit):
                await counter.suspend(court, request, attendant, UnitId(unit), suspending_of(ask.command))
            case ResumeUnit(unit=unit):
                await counter.resume_unit(court, request, attendant, UnitId(unit))
            case ExtendWrapUp():
                await counter.extend_wrap_up(court, request, attendant, fence)
        return Done()

    async def _ring(self, request: Request, command: CallNext | CallOutOfOrder, fence: Fence) -> Ringing:
        counter, court, attendant = self._role.counter, self._court, self._attendant
        if isinstance(command, CallNext):
            rung = await counter.call_next(court, request, attendant, fence)
        else:
            ticket = TicketId(command.ticket)
            rung = await counter.call_out_of_order(court, request, attendant, fence, ticket, command.reason)
        return Ringing(call=rung.call, ticket=rung.ticket, ice=self._ice(rung.call))

    async def _in_call(self, request: Request, command: InCall, fence: Fence) -> Done:
        counter, court, attendant, call = self._role.counter, self._court, self._attendant, CallId(command.call)
        match command:
            case CancelCall(reason=reason):
                await counter.cancel_call(court, request, attendant, fence, call, reason)
            case Leg(alive=alive):
                await counter.leg(court, request, attendant, fence, call, alive=alive)
            case Measured(measure=measure):
                await counter.measured(court, request, attendant, fence, call, measure_of(measure))
            case HangUp():
                await counter.hang_up(court, request, attendant, fence, call)
            case Finish(outcome=outcome):
                await counter.finish(court, request, attendant, fence, call, outcome)
        return Done()

    async def _others(self, request: Request, command: OfGuests, fence: Fence) -> Result:
        company, court, attendant, call = self._role.company, self._court, self._attendant, CallId(command.call)
        match command:
            case Invite(kind=kind):
                return await self._invite(call, GuestKind(kind), fence)
            case AskColleague(colleague=colleague):
                await company.ask_colleague(court, request, attendant, fence, call, AttendantId(colleague))
            case AskInterpreters():
                await company.ask_interpreters(court, request, attendant, fence, call)
            case LetIn():
                await company.let_in(court, request, attendant, fence, call)
            case RefuseOffer():
                await company.refuse_offer(court, request, attendant, fence, call)
            case StopAsking():
                await company.stop_asking(court, request, attendant, fence, call)
            case Come():
                await company.come(court, request, attendant, fence, call)
            case Decline():
                await company.decline(court, request, attendant, fence, call)
            case Dismiss(party=party):
                await company.dismiss(court, request, attendant, fence, call, ParticipantId(party))
        return Done()

    async def _invite(self, call: CallId, kind: GuestKind, fence: Fence) -> Invited:
        company, court, attendant = self._role.company, self._court, self._attendant
        secret = new_secret()
        until_ms = await company.invite(court, attendant, fence, call, str(key_of(secret)), kind)
        link = f"{self._site}/acompanhar/{secret}"
        return Invited(link=link, qr=drawing_of(link), until_ms=until_ms)

    async def _with_person(self, request: Request, command: AtDesk, fence: Fence) -> Result:
        person, court, attendant = self._role.person, self._court, self._attendant
        match command:
            case Note(call=call, text=text):
                await person.note(court, request, attendant, fence, CallId(call), text)
            case Hold(call=call):
                await person.hold(court, request, attendant, fence, CallId(call))
            case Unhold(call=call):
                await person.unhold(court, request, attendant, fence, CallId(call))
            case Release(call=call):
                await person.release(court, request, attendant, fence, CallId(call))
            case SendBack(call=call, reason=back):
                await person.send_back(court, request, attendant, fence, CallId(call), back)
            case Transfer(call=call, unit=unit):
                number = await person.transfer(court, request, attendant, fence, CallId(call), UnitId(unit))
                return Forwarded(number=number)
            case Remove(ticket=ticket, reason=why):
                await person.remove(court, request, attendant, fence, TicketId(ticket), why)
            case SetTier(ticket=ticket, rev=rev, tier=tier, reason=reason):
                at = await person.set_tier(court, request, attendant, fence, TicketId(ticket), Rev(rev), tier, reason)
                return Done(rev=at)
        return Done()

    async def _talk(self, request: str, command: Signal | Replay, fence: Fence) -> Result:
        counter, court, attendant = self._role.counter, self._court, self._attendant
        if isinstance(command, Signal):
            to = None if command.to is None else ParticipantId(command.to)
            saying = Saying(to, command.body.type, command.body.model_dump_json())
            await counter.signal(
                court, request_of(f"a:{attendant}", request, command), attendant, fence, CallId(command.call), saying
            )
            return Done()
        after = None if command.after is None else EntryId(command.after)
        entries, more, seat = await counter.replay(court, attendant, CallId(command.call), after)
        ice = NOTHING if seat is None else self._role.turn.ice(command.call, Party(seat))
        return Replayed(entries=tuple(map(entry_of, entries)), more=more, ice=ice)

    def _ice(self, call: str) -> Ice:
        return self._role.turn.ice(call, Party.ATTENDANT)
