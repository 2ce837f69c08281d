"""What every role shares: how a page is admitted, who it is, what it needs of the fan-out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel

from rooms.ids import AttendantId, CourtId, Fence, GuestId, Holder, Millis, RequestId, TabId, TicketId
from rooms.model.quality import Measure
from rooms.ports import Request, Store, Suspending
from signaling.auth.staff import SignedIn, StaffRole, signed_in
from signaling.protocol import quality
from signaling.protocol.base import Namespace
from signaling.protocol.commands import Hello, Refused, Result, Suspend, WireCode
from signaling.sockets.page import ConnectedPage


@dataclass(frozen=True, slots=True)
class Handshake:
    """A page at the door: its origin has been checked, its `hello` is of the wire."""

    court: CourtId
    cookies: Mapping[str, str]
    network: str
    """What joins are counted by; empty: not limited."""
    hello: Hello
    site: str
    """Where links of this site begin, `https://balcao.example`."""


class RefusedError(Exception):
    """The way in refuses, in the wire's own words."""

    def __init__(self, code: WireCode, **details: str | int) -> None:
        super().__init__(code.value)
        self.refused = Refused(code=code, details=details)


class Seat(Protocol):
    """One admitted page. Its methods are called one at a time, in the order of its messages."""

    @property
    def capability(self) -> str:
        """What its messages are counted by: the hash of its cookie."""
        ...

    def come(self) -> None:
        """Connected: from here on views and signals come. Does not wait."""
        ...

    async def answer(self, message: str) -> Result:
        """Carry one `command` out.

        Raises:
            pydantic.ValidationError: the message is not of this role's wire.
            RoomsError: the counter refuses.
            RefusedError: the way in refuses.

        """
        ...

    def go(self) -> None:
        """Disconnected. What the person holds stays; its lease runs out."""
        ...


class Role(Protocol):
    """One namespace."""

    namespace: Namespace

    async def admit(self, handshake: Handshake, page: ConnectedPage) -> Seat:
        """A seat for the page.

        Raises:
            RefusedError, RoomsError: as for `Seat.answer`.

        """
        ...


class Crowd(Protocol):
    """What sockets need of the fan-out: it is told who is here, and shows them what concerns them."""

    def visitor_came(self, court: CourtId, page: ConnectedPage, holder: Holder, tab: TabId) -> None:
        """A visitor's page is here."""
        ...

    def desk_came(
        self,
        court: CourtId,
        page: ConnectedPage,
        attendant: AttendantId,
        session: str,
        fence: Fence | None,
        *,
        pool: bool = False,
    ) -> None:
        """An attendant's page is here, or (`pool`) an interpreter's; `fence` None: the desk is open elsewhere."""
        ...

    def board_came(self, court: CourtId, page: ConnectedPage, session: str) -> None:
        """A supervisor's page is here."""
        ...

    def guest_came(self, court: CourtId, page: ConnectedPage, guest: GuestId, tab: TabId) -> None:
        """A page of somebody else in a call is here."""
        ...

    def went(self, page: ConnectedPage) -> None:
        """The page is gone."""
        ...

    def refresh(self, page: ConnectedPage) -> None:
        """The page has just changed something: what it shows is to be read again."""
        ...

    def joined(self, page: ConnectedPage, ticket: TicketId) -> None:
        """The page's browser holds this ticket."""
        ...

    def holds_desk(self, page: ConnectedPage, fence: Fence) -> None:
        """The page has just taken its desk over."""
        ...


async def staff_at(store: Store, handshake: Handshake, role: StaffRole) -> SignedIn:
    """Whoever is signed in for this role at the page's browser.

    Raises:
        RefusedError: NO_SESSION.

    """
    found = await signed_in(store, handshake.court, handshake.cookies, role)
    if found is None:
        raise RefusedError(WireCode.NO_SESSION)
    return found


def suspending_of(command: Suspend) -> Suspending:
    """What `suspend` tells people."""
    until = None if command.until_ms is None else Millis(command.until_ms)
    return Suspending(command.message, command.alternative, until)


def measure_of(told: quality.Measure) -> Measure:
    """How a call goes, as the counter keeps it."""
    return Measure(**told.model_dump())


def request_of(principal: str, request: str, command: BaseModel) -> Request:
    """The key of idempotency: who, which request, and a hash of what it says."""
    return Request(principal, RequestId(request), hashlib.sha256(command.model_dump_json().encode()).hexdigest())
