"""`/visitor`: one browser's ticket, from taking it to the end of the call."""

from rooms.ids import CallId, EntryId, Holder, ParticipantId, Rev, TabId, TicketId, UnitId
from rooms.model.quality import Found
from rooms.ports import Request, Saying
from rooms.services.reception import JoinForm, Reception
from signaling.auth.capability import Cookie, holder_of
from signaling.protocol.base import Namespace
from signaling.protocol.commands import (
    ComeBack,
    ContinueHere,
    Done,
    Enter,
    HangUp,
    IsReady,
    Join,
    Joined,
    Leave,
    Leg,
    MoreTime,
    OtherAttendant,
    Ready,
    Replay,
    Replayed,
    Result,
    RingSeen,
    Signal,
    VisitorAsk,
    WireCode,
)
from signaling.protocol.quality import Checked, Measured
from signaling.protocol.signals import Ice, Party, entry_of
from signaling.sockets.page import ConnectedPage
from signaling.sockets.seat import Crowd, Handshake, RefusedError, measure_of, request_of
from signaling.turn import NOTHING, Turn

InCall = Enter | Leg | Measured | OtherAttendant | HangUp


class Visitors:
    """Whoever holds a visitor's cookie is admitted."""

    namespace = Namespace.VISITOR

    def __init__(self, reception: Reception, crowd: Crowd, turn: Turn) -> None:
        self.reception = reception
        self.crowd = crowd
        self.turn = turn

    async def admit(self, handshake: Handshake, page: ConnectedPage) -> "VisitorSeat":
        """A seat; the ticket of this browser, if there is one, is present again.

        Raises:
            RefusedError: NO_SESSION.

        """
        holder = holder_of(handshake.cookies.get(Cookie.VISITOR))
        if holder is None:
            raise RefusedError(WireCode.NO_SESSION)
        seat = VisitorSeat(self, handshake, holder, page)
        one = await self.reception.open_page(handshake.court, holder, seat.tab, opened=handshake.hello.opened)
        seat.ticket = None if one.ticket is None else one.ticket.id
        return seat


class VisitorSeat:
    """One page of a visitor."""

    __slots__ = ("_court", "_holder", "_network", "_page", "_role", "capability", "tab", "ticket")

    def __init__(self, role: Visitors, handshake: Handshake, holder: Holder, page: ConnectedPage) -> None:
        self.capability = holder
        self.tab = TabId(handshake.hello.tab)
        self.ticket: TicketId | None = None
        """The one that its browser held when it was admitted, until it has come."""
        self._role = role
        self._court = handshake.court
        self._network = handshake.network
        self._holder = holder
        self._page = page

    def come(self) -> None:
        """Views and signals come from here on."""
        self._role.crowd.visitor_came(self._court, self._page, self._holder, self.tab)
        if self.ticket is not None:
            # what is said from here on is for this page, although its ticket has not been read yet
            self._role.crowd.joined(self._page, self.ticket)
            self.ticket = None

    def go(self) -> None:
        """The place stays; its lease runs out."""
        self._role.crowd.went(self._page)

    async def answer(self, message: str) -> Result:
        """One command of a visitor."""
        ask = VisitorAsk.model_validate_json(message)
        if isinstance(ask.command, Signal | Replay):
            return await self._talk(ask.id, ask.command)
        result = await self._act(ask)
        self._role.crowd.refresh(self._page)
        return result

    async def _act(self, ask: VisitorAsk) -> Result:
        reception, court, holder = self._role.reception, self._court, self._holder
        request = request_of(f"v:{holder}", ask.id, ask.command)
        if isinstance(ask.command, InCall):
            return await self._in_call(request, ask.command)
        if isinstance(ask.command, Leave | ComeBack | MoreTime | IsReady):
            return await self._with_place(request, ask.command)
        match ask.command:
            case Join() as join:
                form = JoinForm(
                    UnitId(join.unit),
                    join.name,
                    join.role,
                    join.oab,
                    join.case_number,
                    join.tier,
                    join.terms,
                    join.head_start,
                    join.libras,
                )
                joined = await reception.join(court, request, holder, self.tab, self._network, form)
                self._role.crowd.joined(self._page, joined.ticket)
                return Joined(ticket=joined.ticket, number=joined.number, rev=joined.rev)
            case RingSeen(call=call):
                await reception.seen(court, request, holder, CallId(call), self.tab)
                return Ready(ice=self._ice(call))
            case Checked(ago_s=ago_s, found=found):
                await reception.checked(court, request, holder, ago_s, Found(**found.model_dump()))
            case ContinueHere():
                await reception.open_page(court, holder, self.tab, opened=True)
        return Done()

    async def _with_place(self, request: Request, command: Leave | ComeBack | MoreTime | IsReady) -> Result:
        reception, court, holder, rev = self._role.reception, self._court, self._holder, Rev(command.rev)
        match command:
            case Leave():
                await reception.leave(court, request, holder, rev)
            case ComeBack():
                return Done(rev=await reception.come_back(court, request, holder, rev, self.tab))
            case MoreTime():
                return Done(rev=await reception.more_time(court, request, holder, rev))
            case IsReady():
                return Done(rev=await reception.ready(court, request, holder, rev))
        return Done()

    async def _in_call(self, request: Request, command: InCall) -> Result:
        reception, court, holder, call = self._role.reception, self._court, self._holder, CallId(command.call)
        match command:
            case Enter(media=media):
                return Done(rev=await reception.enter(court, request, holder, call, self.tab, media))
            case Leg(alive=alive):
                await reception.leg(court, request, holder, self.tab, call, alive=alive)
            case Measured(measure=measure):
                await reception.measured(court, request, holder, self.tab, call, measure_of(measure))
            case OtherAttendant():
                return Done(rev=await reception.other_attendant(court, request, holder, call))
            case HangUp():
                await reception.hang_up(court, request, holder, call)
        return Done()

    async def _talk(self, request: str, command: Signal | Replay) -> Result:
        reception, court, holder = self._role.reception, self._court, self._holder
        if isinstance(command, Signal):
            to = None if command.to is None else ParticipantId(command.to)
            saying = Saying(to, command.body.type, command.body.model_dump_json())
            await reception.signal(
                court, request_of(f"v:{holder}", request, command), holder, self.tab, CallId(command.call), saying
            )
            return Done()
        after = None if command.after is None else EntryId(command.after)
        entries, more, live = await reception.replay(court, holder, CallId(command.call), after)
        return Replayed(
            entries=tuple(map(entry_of, entries)), more=more, ice=self._ice(command.call) if live else NOTHING
        )

    def _ice(self, call: str) -> Ice:
        return self._role.turn.ice(call, Party.VISITOR)
