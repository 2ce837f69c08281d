"""`/interpreter`: a Libras interpreter of the court, on the page at which it rings for them."""

from rooms.errors import Code, ConflictError, NotFoundError
from rooms.ids import AttendantId, CallId, EntryId, Fence, ParticipantId, TabId, UnitId
from rooms.ports import Request, Saying, Store
from rooms.services.company import Company
from rooms.services.counter import Counter
from rooms.services.pool import Pool
from signaling.auth.capability import LIFE_S, Cookie, key_of
from signaling.protocol.base import Namespace
from signaling.protocol.commands import (
    Done,
    HangUp,
    InterpreterAsk,
    InterpreterCommand,
    Replay,
    Replayed,
    Result,
    SetStatus,
    Signal,
    TakeOver,
    WireCode,
)
from signaling.protocol.guests import Come, Decline, Offer, StopOffering
from signaling.protocol.signals import Party, entry_of
from signaling.sockets.page import ConnectedPage
from signaling.sockets.seat import Crowd, Handshake, RefusedError, request_of
from signaling.turn import NOTHING, Turn


class Interpreters:
    """Whoever is signed in as an interpreter is admitted, also where their page is open elsewhere."""

    namespace = Namespace.INTERPRETER

    def __init__(self, pool: Pool, counter: Counter, company: Company, store: Store, crowd: Crowd, turn: Turn) -> None:
        self.pool = pool
        self.counter = counter
        self.company = company
        self.store = store
        self.crowd = crowd
        self.turn = turn

    async def admit(self, handshake: Handshake, page: ConnectedPage) -> "InterpreterSeat":
        """A seat; it is where it rings, unless another live page is.

        Raises:
            RefusedError: NO_SESSION.
            ForbiddenError: ROLE_MISSING: signed in, but does not interpret any more.

        """
        key = key_of(handshake.cookies.get(Cookie.INTERPRETER))
        court = handshake.court
        session = None if key is None else await self.store.session(court, key, LIFE_S[Cookie.INTERPRETER])
        if key is None or session is None or session.role != "interpreter":
            raise RefusedError(WireCode.NO_SESSION)
        seat = InterpreterSeat(self, handshake, session.attendant, key, page)
        try:
            seat.fence = await self.pool.open_desk(court, session.attendant, seat.tab)
        except ConflictError as refused:
            if refused.code is not Code.DESK_ELSEWHERE:
                raise
        except NotFoundError:
            # removed from the directory while signed in
            raise RefusedError(WireCode.NO_SESSION) from None
        return seat


class InterpreterSeat:
    """One page of an interpreter; `fence` None: it rings on another page, and only `take_over` is possible."""

    def __init__(
        self, role: Interpreters, handshake: Handshake, interpreter: AttendantId, session: str, page: ConnectedPage
    ) -> None:
        self.capability = session
        self.tab = TabId(handshake.hello.tab)
        self.fence: Fence | None = None
        self._role = role
        self._court = handshake.court
        self._interpreter = interpreter
        self._page = page

    def come(self) -> None:
        """Views and signals come from here on."""
        self._role.crowd.desk_came(self._court, self._page, self._interpreter, self.capability, self.fence, pool=True)

    def go(self) -> None:
        """The desk stays; its lease runs out."""
        self._role.crowd.went(self._page)

    async def answer(self, message: bytes) -> Result:
        """One command of an interpreter."""
        ask = InterpreterAsk.model_validate_json(message)
        role, court, interpreter = self._role, self._court, self._interpreter
        if isinstance(ask.command, TakeOver):
            self.fence = await role.pool.take_over(court, interpreter, self.tab)
            role.crowd.holds_desk(self._page, self.fence)
            return Done()
        if self.fence is None:
            raise ConflictError(Code.DESK_ELSEWHERE)
        if isinstance(ask.command, Replay):
            return await self._replay(CallId(ask.command.call), ask.command.after)
        await self._act(request_of(f"a:{interpreter}", ask.id, ask.command), ask.command, self.fence)
        if not isinstance(ask.command, Signal):
            role.crowd.refresh(self._page)
        return Done()

    async def _act(self, request: Request, command: InterpreterCommand, fence: Fence) -> None:
        role, court, interpreter = self._role, self._court, self._interpreter
        match command:
            case Signal(call=call, to=to, body=body):
                saying = Saying(None if to is None else ParticipantId(to), body.type, body.model_dump_json())
                await role.counter.signal(court, request, interpreter, fence, CallId(call), saying)
            case SetStatus(status=status, pause=pause):
                await role.counter.set_status(court, request, interpreter, fence, status, pause)
            case Offer(unit=unit):
                await role.pool.offer(court, request, interpreter, fence, UnitId(unit))
            case StopOffering():
                await role.pool.stop_offering(court, request, interpreter, fence)
            case Come(call=call):
                await role.company.come(court, request, interpreter, fence, CallId(call))
            case Decline(call=call):
                await role.company.decline(court, request, interpreter, fence, CallId(call))
            case HangUp(call=call):
                await role.counter.hang_up(court, request, interpreter, fence, CallId(call))

    async def _replay(self, call: CallId, after: str | None) -> Replayed:
        behind = None if after is None else EntryId(after)
        entries, more, seat = await self._role.counter.replay(self._court, self._interpreter, call, behind)
        ice = NOTHING if seat is None else self._role.turn.ice(call, Party(seat))
        return Replayed(entries=tuple(map(entry_of, entries)), more=more, ice=ice)
