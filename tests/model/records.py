"""What the model keeps of a ticket, a desk, a call, and of what happened."""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from rooms.ids import AttendantId, CallId, Holder, TicketId, UnitId
from rooms.model.attendant import Attendant, PauseReason, Status
from rooms.model.call import ATTENDANT, VISITOR, Call, Gone
from rooms.model.events import EventKind
from rooms.model.order import Key, score_of
from rooms.model.quality import Measure
from rooms.model.snapshot import Waiting
from rooms.model.ticket import LIVE, Ticket, TicketState
from rooms.model.unit import Policy


class Told(NamedTuple):
    """An event as it must be, all of it but the stream's id."""

    n: int
    at_ms: int
    kind: EventKind
    unit: UnitId | None
    ticket: TicketId | None
    attendant: AttendantId | None
    call: CallId | None
    facts: dict[str, str]


class Said(NamedTuple):
    """An entry of a call's log, its body decoded."""

    n: int
    at_ms: int
    call: CallId
    sender: str | None
    to: str | None
    kind: str
    body: dict[str, Any]


@dataclass
class Place:
    """A ticket as views show it, and what they do not show."""

    shown: Ticket
    holder: Holder
    day: str
    policy: Policy
    lease_ms: int = 0
    left_from: int = 0
    """The place in line from which it left the line."""
    codes: tuple[str, ...] = ()
    """What takes it to another device, until when, and who has taken it by them."""
    codes_until_ms: int = 0
    redeemed_by: Holder | None = None
    push: str | None = None
    """Where reminders go."""
    out_of_order: bool = False
    """Whether it was last called out of order."""
    checks: int = 0
    """How often its browser has told what a check found."""

    @property
    def id(self) -> TicketId:
        return self.shown.id

    @property
    def live(self) -> bool:
        return self.shown.state in LIVE

    @property
    def waiting(self) -> bool:
        return self.shown.state is TicketState.WAITING

    @property
    def in_line(self) -> Waiting:
        """Its row in the unit's line."""
        shown = self.shown
        score = score_of(Key(shown.tier, shown.band, shown.seq))
        return Waiting(shown.id, shown.number, shown.tier, score, shown.joined_ms, self.callable)

    @property
    def callable(self) -> bool:
        """Whoever is away is skipped, and whoever fetches something, page open or not."""
        return self.shown.present and not self.shown.fetching

    def write(self, **fields: Any) -> None:
        self.shown = replace(self.shown, **fields)


@dataclass
class Desk:
    """A desk as views show it, and what they do not show."""

    shown: Attendant
    lease_s: int = 0
    lease_ms: int = 0
    resumed: tuple[Status, PauseReason | None] | None = None
    """What a desk that was lost was doing, until somebody says what it does now."""

    def write(self, **fields: Any) -> None:
        self.shown = replace(self.shown, **fields)


@dataclass
class Talk:
    """A call as views show it, its log and the log's size."""

    shown: Call
    log: list[Said] = field(default_factory=list)
    size: int = 0
    silent: set[str] = field(default_factory=set)
    """The sides whose lease is over."""
    dead: set[str] = field(default_factory=set)
    """The sides whose page says that it does not hear the other."""
    measures: dict[str, list[Measure]] = field(default_factory=lambda: {VISITOR: [], ATTENDANT: []})
    """How it went for each side: of each of its pages, one after the other, what it said last."""

    @property
    def gone(self) -> Gone | None:
        """Who is missing: silent alone proves nothing, pages talk to each other directly."""
        if self.silent == {VISITOR, ATTENDANT}:
            return Gone.BOTH
        if VISITOR in self.silent and ATTENDANT in self.dead:
            return Gone.VISITOR
        if ATTENDANT in self.silent and VISITOR in self.dead:
            return Gone.ATTENDANT
        return None

    def write(self, **fields: Any) -> None:
        self.shown = replace(self.shown, **fields)
