"""What one read of the store shows: complete, small, and true at one position of the court's events."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rooms.ids import AttendantId, CallId, GuestId, Holder, Millis, TicketId, UnitId
from rooms.model.attendant import Activity, Attendant, PauseReason, Status
from rooms.model.call import Call
from rooms.model.guest import AskedIn, Guest, Helping, Offer, Offered
from rooms.model.ticket import Ticket, Tier


@dataclass(frozen=True, slots=True)
class AsOf:
    """The position a snapshot is true for: tailing continues behind `n` of the same epoch."""

    epoch: int
    n: int
    """The court's counter of events."""
    now_ms: Millis
    """Court time of the read."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One ticket in a unit's line, no name."""

    ticket: TicketId
    number: str
    tier: Tier
    score: int
    """The order key as one exact number (`rooms.model.order`); lower is first."""
    joined_ms: Millis
    present: bool


@dataclass(frozen=True, slots=True)
class DeskState:
    """One attendant as the units see them."""

    attendant: AttendantId
    name: str
    status: Status
    pause: PauseReason | None
    activity: Activity
    since_ms: Millis
    units: int
    """How many units share this attendant's time."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Staff have stopped new tickets for a while; what people read, in the words of whoever did it."""

    message: str
    alternative: str | None
    """Where to go instead."""
    since_ms: Millis
    until_ms: Millis | None
    """None: until somebody ends it."""


@dataclass(frozen=True, slots=True)
class UnitState:
    """One unit's counter, now. `line` in order of the key, present and away together; called and in call apart."""

    unit: UnitId
    line: tuple[Waiting, ...]
    attendants: tuple[DeskState, ...]
    called: int
    in_call: int
    served_today: int
    left_today: int
    """Ended without having been served: LEFT, LOST, NO_SHOW, REMOVED."""
    cancelled_today: int
    """Rings that attendants took back."""
    unattended_since_ms: Millis | None
    """Since when no attendant of the unit is available (None while one is)."""
    run: int = 0
    """Calls with priority since the last of everybody else; counted under the ratio only."""
    out_of_order_today: int = 0
    suspension: Suspension | None = None
    refused_today: int = 0
    """People who wanted a ticket and got none: full, suspended, too late for today."""


class Flooded(StrEnum):
    """What a network asks too much of."""

    JOINS = "joins"
    SIGN_INS = "sign_ins"


@dataclass(frozen=True, slots=True)
class Flood:
    """A network that is limited now, known by its keyed hash alone."""

    network: str
    what: Flooded
    count: int
    until_ms: Millis


@dataclass(frozen=True, slots=True)
class Units:
    """Several units at one instant."""

    as_of: AsOf
    units: tuple[UnitState, ...]


@dataclass(frozen=True, slots=True)
class OneTicket:
    """One ticket with its call, at one instant."""

    as_of: AsOf
    ticket: Ticket | None
    call: Call | None


@dataclass(frozen=True, slots=True)
class Desk:
    """One attendant with the ticket they hold and its call, at one instant."""

    as_of: AsOf
    attendant: Attendant | None
    ticket: Ticket | None
    call: Call | None
    guests: tuple[Guest, ...] = ()
    """Who else is in the call."""
    asked: AskedIn | None = None
    """The call into which it rings at this desk."""
    helping: Helping | None = None
    offer: Offer | None = None
    """Of an interpreter: the unit they offer to help."""
    offered: Offered | None = None
    """Which interpreter offers to come into the call at this desk."""


@dataclass(frozen=True, slots=True)
class OneGuest:
    """One guest with the call they are in, at one instant."""

    as_of: AsOf
    guest: Guest | None
    call: Call | None
    until_ms: Millis | None
    """How long the call may be interrupted, or on hold."""


@dataclass(frozen=True, slots=True)
class People:
    """What concerns several people, at one instant; of everybody who was asked for."""

    as_of: AsOf
    tickets: Mapping[Holder, OneTicket]
    desks: Mapping[AttendantId, Desk]
    guests: Mapping[GuestId, OneGuest]


@dataclass(frozen=True, slots=True)
class Rung:
    """`call_next` has a person: the call that rings."""

    call: CallId
    ticket: TicketId
    unit: UnitId
