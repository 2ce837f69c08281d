"""A ticket: one visit's place, from joining to its end."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from rooms.ids import AttendantId, CallId, CourtId, Millis, Rev, TabId, TicketId, UnitId
from rooms.model.quality import Check
from rooms.model.unit import Policy


class Tier(IntEnum):
    """The legal order (`FIELD.md` §2). Only the tier is kept, never its reason."""

    EIGHTY = 0
    PRIORITY = 1
    DONOR = 2
    EVERYONE = 3


class Role(StrEnum):
    """Who the visitor is before the court."""

    PARTY = "party"
    LAWYER = "lawyer"
    OTHER = "other"


class TicketState(StrEnum):
    """Where a ticket is; everything after `ON_HOLD` is an end."""

    WAITING = "waiting"
    CALLED = "called"
    IN_CALL = "in_call"
    INTERRUPTED = "interrupted"
    """The call has lost somebody, who may come back."""
    ON_HOLD = "on_hold"
    SERVED = "served"
    LEFT = "left"
    LOST = "lost"
    NO_SHOW = "no_show"
    CLOSED = "closed"
    REMOVED = "removed"
    TRANSFERRED = "transferred"


TALKING = frozenset({TicketState.IN_CALL, TicketState.INTERRUPTED, TicketState.ON_HOLD})
"""The states in which the call has begun and is not over."""
LIVE = TALKING | {TicketState.WAITING, TicketState.CALLED}
"""The states in which a ticket is in exactly one place of the counter."""


class Cause(StrEnum):
    """Why a ticket went back to a line without having been served."""

    NOT_ENTERED = "not_entered"
    NOT_SEEN = "not_seen"
    """No live page showed the ring."""
    LINE_LOST = "line_lost"
    CANCELLED = "cancelled"
    ATTENDANT_GONE = "attendant_gone"
    BOTH_GONE = "both_gone"
    SIGNED_OUT = "signed_out"
    RELEASED = "released"
    """The visitor was gone and the clerk did not wait."""
    OTHER_ATTENDANT = "other_attendant"
    """The clerk was gone and the visitor did not wait."""
    SENT_BACK = "sent_back"
    """To fetch something."""
    LOST_BACK = "lost_back"
    NO_SHOW_BACK = "no_show_back"
    """A place that was over was taken up again."""
    TRANSFERRED = "transferred"
    """To another unit; only in what a ticket has met."""


class FetchReason(StrEnum):
    """What somebody who was sent back is to fetch, or mend."""

    DOCUMENT = "document"
    TECHNICAL = "technical"
    OTHER = "other"


class CancelReason(StrEnum):
    """Why an attendant takes a ring back."""

    MISTAKE = "mistake"
    INTERRUPTED = "interrupted"
    TECHNICAL = "technical"


class RemoveReason(StrEnum):
    """Why staff take a ticket off the line."""

    CONDUCT = "conduct"
    DUPLICATE = "duplicate"
    TEST = "test"
    OTHER = "other"


class TierReason(StrEnum):
    """Why staff correct a tier."""

    UNDECLARED = "undeclared"
    """The person is entitled and had not said so."""
    MISTAKEN = "mistaken"
    DOCUMENT = "document"
    """What the person showed says otherwise."""


@dataclass(frozen=True, slots=True)
class Met:
    """Something that a ticket has met."""

    at_ms: Millis
    cause: Cause
    detail: str | None
    """The reason that a person chose; of a transfer, the unit it came from."""


class Media(StrEnum):
    """How the visitor takes part; each side chooses on its own."""

    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Visitor:
    """What the visitor said of themself. Kept with the live ticket only; no event and no log line carries it.

    `oab` and `case_number` are in canonical form (`OAB/MT 12345-A`, `0000001-44.2021.8.11.0041`) or None.
    """

    name: str
    role: Role
    oab: str | None
    case_number: str | None
    libras: bool = False
    """They speak Libras: whoever serves them calls an interpreter."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One visit's place as the store keeps it. Times are court time in ms; None where it has not happened."""

    id: TicketId
    court: CourtId
    unit: UnitId
    number: str
    state: TicketState
    rev: Rev
    tier: Tier
    band: int
    seq: int
    visitor: Visitor
    joined_ms: Millis
    present: bool
    tries: int
    """Rings nobody entered; the third ends in NO_SHOW."""
    original_position: int
    """People present ahead at joining, plus one."""
    receipt: str
    """The code of `/recibo/<code>`: 12 characters of Crockford base 32, in groups of four."""
    announced_low_min: int | None
    announced_high_min: int | None
    """The estimate told at joining, minutes, kept to be compared with what happened."""
    active_tab: TabId | None
    call: CallId | None
    attendant: AttendantId | None
    until_ms: Millis | None
    """How long it may be as it is, where that has an end: it rings, is interrupted, on hold, or fetches something."""
    more_time_used: bool
    near: bool
    """Two people ahead at most: told once, stays so."""
    passed_ms: Millis | None
    """When its turn came and it was away; 15 minutes later it is LOST."""
    restored: bool
    """A LOST place was taken up again; once."""
    head_start: bool
    """It began as the first of its tier, because an earlier ticket was CLOSED unserved."""
    head_start_until_ms: Millis | None
    """Of a CLOSED ticket: until when its receipt gives such a beginning, once."""
    came_back: bool
    """"Voltei" was said after NO_SHOW; once."""
    called_ms: Millis | None
    entered_ms: Millis | None
    ended_ms: Millis | None
    end_reason: str | None
    outcome: str | None
    fetching: bool
    """Sent back to fetch something: not nominated until ready."""
    note: str | None
    """What a clerk wrote down for whoever has the person next. Kept with the live ticket only, as the visitor is."""
    check: Check | None
    """What the check of the visitor's devices and internet found last."""
    past: tuple[Met, ...]
    """What it has met so far, the last twenty."""
    parent: TicketId | None
    """The ticket of another unit that it goes on from."""
    hops: int
    """How many transfers led here."""
    tier_reason: TierReason | None
    """Why staff corrected the tier, if they have."""


def back_until(ticket: Ticket, policy: Policy) -> Millis | None:
    """Until when its holder may take up again a place that is over, by being there; None where they may not."""
    if ticket.ended_ms is None:
        return None
    if ticket.state is TicketState.LOST and not ticket.restored:
        return Millis(ticket.ended_ms + policy.lost_back_s * 1000)
    if ticket.state is TicketState.NO_SHOW and not ticket.came_back:
        return Millis(ticket.ended_ms + policy.no_show_back_s * 1000)
    return None
