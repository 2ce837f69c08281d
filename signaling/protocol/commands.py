"""What pages ask. One event, `command`, with an id chosen by the page; the acknowledgement is the `Answer`.

The same id with the same payload gets the same answer for ten minutes; with another payload it is refused.
"""

from enum import StrEnum
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, StringConstraints, TypeAdapter

from rooms.errors import Code
from rooms.model.attendant import PauseReason, Status
from rooms.model.call import Outcome, OutOfOrder
from rooms.model.ticket import CancelReason, Media, Role, Tier
from signaling.protocol.at_desk import Hold, Note, Release, Remove, SendBack, SetTier, Transfer, Unhold
from signaling.protocol.base import ChosenMs, Id, Ms, Slug, Wire
from signaling.protocol.guests import (
    AskColleague,
    AskInterpreters,
    Come,
    Decline,
    Dismiss,
    Invite,
    Invited,
    LetIn,
    Offer,
    RefuseOffer,
    StopAsking,
    StopOffering,
)
from signaling.protocol.quality import Checked, Measured
from signaling.protocol.signals import Ice, Party, Sent, SignalEntry

# ---------------------------------------------------------------------------------------------------- the visitor


class Join(Wire):
    """Take a ticket. Answer: `Joined`."""

    type: Literal["join"] = "join"
    unit: Slug
    name: Annotated[str, StringConstraints(max_length=120)]
    role: Role
    oab: Annotated[str, StringConstraints(max_length=40)] | None
    case_number: Annotated[str, StringConstraints(max_length=60)] | None
    tier: Tier
    terms: bool
    head_start: Annotated[str, StringConstraints(max_length=20)] | None = None
    """The receipt of a ticket that the unit's closing ended: this one is then the first of its tier, once."""
    libras: bool = False
    """They speak Libras, and ask for an interpreter."""


class Leave(Wire):
    """Give the place up; final."""

    type: Literal["leave"] = "leave"
    rev: int


class ComeBack(Wire):
    """The button "Voltei", after rings that nobody entered; once, while `back_until_ms` has not passed."""

    type: Literal["come_back"] = "come_back"
    rev: int


class RingSeen(Wire):
    """The ring is on a live page. Answer: `Ready`."""

    type: Literal["ring_seen"] = "ring_seen"
    call: Id


class MoreTime(Wire):
    """The button "Preciso de mais tempo", once."""

    type: Literal["more_time"] = "more_time"
    rev: int


class Enter(Wire):
    """The button "Entrar"."""

    type: Literal["enter"] = "enter"
    call: Id
    media: Media


class OtherAttendant(Wire):
    """Do not wait for an attendant who is gone from the call: back in line, first of one's tier."""

    type: Literal["other_attendant"] = "other_attendant"
    call: Id


class IsReady(Wire):
    """The button "Já voltei": what was to be fetched is there."""

    type: Literal["ready"] = "ready"
    rev: int


class ContinueHere(Wire):
    """Make this page the active one."""

    type: Literal["continue_here"] = "continue_here"


# ---------------------------------------------------------------------------------------------------- in a call


class Signal(Wire):
    """Say something in a call: to one of those in it, or (None) to all of them.

    What belongs to a leg with a guest is for that one alone, and names it.
    """

    type: Literal["signal"] = "signal"
    call: Id
    to: Party | None
    body: Sent


class Leg(Wire):
    """Whether this page hears the other one, by their own heartbeat; said on every change, and by a new page."""

    type: Literal["leg"] = "leg"
    call: Id
    alive: bool


class Replay(Wire):
    """The call's log behind `after` (None: from its beginning). Answer: `Replayed`. Asked as often as needed."""

    type: Literal["replay"] = "replay"
    call: Id
    after: Annotated[str, StringConstraints(pattern=r"^\d{1,16}-\d{1,10}$")] | None


class HangUp(Wire):
    """End the call for everybody; a guest only leaves it."""

    type: Literal["hang_up"] = "hang_up"
    call: Id


# ---------------------------------------------------------------------------------------------------- the attendant


class TakeOver(Wire):
    """Use the desk on this page; the page that had it is told."""

    type: Literal["take_over"] = "take_over"


class ChooseUnits(Wire):
    """Attend these of one's units."""

    type: Literal["choose_units"] = "choose_units"
    units: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=20, strict=False)]


class SetStatus(Wire):
    """Available, paused (with a reason a person may choose), offline."""

    type: Literal["set_status"] = "set_status"
    status: Status
    pause: PauseReason | None


class CallNext(Wire):
    """Call the lawfully next. Answer: `Ringing`."""

    type: Literal["call_next"] = "call_next"


class CallOutOfOrder(Wire):
    """Call somebody whose turn it is not; needs the permission, and is reported with the reason. Answer: `Ringing`."""

    type: Literal["call_out_of_order"] = "call_out_of_order"
    ticket: Id
    reason: OutOfOrder


class CancelCall(Wire):
    """Take the ring back; the person stays first of their tier."""

    type: Literal["cancel_call"] = "cancel_call"
    call: Id
    reason: CancelReason


class Finish(Wire):
    """The outcome of the call that ended; ready for the next."""

    type: Literal["finish"] = "finish"
    call: Id
    outcome: Outcome


class ExtendWrapUp(Wire):
    """More time before the next, up to five minutes in all."""

    type: Literal["extend_wrap_up"] = "extend_wrap_up"


# ---------------------------------------------------------------------------------------------------- staff


class Suspend(Wire):
    """The unit gives out no tickets for a while; whoever is inside stays. Attendants: of their own units."""

    type: Literal["suspend"] = "suspend"
    unit: Slug
    message: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    """What people read."""
    alternative: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None
    """Where to go instead."""
    until_ms: ChosenMs | None
    """Ends by itself then; None: when somebody says `resume_unit`."""


class ResumeUnit(Wire):
    """The unit gives out tickets again."""

    type: Literal["resume_unit"] = "resume_unit"
    unit: Slug


# ---------------------------------------------------------------------------------------------------- the supervisor


class SignOut(Wire):
    """Sign a stuck attendant out."""

    type: Literal["sign_out"] = "sign_out"
    attendant: Slug


class ClearFlood(Wire):
    """A network that was limited may ask again."""

    type: Literal["clear_flood"] = "clear_flood"
    network: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class ShowLine(Wire):
    """Who waits in a unit, without names. Answer: `Line`."""

    type: Literal["show_line"] = "show_line"
    unit: Slug


VisitorCommand = Annotated[
    Join
    | Leave
    | ComeBack
    | RingSeen
    | MoreTime
    | Enter
    | OtherAttendant
    | IsReady
    | ContinueHere
    | Checked
    | Signal
    | Leg
    | Measured
    | Replay
    | HangUp,
    Field(discriminator="type"),
]
AttendantCommand = Annotated[
    TakeOver
    | ChooseUnits
    | SetStatus
    | Suspend
    | ResumeUnit
    | CallNext
    | CallOutOfOrder
    | CancelCall
    | Note
    | Hold
    | Unhold
    | Release
    | SendBack
    | Transfer
    | Remove
    | SetTier
    | Invite
    | AskColleague
    | AskInterpreters
    | LetIn
    | RefuseOffer
    | StopAsking
    | Come
    | Decline
    | Dismiss
    | Finish
    | ExtendWrapUp
    | Signal
    | Leg
    | Measured
    | Replay
    | HangUp,
    Field(discriminator="type"),
]
SupervisorCommand = Annotated[
    SignOut | Suspend | ResumeUnit | ClearFlood | ShowLine | Remove | SetTier, Field(discriminator="type")
]
InterpreterCommand = Annotated[
    TakeOver | SetStatus | Offer | StopOffering | Come | Decline | Signal | Replay | HangUp, Field(discriminator="type")
]
GuestCommand = Annotated[Signal | Replay | HangUp, Field(discriminator="type")]


EVERY_COMMAND: Final = frozenset(
    name
    for role in (VisitorCommand, AttendantCommand, SupervisorCommand, InterpreterCommand, GuestCommand)
    for command in get_args(get_args(role)[0])
    for name in get_args(command.model_fields["type"].annotation)
)
"""The names of all roles' commands: one that exists, but not here, is refused as another role's."""


class VisitorAsk(Wire):
    """The payload of `command` on `/visitor`."""

    id: Id
    command: VisitorCommand


class AttendantAsk(Wire):
    """The payload of `command` on `/attendant`."""

    id: Id
    command: AttendantCommand


class SupervisorAsk(Wire):
    """The payload of `command` on `/supervisor`."""

    id: Id
    command: SupervisorCommand


class InterpreterAsk(Wire):
    """The payload of `command` on `/interpreter`."""

    id: Id
    command: InterpreterCommand


class GuestAsk(Wire):
    """The payload of `command` on `/guest`."""

    id: Id
    command: GuestCommand


class Hello(Wire):
    """The `auth` of the Socket.IO handshake: which page this is; `opened`: its first connection."""

    tab: Id
    opened: bool


# ---------------------------------------------------------------------------------------------------- answers


class WireCode(StrEnum):
    """Refusals of the way in, beside the counter's own (`rooms.errors.Code`)."""

    BAD_MESSAGE = "bad_message"
    TOO_LARGE = "too_large"
    TOO_MANY_MESSAGES = "too_many_messages"
    NO_SESSION = "no_session"
    FOREIGN_ORIGIN = "foreign_origin"
    OTHER_ROLE = "other_role"
    NOT_FOUND = "not_found"
    FOREIGN_SERVICE = "foreign_service"
    STARTING = "starting"
    CHECK_OVER = "check_over"


class Joined(Wire):
    """A place in line."""

    type: Literal["joined"] = "joined"
    ticket: Id
    number: str
    rev: int


class Ready(Wire):
    """What to connect with; given for a ring only."""

    type: Literal["ready"] = "ready"
    ice: Ice


class Ringing(Wire):
    """Somebody is being called."""

    type: Literal["ringing"] = "ringing"
    call: Id
    ticket: Id
    ice: Ice


class Replayed(Wire):
    """Entries of a call's log in order; `more`: ask again behind the last. `ice` as for a ring."""

    type: Literal["replayed"] = "replayed"
    entries: tuple[SignalEntry, ...]
    more: bool
    ice: Ice


class Forwarded(Wire):
    """The person waits at another unit, under this number."""

    type: Literal["forwarded"] = "forwarded"
    number: str


class Place(Wire):
    """Somebody in a line, no name."""

    ticket: Id
    rev: int
    number: str
    tier: Tier
    joined_ms: Ms
    present: bool


class Line(Wire):
    """A unit's line in the lawful order, the first fifty."""

    type: Literal["line"] = "line"
    places: tuple[Place, ...]


class Done(Wire):
    """It is done; `rev` where a ticket's version rose."""

    type: Literal["done"] = "done"
    rev: int | None = None


Result = Annotated[Joined | Ready | Ringing | Replayed | Invited | Forwarded | Line | Done, Field(discriminator="type")]


class Accepted(Wire):
    """The command was carried out (now, or earlier under the same id)."""

    ok: Literal[True] = True
    result: Result


class Refused(Wire):
    """The command was refused: a stable code, and facts for the sentence.

    They are `field`, `waiting`, `retry_s`, `ticket`, `hops`, as the code has use for.
    """

    ok: Literal[False] = False
    code: Code | WireCode
    details: dict[str, str | int] = {}


Answer = Annotated[Accepted | Refused, Field(discriminator="ok")]
ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
