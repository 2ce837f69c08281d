"""What the services need from the outside, named by the one who uses it.

`Store` and `Log` are the live state (Redis or Valkey), `Directory` and `History` the past and the people (SQL).
Every method may raise `UnavailableError(STORE_AWAY)`; the refusals of each verb are named in its docstring.
A verb is one script: atomic, idempotent under (principal, verb, request), its event appended before it returns.
A ticket keeps the policy it was taken under, a desk the one it was opened under: later verbs need none.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rooms.ids import (
    AttendantId,
    CallId,
    CourtId,
    EntryId,
    Fence,
    Holder,
    Millis,
    ParticipantId,
    RequestId,
    Rev,
    TabId,
    TicketId,
    UnitId,
)
from rooms.model.attendant import PauseReason, Staff, Status
from rooms.model.call import LogEntry, Outcome, OutOfOrder
from rooms.model.estimate import Pace
from rooms.model.events import Event
from rooms.model.snapshot import Desk, Flood, OneTicket, Rung, Units
from rooms.model.ticket import Media, Ticket, Tier, Visitor
from rooms.model.unit import Court, Policy, Unit
from rooms.model.visit import Visit


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
class NewCall:
    """All a ring needs, decided before the script: its id by chance, the attendant's units by the directory."""

    id: CallId
    names: Mapping[UnitId, str]
    """Of every unit that the directory grants the attendant; said with the ring."""
    orders: Mapping[UnitId, Policy]
    """The policies of those of them whose order is not the strict one."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a page says in a call: `body` is the wire's JSON, of its `kind`; `to` None is everybody else in the call."""

    to: ParticipantId | None
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class Suspending:
    """Why a unit stops giving out tickets, in the words that people read, where to go instead, and until when."""

    message: str
    alternative: str | None
    until_ms: Millis | None


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
    """`attendant` or `supervisor`."""


class Store(Protocol):
    """The counter's live state: one method, one script (`rooms/redis/lua/<name>.lua`)."""

    # the visitor's verbs
    async def join(self, court: CourtId, request: Request, new: NewTicket, policy: Policy) -> Joined:
        """Take a place.

        TICKET_EXISTS (details: ticket), UNIT_SUSPENDED, UNIT_FULL (waiting), TOO_MANY_JOINS, REQUEST_REUSED.
        """
        ...

    async def leave(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> None:
        """Give the place up, waiting or called; in a call it hangs up too. TICKET_UNKNOWN, STALE_REV."""
        ...

    async def open_page(self, court: CourtId, holder: Holder, tab: TabId, *, opened: bool) -> OneTicket:
        """A page of the visitor is here: present again, its lease renewed; with `opened` it becomes the active page.

        A place that was LOST less than `lost_back_s` ago is theirs again, once.
        """
        ...

    async def come_back(self, court: CourtId, request: Request, holder: Holder, rev: Rev, tab: TabId) -> Rev:
        """After NO_SHOW: the same place, one more ring, once. TICKET_UNKNOWN, WRONG_STATE, STALE_REV, TOO_LATE."""
        ...

    async def seen(self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId) -> None:
        """The active page shows the ring. WRONG_STATE, NOT_ACTIVE_PAGE."""
        ...

    async def more_time(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> Rev:
        """Sixty seconds more, once. WRONG_STATE, STALE_REV, NO_MORE_TIME."""
        ...

    async def enter(
        self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId, media: Media
    ) -> Rev:
        """Into the call: `go` is appended to its log. WRONG_STATE, CALL_UNKNOWN, NOT_ACTIVE_PAGE."""
        ...

    # the attendant's verbs
    async def open_desk(self, court: CourtId, staff: Staff, tab: TabId, policy: Policy, *, take_over: bool) -> Fence:
        """This page holds the desk. DESK_ELSEWHERE while another page's lease lives and `take_over` is False."""
        ...

    async def choose_units(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, units: Sequence[UnitId]
    ) -> None:
        """Attend these from now on. STALE_FENCE."""
        ...

    async def set_status(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        status: Status,
        pause: PauseReason | None,
    ) -> None:
        """Available, paused with a reason, offline; a running call is not touched. STALE_FENCE."""
        ...

    async def call_next(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        new: NewCall,
    ) -> Rung:
        """Ring the lawfully next among the chosen units.

        STALE_FENCE, NOT_AVAILABLE, WRONG_STATE, NOBODY_WAITING.
        """
        ...

    async def call_out_of_order(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        new: NewCall,
        ticket: TicketId,
        reason: OutOfOrder,
    ) -> Rung:
        """Ring this person, whose turn it is not; counted in the unit's day. Otherwise as `call_next`.

        STALE_FENCE, NOT_AVAILABLE, WRONG_STATE, TICKET_UNKNOWN, NOT_WAITING (called meanwhile, gone, away),
        NOT_YOUR_UNIT (not among the chosen).
        """
        ...

    async def cancel_call(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """While it rings: the person becomes first of their tier, the attendant is paused (CANCELLED).

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE.
        """
        ...

    async def finish(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, outcome: Outcome
    ) -> None:
        """The outcome; out of wrap-up and ready again.

        STALE_FENCE, CALL_UNKNOWN, WRONG_STATE (the call has not ended, or wrap-up was over).
        """
        ...

    async def extend_wrap_up(self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence) -> None:
        """Up to five minutes in all, once. STALE_FENCE, WRONG_STATE, NO_MORE_TIME."""
        ...

    # both sides'
    async def hang_up_visitor(self, court: CourtId, request: Request, holder: Holder, call: CallId) -> None:
        """End the call for both: SERVED, the attendant in wrap-up. CALL_UNKNOWN, WRONG_STATE."""
        ...

    async def hang_up_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        """The same by the attendant. STALE_FENCE, CALL_UNKNOWN, WRONG_STATE."""
        ...

    async def signal_visitor(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, saying: Saying
    ) -> EntryId:
        """Append to the call's log.

        NOT_MEMBER, NOT_ACTIVE_PAGE, WRONG_STATE (ended), CALL_LOG_FULL (2 MB), STORE_FULL.
        """
        ...

    async def signal_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, saying: Saying
    ) -> EntryId:
        """The same by the attendant. NOT_MEMBER, STALE_FENCE, WRONG_STATE (ended), CALL_LOG_FULL, STORE_FULL."""
        ...

    # staff's: an attendant of the unit, a supervisor
    async def suspend(
        self, court: CourtId, request: Request, unit: UnitId, actor: ParticipantId, told: Suspending
    ) -> None:
        """No new tickets; whoever is inside stays. Said again, it replaces what was said."""
        ...

    async def resume_unit(self, court: CourtId, request: Request, unit: UnitId, actor: ParticipantId) -> None:
        """Tickets again. WRONG_STATE: it is not suspended."""
        ...

    # the supervisor's
    async def clear_flood(self, court: CourtId, request: Request, network: str) -> None:
        """The network (its keyed hash) may ask again."""
        ...

    async def sign_out(self, court: CourtId, request: Request, attendant: AttendantId) -> None:
        """Offline at once, sessions and desk ended; whoever was called or in call becomes first of their tier."""
        ...

    # the house's
    async def renew(
        self, court: CourtId, tickets: Sequence[TicketId], desks: Sequence[tuple[AttendantId, Fence]]
    ) -> None:
        """These are here: leases renewed in one batch (≤ 500 each); an away ticket becomes present.

        Every ten seconds is often enough for every policy of ours (the shortest lease is 20 s).
        """
        ...

    async def sweep(self, court: CourtId) -> Swept:
        """Act on at most 100 deadlines; re-checks each; after an outage every deadline moves by its length instead."""
        ...

    async def reconcile(
        self, court: CourtId, at: Round, units: Sequence[UnitId], attendants: Sequence[AttendantId]
    ) -> tuple[Round, Sequence[Mended]] | None:
        """Put right what contradicts itself among some tickets and deadlines, these units (≤ 5), these desks (≤ 50).

        Answers how far the round has come and what was mended; None where a round began less than ten seconds ago.
        """
        ...

    async def close_unit(
        self, court: CourtId, unit: UnitId, joined_before_ms: Millis, head_start_until_ms: Millis
    ) -> int:
        """End a unit's waiting tickets of before that instant as CLOSED (at most 100 a call); answers how many.

        Until `head_start_until_ms` the receipt of each makes a new ticket there the first of its tier, once.
        """
        ...

    async def turn_away(self, court: CourtId, unit: UnitId, day: date, holder: Holder, reason: str) -> None:
        """Count somebody who was refused a ticket before `join` was asked; once a person, unit and day."""
        ...

    async def directory_changed(self, court: CourtId) -> None:
        """Tell every node that units or staff have changed."""
        ...

    async def adopt(self, court: CourtId, seen_n: int) -> int:
        """At start: the epoch; a higher one if the store's counter is behind `seen_n` (it came back older)."""
        ...

    # reads
    async def units(self, court: CourtId, units: Sequence[UnitId], days: Mapping[UnitId, date]) -> Units:
        """Several units (≤ 20) at one instant."""
        ...

    async def floods(self, court: CourtId) -> Sequence[Flood]:
        """The networks that are limited now, at most fifty."""
        ...

    async def ticket_of(self, court: CourtId, holder: Holder) -> OneTicket:
        """The browser's ticket, live or ended less than an hour ago, with its call."""
        ...

    async def ticket(self, court: CourtId, ticket: TicketId) -> OneTicket:
        """That ticket, with its call."""
        ...

    async def desk(self, court: CourtId, attendant: AttendantId) -> Desk:
        """The attendant's desk with the ticket they hold and its call; all None for somebody who never opened one."""
        ...

    # sign-in
    async def sign_in(self, court: CourtId, key: str, session: Session, ttl_s: int) -> None:
        """A session begins."""
        ...

    async def session(self, court: CourtId, key: str, ttl_s: int) -> Session | None:
        """The session of a cookie's hash, its life renewed."""
        ...

    async def end_session(self, court: CourtId, key: str) -> None:
        """The session is over; one that does not exist too."""
        ...

    async def attempt(
        self, court: CourtId, account: str, network: str, *, an_account: int = 10, a_network: int = 60
    ) -> None:
        """Count a sign-in attempt: so many an account and a network in 15 min. TOO_MANY_ATTEMPTS (details: retry_s).

        An empty network is not limited (allow-list).
        """
        ...

    async def now(self, court: CourtId) -> Millis:
        """Court time."""
        ...

    async def move_clock(self, court: CourtId, by_ms: int) -> Millis:
        """Add to `{court}:clock` (tests, practice); answers the new court time."""
        ...


class Log(Protocol):
    """The court's two streams and the log of one call."""

    async def positions(self, court: CourtId) -> tuple[EntryId, int, EntryId, int]:
        """Last id and counter of `events`, of `signals` (`0-0`, 0 where empty): tail from here, never from `$`."""
        ...

    def tail(
        self, court: CourtId, events_after: EntryId, signals_after: EntryId
    ) -> AsyncIterator[tuple[Sequence[Event], Sequence[LogEntry]]]:
        """Batches as they come, for ever, on a connection of its own; survives the store's absence.

        A gap is the reader's to see (`n`). Close the iterator (`aclose`) or cancel its task to end it.
        """
        ...

    async def events_after(self, court: CourtId, after: EntryId, count: int) -> Sequence[Event]:
        """For the recorder: the next entries, oldest first, without blocking."""
        ...

    async def call_log(self, court: CourtId, call: CallId, after: EntryId | None, count: int) -> Sequence[LogEntry]:
        """One call's entries behind `after`."""
        ...

    async def trim(self, court: CourtId, recorded: EntryId) -> None:
        """Drop events older than 7 days that history has, and signals older than 10 minutes."""
        ...

    async def hold_recorder(self, court: CourtId, node: str, ttl_ms: int) -> int | None:
        """Become or stay the court's recorder: the fence, or None while another node is."""
        ...


class Directory(Protocol):
    """Courts, units, staff: SQL, read at start and when it changed."""

    async def courts(self) -> Sequence[Court]:
        """Every court of the site."""
        ...

    async def units(self, court: CourtId) -> Sequence[Unit]:
        """In the order of the import file."""
        ...

    async def staff(self, court: CourtId) -> Sequence[Staff]:
        """Everybody who may sign in."""
        ...

    async def verify(self, court: CourtId, login: str, password: str) -> Staff:
        """SIGN_IN_WRONG for an unknown name and for a wrong password, in the same time."""
        ...


class History(Protocol):
    """The past, projected from `events`."""

    async def cursor(self, court: CourtId) -> tuple[EntryId, int]:
        """Id and counter of the last event recorded (`0-0`, 0)."""
        ...

    async def record(self, court: CourtId, events: Sequence[Event], fence: int) -> None:
        """Rows and cursor in one transaction; events already recorded are skipped. STALE_FENCE for an older one."""
        ...

    async def pace(self, court: CourtId, unit: UnitId) -> Pace | None:
        """The unit's pace for the estimate; None with fewer than five services known."""
        ...

    async def receipt(self, court: CourtId, code: str) -> Visit | None:
        """The visit that a receipt proves; None where no such code was given out."""
        ...


__all__ = [
    "Directory",
    "History",
    "Joined",
    "Log",
    "Mended",
    "NewCall",
    "NewTicket",
    "Request",
    "Round",
    "Saying",
    "Session",
    "Store",
    "Swept",
    "Ticket",
    "Visit",
]
