"""An attendant: status (what the person says) × activity (what the counter knows)."""

from dataclasses import dataclass
from enum import StrEnum

from rooms.ids import AttendantId, CallId, Fence, Millis, TabId, TicketId, UnitId
from rooms.model.call import Outcome


class Status(StrEnum):
    """What the attendant says of themself."""

    AVAILABLE = "available"
    PAUSED = "paused"
    OFFLINE = "offline"


class Activity(StrEnum):
    """What the attendant is doing with a visitor."""

    IDLE = "idle"
    CALLING = "calling"
    IN_CALL = "in_call"
    WRAP_UP = "wrap_up"
    HELPING = "helping"
    """In the call of somebody else of the court."""


class PauseReason(StrEnum):
    """Why one pauses (`DESIGN.md` §4); the last two are the counter's own."""

    BREAK = "break"
    LUNCH = "lunch"
    INTERNAL = "internal"
    MEETING = "meeting"
    TECHNICAL = "technical"
    CANCELLED = "cancelled"
    VANISHED = "vanished"


CHOSEN_PAUSES = (PauseReason.BREAK, PauseReason.LUNCH, PauseReason.INTERNAL, PauseReason.MEETING, PauseReason.TECHNICAL)
"""The reasons a person may choose."""


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff as the directory knows them."""

    id: AttendantId
    name: str
    function: str
    """What visitors read after the name: `analista`."""
    units: tuple[UnitId, ...]
    attends: bool
    supervises: bool
    may_call_out_of_order: bool = False
    """Whether this person may call somebody whose turn it is not; each time with a reason, counted and reported."""
    interprets: bool = False
    """Whether this person interprets Libras, for all units of the court."""


@dataclass(frozen=True, slots=True)
class Attendant:
    """An attendant's desk as the store keeps it."""

    id: AttendantId
    name: str
    function: str
    status: Status
    pause: PauseReason | None
    activity: Activity
    units: tuple[UnitId, ...]
    """The units chosen for now, among the directory's."""
    since_ms: Millis
    """When status or activity last changed."""
    fence: Fence
    tab: TabId | None
    ticket: TicketId | None
    call: CallId | None
    wrap_until_ms: Millis | None
    wrap_extended: bool
    outcome: Outcome | None
    """In wrap-up, the outcome that is plain without being said."""
