"""`/attendant`: one desk, on the page that holds it."""

from rooms.ids import AttendantId, CallId, Fence, ParticipantId, Rev, TicketId, UnitId
from rooms.model.call import GuestKind
from rooms.ports import Request, Store
from rooms.services.company import Company
from rooms.services.counter import Counter
from rooms.services.person import PersonAtDesk
from signaling.auth.capability import key_of, new_secret
from signaling.auth.handover import drawing_of
from signaling.auth.staff import SignedIn
from signaling.protocol.at_desk import AtDesk, Hold, Note, Release, Remove, SendBack, SetTier, Transfer, Unhold
from signaling.protocol.base import Namespace
from signaling.protocol.commands import (
    AttendantAsk,
    AttendantCommand,
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
    Result,
    ResumeUnit,
    Ringing,
    SetStatus,
    Suspend,
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
from signaling.protocol.signals import Ice, Party
from signaling.sockets.desk import DeskRole, DeskSeat
from signaling.sockets.page import ConnectedPage
from signaling.sockets.seat import Crowd, Handshake, measure_of, staff_at, suspending_of
from signaling.turn import Turn

InCall = CancelCall | Leg | Measured | HangUp | Finish


class Attendants(DeskRole):
    """Whoever is signed in as an attendant is admitted, also where the desk is open on another page."""

    namespace = Namespace.ATTENDANT

    def __init__(
        self, counter: Counter, person: PersonAtDesk, company: Company, store: Store, crowd: Crowd, turn: Turn
    ) -> None:
        super().__init__(counter, company, store, crowd, turn)
        self.person = person

    async def admit(self, handshake: Handshake, page: ConnectedPage) -> "AttendantSeat":
        """A seat; it holds the desk, unless another live page does.

        Raises:
            RefusedError: NO_SESSION.
            ForbiddenError: ROLE_MISSING: signed in, but does not attend any more.

        """
        whose = await staff_at(self.store, handshake, "attendant")
        seat = AttendantSeat(self, handshake, whose, page)
        await seat.open()
        return seat


class AttendantSeat(DeskSeat[AttendantCommand]):
    """One page of an attendant."""

    def __init__(self, role: Attendants, handshake: Handshake, whose: SignedIn, page: ConnectedPage) -> None:
        super().__init__(role, role.counter, handshake, whose, page)
        self._role = role

    async def answer(self, message: str) -> Result:
        """One command of an attendant."""
        ask = AttendantAsk.model_validate_json(message)
        return await self._answer(ask.id, ask.command)

    async def _act(self, request: Request, command: AttendantCommand, fence: Fence) -> Result:
        counter, court, attendant = self._role.counter, self._court, self._who
        if isinstance(command, CallNext | CallOutOfOrder):
            return await self._ring(request, command, fence)
        if isinstance(command, InCall):
            return await self._in_call(request, command, fence)
        if isinstance(command, OfGuests):
            return await self._others(request, command, fence)
        if isinstance(command, AtDesk):
            return await self._with_person(request, command, fence)
        match command:
            case ChooseUnits(units=units):
                await counter.choose_units(court, request, attendant, fence, [UnitId(unit) for unit in units])
            case SetStatus(status=status, pause=pause):
                await counter.set_status(court, request, attendant, fence, status, pause)
            case Suspend(unit=unit):
                await counter.suspend(court, request, attendant, UnitId(unit), suspending_of(command))
            case ResumeUnit(unit=unit):
                await counter.resume_unit(court, request, attendant, UnitId(unit))
            case ExtendWrapUp():
                await counter.extend_wrap_up(court, request, attendant, fence)
        return Done()

    async def _ring(self, request: Request, command: CallNext | CallOutOfOrder, fence: Fence) -> Ringing:
        counter, court, attendant = self._role.counter, self._court, self._who
        if isinstance(command, CallNext):
            rung = await counter.call_next(court, request, attendant, fence)
        else:
            ticket = TicketId(command.ticket)
            rung = await counter.call_out_of_order(court, request, attendant, fence, ticket, command.reason)
        return Ringing(call=rung.call, ticket=rung.ticket, ice=self._ice(rung.call))

    async def _in_call(self, request: Request, command: InCall, fence: Fence) -> Done:
        counter, court, attendant, call = self._role.counter, self._court, self._who, CallId(command.call)
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
        company, court, attendant, call = self._role.company, self._court, self._who, CallId(command.call)
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
        company, court, attendant = self._role.company, self._court, self._who
        secret = new_secret()
        until_ms = await company.invite(court, attendant, fence, call, str(key_of(secret)), kind)
        link = f"{self._site}/acompanhar/{secret}"
        return Invited(link=link, qr=drawing_of(link), until_ms=until_ms)

    async def _with_person(self, request: Request, command: AtDesk, fence: Fence) -> Result:
        person, court, attendant = self._role.person, self._court, self._who
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

    def _ice(self, call: str) -> Ice:
        return self._role.turn.ice(call, Party.ATTENDANT)
