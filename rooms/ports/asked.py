"""What is asked and what comes of it: the records that the verbs take and answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rooms.ids import AttendantId, CallId, Holder, Millis, ParticipantId, RequestId, Rev, TabId, TicketId, UnitId
from rooms.model.ticket import Tier, Visitor
from rooms.model.unit import Policy


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks what, once: the key of idempotency. `fingerprint` is a hash of the payload."""

    principal: str
    """`v:<holder>` or `a:<attendant>`."""
    id: RequestId
    fingerprint: str


@dataclass(frozen=True, slots=True)
class NewTicket:
    """All a joining needs, decided before the script: ids by chance, limits by policy."""

    id: TicketId
    unit: UnitId
    letters: str
    day: date
    """The unit's local day, for the running number."""
    holder: Holder
    tab: TabId
    tier: Tier
    visitor: Visitor
    receipt: str
    head_start: str
    """The receipt of an earlier ticket that closing ended, or empty."""
    network: str
    """/24 or /64 of the visitor's address, hashed; empty: not limited (allow-list)."""
    network_limit: int
    """Joins per network in ten minutes."""
    announced_low_min: int | None
    announced_high_min: int | None


@dataclass(frozen=True, slots=True)
class Saying:
    """What a page says in a call: `body` is the wire's JSON, of its `kind`; `to` None is everybody else in the call."""

    to: ParticipantId | None
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class NewCall:
    """All a ring needs, decided before the script: its id by chance, the attendant's units by the directory."""

    id: CallId
    names: Mapping[UnitId, str]
    """Of every unit that the directory grants the attendant; said with the ring."""
    orders: Mapping[UnitId, Policy]
    """The policies of those of them whose order is not the strict one."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A ticket that may be taken to another device until then."""

    ticket: TicketId
    number: str
    unit: UnitId
    until_ms: Millis


@dataclass(frozen=True, slots=True)
class Suspending:
    """Why a unit stops giving out tickets, in the words that people read, where to go instead, and until when."""

    message: str
    alternative: str | None
    until_ms: Millis | None


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a transfer leads, decided before the script as for `NewTicket`; its policy is the new unit's."""

    ticket: TicketId
    unit: UnitId
    letters: str
    day: date
    receipt: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A place in line."""

    ticket: TicketId
    number: str
    rev: Rev


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did."""

    acted: int
    """Deadlines that were over, at most 100."""
    credited_ms: int
    """An outage's length, granted to every deadline; below zero where the store's clock was set back."""
    more: bool
    """Whether others are over too: sweep again."""


@dataclass(frozen=True, slots=True)
class Mended:
    """One contradiction that was put right: what was wrong, and the id of the ticket, attendant or unit."""

    cause: str
    of: str


@dataclass(frozen=True, slots=True)
class Round:
    """Where a round of mending stands: the cursors of the live tickets and of the deadlines; empty: walked."""

    live: str = "0"
    due: str = "0"


@dataclass(frozen=True, slots=True)
class Session:
    """A staff sign-in, kept in the store; the cookie's hash is its key."""

    attendant: AttendantId
    role: str
    """`attendant`, `supervisor` or `interpreter`."""
