"""A call: a conversation of a visitor and an attendant, its state and its log."""

from dataclasses import dataclass
from enum import StrEnum

from rooms.ids import AttendantId, CallId, EntryId, Millis, ParticipantId, TicketId, UnitId
from rooms.model.ticket import Media

VISITOR = ParticipantId("visitor")
ATTENDANT = ParticipantId("attendant")
GUESTS = (ParticipantId("guest_1"), ParticipantId("guest_2"))
"""The seats beside the two whose call it is."""


class CallState(StrEnum):
    """`RINGING` until the visitor enters; `ENDED` is final. The three between are the ticket's own."""

    RINGING = "ringing"
    ACTIVE = "active"
    INTERRUPTED = "interrupted"
    ON_HOLD = "on_hold"
    ENDED = "ended"


class Gone(StrEnum):
    """Who is missing in an interrupted call."""

    VISITOR = "visitor"
    ATTENDANT = "attendant"
    BOTH = "both"


class GuestKind(StrEnum):
    """Why somebody is in a call that is not theirs."""

    COMPANION = "companion"
    """Comes with the visitor, by a link."""
    INTERPRETER = "interpreter"
    """Interprets Libras, the Brazilian sign language."""
    COLLEAGUE = "colleague"


class WhyLeft(StrEnum):
    """Why a guest's seat is free again."""

    LEFT = "left"
    DISMISSED = "dismissed"
    """By the attendant."""
    GONE = "gone"
    """Silent for longer than a line may be."""
    OVER = "over"
    """The call has ended."""


class NotComing(StrEnum):
    """Why nobody of those asked into a call comes."""

    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    """They have taken on somebody else, or left the desk."""


class Outcome(StrEnum):
    """What the visit came to, chosen by the attendant in one click (`DESIGN.md` §4)."""

    INFORMED = "informed"
    FORWARDED = "forwarded"
    RETURN_BOOKED = "return_booked"
    OTHER_UNIT = "other_unit"
    UNRESOLVED = "unresolved"
    INTERRUPTED = "interrupted"


class OutOfOrder(StrEnum):
    """Why somebody is called although it is not their turn."""

    URGENT = "urgent"
    HEARING = "hearing"
    """A hearing or a deadline is about to begin or to end."""
    COMPANION = "companion"
    """They belong to somebody who has just been attended."""
    OTHER = "other"


class EndOfCall(StrEnum):
    """Why a call ended; `by` says which side where there is one."""

    HUNG_UP = "hung_up"
    NOT_ENTERED = "not_entered"
    CANCELLED = "cancelled"
    VISITOR_LEFT = "visitor_left"
    VISITOR_GONE = "visitor_gone"
    ATTENDANT_GONE = "attendant_gone"
    BOTH_GONE = "both_gone"
    SIGNED_OUT = "signed_out"
    RELEASED = "released"
    OTHER_ATTENDANT = "other_attendant"
    SENT_BACK = "sent_back"
    REMOVED = "removed"
    TRANSFERRED = "transferred"


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody of the court was asked into a call: it rings until then, or it is known why nobody comes."""

    kind: GuestKind
    name: str | None
    """Whom, where it was one."""
    until_ms: Millis | None
    answer: NotComing | None


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the store keeps it."""

    id: CallId
    state: CallState
    unit: UnitId
    ticket: TicketId
    attendant: AttendantId
    rung_ms: Millis
    seen_ms: Millis | None
    started_ms: Millis | None
    ended_ms: Millis | None
    ended_by: ParticipantId | None
    end: EndOfCall | None
    gone: Gone | None
    """Who is missing, while it is interrupted."""
    interrupted_ms: Millis | None
    media: Media | None = None
    """How the visitor entered; None until then."""
    invited_until_ms: Millis | None = None
    """Until when a link that nobody has used yet lets somebody else in."""
    asked: Asked | None = None
    """Who of the court was asked in last, until they come."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of a call's log, the same in `{court}:signals` and in `{court}:call:<id>`.

    `n` is the court's contiguous counter of signals; `to` is None for everybody in the call; `kind` and `body`
    (JSON) are declared by the wire (`signaling.protocol`), the counter does not read them.
    """

    id: EntryId
    n: int
    call: CallId
    ticket: TicketId
    attendant: AttendantId
    at_ms: Millis
    sender: ParticipantId | None
    to: ParticipantId | None
    kind: str
    body: str

    def concerns(self, seat: ParticipantId) -> bool:
        """Whether the page in this seat may read it: said to all, to it, or by it or a page there before."""
        return self.to is None or seat in {self.to, self.sender}


def position(entry: EntryId) -> tuple[int, int]:
    """A stream id as it is ordered."""
    milliseconds, _, sequence = entry.partition("-")
    return int(milliseconds), int(sequence)
