"""A desk, an attendant's or an interpreter's, on the page that holds it."""

from abc import ABC, abstractmethod
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from rooms.errors import Code, ConflictError, NotFoundError
from rooms.ids import AttendantId, CallId, CourtId, EntryId, Fence, ParticipantId, TabId
from rooms.ports import Request, Saying, Store
from rooms.services.company import Company
from rooms.services.counter import Counter
from signaling.auth.staff import SignedIn
from signaling.protocol.commands import Done, Replay, Replayed, Result, Signal, TakeOver, WireCode
from signaling.protocol.signals import Party, entry_of
from signaling.sockets.page import ConnectedPage
from signaling.sockets.seat import Crowd, Handshake, RefusedError, request_of
from signaling.turn import NOTHING, Turn

C = TypeVar("C", bound=BaseModel)


class Desks(Protocol):
    """Where such desks stand."""

    async def open_desk(self, court: CourtId, who: AttendantId, tab: TabId, /) -> Fence:
        """The page of this tab holds the desk; DESK_ELSEWHERE where another live page does."""
        ...

    async def take_over(self, court: CourtId, who: AttendantId, tab: TabId, /) -> Fence:
        """It does, whichever did before."""
        ...


class DeskRole:
    """What the seats of those who sit at a desk share."""

    def __init__(self, counter: Counter, company: Company, store: Store, crowd: Crowd, turn: Turn) -> None:
        self.counter = counter
        self.company = company
        self.store = store
        self.crowd = crowd
        self.turn = turn


class DeskSeat(ABC, Generic[C]):
    """One page of somebody's desk; `fence` None: another page holds it, and only `take_over` is possible."""

    is_pool = False
    """Whether it is an interpreters' page."""

    def __init__(
        self, role: DeskRole, desks: Desks, handshake: Handshake, signed_in: SignedIn, page: ConnectedPage
    ) -> None:
        self.capability = signed_in.key
        self.tab = TabId(handshake.hello.tab)
        self.fence: Fence | None = None
        self._at = role
        self._desks = desks
        self._court = handshake.court
        self._site = handshake.site
        self._who = signed_in.who
        self._page = page

    async def open(self) -> None:
        """It holds the desk, unless another live page does.

        Raises:
            RefusedError: NO_SESSION: removed from the directory while signed in.
            ForbiddenError: ROLE_MISSING: signed in, but without this role any more.

        """
        try:
            self.fence = await self._desks.open_desk(self._court, self._who, self.tab)
        except ConflictError as refused:
            if refused.code is not Code.DESK_ELSEWHERE:
                raise
        except NotFoundError:
            raise RefusedError(WireCode.NO_SESSION) from None

    def come(self) -> None:
        """Views and signals come from here on."""
        self._at.crowd.desk_came(self._court, self._page, self._who, self.capability, self.fence, pool=self.is_pool)

    def go(self) -> None:
        """The desk stays; its lease runs out."""
        self._at.crowd.went(self._page)

    async def _answer(self, ask: str, command: C) -> Result:
        if isinstance(command, TakeOver):
            self.fence = await self._desks.take_over(self._court, self._who, self.tab)
            self._at.crowd.holds_desk(self._page, self.fence)
            return Done()
        if self.fence is None:
            raise ConflictError(Code.DESK_ELSEWHERE)
        if isinstance(command, Replay):
            return await self._replay(command)
        request = request_of(f"a:{self._who}", ask, command)
        if isinstance(command, Signal):
            await self._signal(request, command, self.fence)
            return Done()
        result = await self._act(request, command, self.fence)
        self._at.crowd.refresh(self._page)
        return result

    @abstractmethod
    async def _act(self, request: Request, command: C, fence: Fence) -> Result:
        """What this desk can do, beside talking."""

    async def _signal(self, request: Request, command: Signal, fence: Fence) -> None:
        to = None if command.to is None else ParticipantId(command.to)
        saying = Saying(to, command.body.type, command.body.model_dump_json())
        await self._at.counter.signal(self._court, request, self._who, fence, CallId(command.call), saying)

    async def _replay(self, command: Replay) -> Replayed:
        after = None if command.after is None else EntryId(command.after)
        entries, more, seat = await self._at.counter.replay(self._court, self._who, CallId(command.call), after)
        ice = NOTHING if seat is None else self._at.turn.ice(command.call, Party(seat))
        return Replayed(entries=tuple(map(entry_of, entries)), more=more, ice=ice)
