"""Somebody else in a call: a companion, an interpreter, a colleague."""

from dataclasses import dataclass
from typing import Final

from rooms.ids import AttendantId, CallId, EntryId, GuestId, Millis, ParticipantId, TabId, UnitId
from rooms.model.call import Call, GuestKind, LogEntry, NotComing, WhyLeft, position

SECONDS_INVITED: Final = 600
"""How long a link may be used."""
SECONDS_ASKED: Final = 30
"""How long it rings at the desk of somebody of the court."""
_OF_A_LEG: Final = frozenset({"description", "candidate", "rejoin"})


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest as the store keeps them. `name` is what they typed; it lives as long as the call."""

    id: GuestId
    call: CallId
    kind: GuestKind
    name: str
    function: str | None
    """Of somebody of the court."""
    party: ParticipantId
    since: EntryId
    """The log's entry with which they took their seat."""
    tab: TabId | None
    """Their active page."""
    left: WhyLeft | None

    def may_read(self, entry: LogEntry) -> bool:
        """Whether this is for them: what the counter said of the call; of people's words, those since they came.

        Never what belongs to a leg of two others, nor to whoever had the seat before.
        """
        if entry.to is None and entry.kind != "chat":
            return entry.kind not in _OF_A_LEG
        return entry.concerns(self.party) and position(entry.id) >= position(self.since)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link brings into, until then."""

    call: CallId
    unit: UnitId
    attendant: AttendantId
    kind: GuestKind
    until_ms: Millis


@dataclass(frozen=True, slots=True)
class AskedIn:
    """It rings at a desk: somebody asks for help in their call, until then."""

    call: CallId
    unit: UnitId
    number: str
    """The ticket's."""
    name: str
    """Who asks, and their function."""
    function: str
    kind: GuestKind
    """In what capacity."""
    until_ms: Millis


@dataclass(frozen=True, slots=True)
class Helping:
    """The call that somebody helps in from their own desk, and their seat."""

    guest: Guest
    call: Call
    number: str
    """The ticket's."""
    until_ms: Millis | None
    """How long the call may be interrupted, or on hold."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An interpreter offers a unit to come into a call: it rings until then, or it is known why nobody let them in."""

    unit: UnitId
    until_ms: Millis | None
    answer: NotComing | None


@dataclass(frozen=True, slots=True)
class Offered:
    """It rings at a desk that talks: an interpreter offers to come, until then."""

    interpreter: AttendantId
    name: str
    function: str
    until_ms: Millis
