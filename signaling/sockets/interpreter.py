"""`/interpreter`: a Libras interpreter of the court, on the page at which it rings for them."""

from rooms.ids import CallId, Fence, UnitId
from rooms.ports import Request, Store
from rooms.services.company import Company
from rooms.services.counter import Counter
from rooms.services.pool import Pool
from signaling.auth.staff import SignedIn
from signaling.protocol.base import Namespace
from signaling.protocol.commands import (
    Done,
    HangUp,
    InterpreterAsk,
    InterpreterCommand,
    Result,
    SetStatus,
)
from signaling.protocol.guests import Come, Decline, Offer, StopOffering
from signaling.sockets.desk import DeskRole, DeskSeat
from signaling.sockets.page import ConnectedPage
from signaling.sockets.seat import Crowd, Handshake, staff_at
from signaling.turn import Turn


class Interpreters(DeskRole):
    """Whoever is signed in as an interpreter is admitted, also where their page is open elsewhere."""

    namespace = Namespace.INTERPRETER

    def __init__(self, pool: Pool, counter: Counter, company: Company, store: Store, crowd: Crowd, turn: Turn) -> None:
        super().__init__(counter, company, store, crowd, turn)
        self.pool = pool

    async def admit(self, handshake: Handshake, page: ConnectedPage) -> "InterpreterSeat":
        """A seat; it is where it rings, unless another live page is.

        Raises:
            RefusedError: NO_SESSION.
            ForbiddenError: ROLE_MISSING: signed in, but does not interpret any more.

        """
        whose = await staff_at(self.store, handshake, "interpreter")
        seat = InterpreterSeat(self, handshake, whose, page)
        await seat.open()
        return seat


class InterpreterSeat(DeskSeat[InterpreterCommand]):
    """One page of an interpreter."""

    is_pool = True

    def __init__(self, role: Interpreters, handshake: Handshake, whose: SignedIn, page: ConnectedPage) -> None:
        super().__init__(role, role.pool, handshake, whose, page)
        self._role = role

    async def answer(self, message: str) -> Result:
        """One command of an interpreter."""
        ask = InterpreterAsk.model_validate_json(message)
        return await self._answer(ask.id, ask.command)

    async def _act(self, request: Request, command: InterpreterCommand, fence: Fence) -> Result:
        role, court, interpreter = self._role, self._court, self._who
        match command:
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
        return Done()
