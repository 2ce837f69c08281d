"""Every command of the wire, aimed at a visit; what is answered to who says it of their own, or of somebody else's."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, get_args

from rooms.errors import Code
from rooms.model.attendant import Status
from rooms.model.call import Outcome, OutOfOrder
from rooms.model.ticket import CancelReason, FetchReason, Media, RemoveReason, Role, Tier, TierReason
from signaling.protocol import at_desk as desk
from signaling.protocol import commands as say
from signaling.protocol import guests, quality
from signaling.protocol.base import Wire
from signaling.protocol.signals import Chat
from tests import scene


@dataclass(frozen=True, slots=True)
class Visit:
    """What somebody may have learned about a visit: over a shoulder, from a log, by a guess that was right."""

    unit: str
    ticket: str
    rev: int
    call: str


class Stage(StrEnum):
    """How far a visit is."""

    WAITING = "waiting"
    RINGING = "ringing"
    TALKING = "talking"
    OVER = "over"
    """and the clerk has yet to say how it ended."""


FOUND: Final = quality.Found(**asdict(scene.FOUND))
MEASURE: Final = quality.Measure(**asdict(scene.MEASURE))

AIMED: Final[Mapping[type[Wire], Callable[[Visit], Wire]]] = {
    say.Join: lambda at: say.Join(
        unit=at.unit, name="Eva Reis", role=Role.PARTY, oab=None, case_number=None, tier=Tier.EVERYONE, terms=True
    ),
    say.Leave: lambda at: say.Leave(rev=at.rev),
    say.ComeBack: lambda at: say.ComeBack(rev=at.rev),
    say.RingSeen: lambda at: say.RingSeen(call=at.call),
    say.MoreTime: lambda at: say.MoreTime(rev=at.rev),
    say.Enter: lambda at: say.Enter(call=at.call, media=Media.VIDEO),
    say.OtherAttendant: lambda at: say.OtherAttendant(call=at.call),
    say.IsReady: lambda at: say.IsReady(rev=at.rev),
    say.ContinueHere: lambda _: say.ContinueHere(),
    say.Signal: lambda at: say.Signal(call=at.call, to=None, body=Chat(text="oi")),
    quality.Checked: lambda _: quality.Checked(ago_s=0, found=FOUND),
    quality.Measured: lambda at: quality.Measured(call=at.call, measure=MEASURE),
    say.Leg: lambda at: say.Leg(call=at.call, alive=True),
    say.Replay: lambda at: say.Replay(call=at.call, after=None),
    say.HangUp: lambda at: say.HangUp(call=at.call),
    say.TakeOver: lambda _: say.TakeOver(),
    say.ChooseUnits: lambda at: say.ChooseUnits(units=(at.unit,)),
    say.SetStatus: lambda _: say.SetStatus(status=Status.AVAILABLE, pause=None),
    say.CallNext: lambda _: say.CallNext(),
    say.CallOutOfOrder: lambda at: say.CallOutOfOrder(ticket=at.ticket, reason=OutOfOrder.URGENT),
    say.CancelCall: lambda at: say.CancelCall(call=at.call, reason=CancelReason.MISTAKE),
    say.Finish: lambda at: say.Finish(call=at.call, outcome=Outcome.INFORMED),
    say.ExtendWrapUp: lambda _: say.ExtendWrapUp(),
    say.Suspend: lambda at: say.Suspend(unit=at.unit, message="Sem sistema.", alternative=None, until_ms=None),
    say.ResumeUnit: lambda at: say.ResumeUnit(unit=at.unit),
    say.SignOut: lambda _: say.SignOut(attendant="nobody"),
    say.ClearFlood: lambda _: say.ClearFlood(network="0" * 16),
    say.ShowLine: lambda at: say.ShowLine(unit=at.unit),
    guests.Invite: lambda at: guests.Invite(call=at.call, kind="companion"),
    guests.AskColleague: lambda at: guests.AskColleague(call=at.call, colleague="carla"),
    guests.AskInterpreters: lambda at: guests.AskInterpreters(call=at.call),
    guests.LetIn: lambda at: guests.LetIn(call=at.call),
    guests.RefuseOffer: lambda at: guests.RefuseOffer(call=at.call),
    guests.Offer: lambda at: guests.Offer(unit=at.unit),
    guests.StopOffering: lambda _: guests.StopOffering(),
    guests.StopAsking: lambda at: guests.StopAsking(call=at.call),
    guests.Come: lambda at: guests.Come(call=at.call),
    guests.Decline: lambda at: guests.Decline(call=at.call),
    guests.Dismiss: lambda at: guests.Dismiss(call=at.call, party="guest_1"),
    desk.Note: lambda at: desk.Note(call=at.call, text="de outra pessoa"),
    desk.Hold: lambda at: desk.Hold(call=at.call),
    desk.Unhold: lambda at: desk.Unhold(call=at.call),
    desk.Release: lambda at: desk.Release(call=at.call),
    desk.SendBack: lambda at: desk.SendBack(call=at.call, reason=FetchReason.DOCUMENT),
    desk.Transfer: lambda at: desk.Transfer(call=at.call, unit="familia-2-cuiaba"),
    desk.Remove: lambda at: desk.Remove(ticket=at.ticket, reason=RemoveReason.DUPLICATE),
    desk.SetTier: lambda at: desk.SetTier(ticket=at.ticket, rev=at.rev, tier=Tier.EVERYONE, reason=TierReason.MISTAKEN),
}
"""One line for each command. A command without one fails the fast tests."""


def commands_of(union: Any) -> tuple[type[Wire], ...]:
    """The commands that a role may say, from the wire's own declaration."""
    return get_args(get_args(union)[0])


SPOKEN: Final[Mapping[str, tuple[type[Wire], ...]]] = {
    "visitor": commands_of(say.VisitorCommand),
    "attendant": commands_of(say.AttendantCommand),
    "supervisor": commands_of(say.SupervisorCommand),
    "interpreter": commands_of(say.InterpreterCommand),
    "guest": commands_of(say.GuestCommand),
}

OK: Final = None
"""Accepted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One command from one seat."""

    stage: Stage
    """How far the visit is when it is said,"""
    own: Code | None
    """and what is answered; a state that is not this one is the only reason to refuse whose visit it is."""
    theirs: Code | None = None
    """The refusal when it is aimed at somebody else's visit or unit; None: it is about nobody's, or the role may."""


W, R, T, E = Stage.WAITING, Stage.RINGING, Stage.TALKING, Stage.OVER
ROLES: Final[Mapping[str, Mapping[type[Wire], Line]]] = {
    "visitor": {
        say.Join: Line(W, Code.TICKET_EXISTS),
        say.Leave: Line(W, OK, Code.TICKET_UNKNOWN),
        say.ComeBack: Line(W, Code.WRONG_STATE, Code.TICKET_UNKNOWN),
        say.RingSeen: Line(R, OK, Code.TICKET_UNKNOWN),
        say.MoreTime: Line(R, OK, Code.TICKET_UNKNOWN),
        say.Enter: Line(R, OK, Code.TICKET_UNKNOWN),
        say.OtherAttendant: Line(T, Code.WRONG_STATE, Code.TICKET_UNKNOWN),
        say.IsReady: Line(W, Code.WRONG_STATE, Code.TICKET_UNKNOWN),
        say.ContinueHere: Line(W, OK),
        quality.Checked: Line(W, OK),
        say.Signal: Line(T, OK, Code.NOT_MEMBER),
        say.Leg: Line(T, OK, Code.NOT_MEMBER),
        quality.Measured: Line(T, OK, Code.NOT_MEMBER),
        say.Replay: Line(T, OK, Code.NOT_MEMBER),
        say.HangUp: Line(T, OK, Code.CALL_UNKNOWN),
    },
    "attendant": {
        say.TakeOver: Line(T, OK),
        say.ChooseUnits: Line(W, OK, Code.NOT_YOUR_UNIT),
        say.SetStatus: Line(W, OK),
        say.CallNext: Line(W, OK),
        say.CallOutOfOrder: Line(W, Code.NO_PERMISSION, Code.NO_PERMISSION),
        say.CancelCall: Line(R, OK, Code.CALL_UNKNOWN),
        say.Finish: Line(E, OK, Code.CALL_UNKNOWN),
        say.ExtendWrapUp: Line(E, OK),
        quality.Measured: Line(T, OK, Code.NOT_MEMBER),
        say.Suspend: Line(W, OK, Code.NOT_YOUR_UNIT),
        say.ResumeUnit: Line(W, Code.WRONG_STATE, Code.NOT_YOUR_UNIT),
        say.Signal: Line(T, OK, Code.NOT_MEMBER),
        say.Leg: Line(T, OK, Code.NOT_MEMBER),
        say.Replay: Line(T, OK, Code.NOT_MEMBER),
        say.HangUp: Line(T, OK, Code.CALL_UNKNOWN),
        guests.Invite: Line(T, OK, Code.CALL_UNKNOWN),
        guests.AskColleague: Line(T, Code.COLLEAGUE_BUSY, Code.CALL_UNKNOWN),
        guests.AskInterpreters: Line(T, Code.NO_INTERPRETER, Code.CALL_UNKNOWN),
        guests.LetIn: Line(T, Code.NOT_ASKED, Code.CALL_UNKNOWN),
        guests.RefuseOffer: Line(T, Code.NOT_ASKED, Code.CALL_UNKNOWN),
        guests.StopAsking: Line(T, OK, Code.CALL_UNKNOWN),
        guests.Come: Line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        guests.Decline: Line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        guests.Dismiss: Line(T, Code.NOT_MEMBER, Code.CALL_UNKNOWN),
        desk.Note: Line(T, OK, Code.CALL_UNKNOWN),
        desk.Hold: Line(T, OK, Code.CALL_UNKNOWN),
        desk.Unhold: Line(T, Code.WRONG_STATE, Code.CALL_UNKNOWN),
        desk.Release: Line(T, Code.WRONG_STATE, Code.CALL_UNKNOWN),
        desk.SendBack: Line(T, OK, Code.CALL_UNKNOWN),
        desk.Transfer: Line(T, Code.UNIT_UNATTENDED, Code.CALL_UNKNOWN),
        desk.Remove: Line(T, OK, Code.NOT_YOURS),
        desk.SetTier: Line(T, OK, Code.NOT_YOURS),
    },
    "supervisor": {
        say.SignOut: Line(W, Code.ATTENDANT_UNKNOWN),
        say.Suspend: Line(W, OK),
        say.ResumeUnit: Line(W, Code.WRONG_STATE),
        say.ClearFlood: Line(W, OK),
        say.ShowLine: Line(W, OK),
        desk.Remove: Line(W, OK, Code.WRONG_STATE),
        desk.SetTier: Line(W, OK),
    },
    "interpreter": {
        say.TakeOver: Line(W, OK),
        say.SetStatus: Line(W, OK),
        guests.Offer: Line(W, Code.NO_CALL_THERE),
        guests.StopOffering: Line(W, OK),
        guests.Come: Line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        guests.Decline: Line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        say.Signal: Line(T, Code.NOT_MEMBER, Code.NOT_MEMBER),
        say.Replay: Line(T, Code.NOT_MEMBER, Code.NOT_MEMBER),
        say.HangUp: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
    },
    "guest": {
        say.Signal: Line(T, OK, Code.NOT_MEMBER),
        say.Replay: Line(T, OK, Code.NOT_MEMBER),
        say.HangUp: Line(T, OK, Code.NOT_MEMBER),
    },
}
"""What each role may say on the page that has its seat, and about whom. Of the attendants it is one who calls nobody
out of order."""

HELPING: Final[Mapping[str, Mapping[type[Wire], Line]]] = {
    "attendant": {
        say.TakeOver: Line(T, OK),
        say.ChooseUnits: Line(T, OK),
        say.SetStatus: Line(T, OK),
        say.CallNext: Line(T, Code.WRONG_STATE),
        say.CallOutOfOrder: Line(T, Code.WRONG_STATE, Code.WRONG_STATE),
        say.CancelCall: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        say.Finish: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        say.ExtendWrapUp: Line(T, Code.WRONG_STATE),
        quality.Measured: Line(T, Code.NOT_MEMBER, Code.NOT_MEMBER),
        say.Suspend: Line(T, OK),
        say.ResumeUnit: Line(T, Code.WRONG_STATE),
        say.Signal: Line(T, OK, Code.NOT_MEMBER),
        say.Leg: Line(T, Code.NOT_MEMBER, Code.NOT_MEMBER),
        say.Replay: Line(T, OK, Code.NOT_MEMBER),
        say.HangUp: Line(T, OK, Code.CALL_UNKNOWN),
        guests.Invite: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        guests.AskColleague: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        guests.AskInterpreters: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        guests.LetIn: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        guests.RefuseOffer: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        guests.StopAsking: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        guests.Come: Line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        guests.Decline: Line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        guests.Dismiss: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        desk.Note: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        desk.Hold: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        desk.Unhold: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        desk.Release: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        desk.SendBack: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        desk.Transfer: Line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
        desk.Remove: Line(T, Code.NOT_YOURS, Code.NOT_YOURS),
        desk.SetTier: Line(T, Code.NOT_YOURS, Code.NOT_YOURS),
    },
    "interpreter": {
        say.TakeOver: Line(T, OK),
        say.SetStatus: Line(T, OK),
        guests.Offer: Line(T, Code.WRONG_STATE),
        guests.StopOffering: Line(T, OK),
        guests.Come: Line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        guests.Decline: Line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        say.Signal: Line(T, OK, Code.NOT_MEMBER),
        say.Replay: Line(T, OK, Code.NOT_MEMBER),
        say.HangUp: Line(T, OK, Code.CALL_UNKNOWN),
    },
}
"""Whoever came into somebody else's call from their own desk talks in it and leaves it; it is not their call."""


def on(role: str, refused: Code, *accepted: type[Wire], **others: Code) -> dict[type[Wire], Line]:
    """A page that is not the one with the seat: refused, but for these."""
    return {
        command: Line(line.stage, OK if command in accepted else others.get(command.__name__, refused))
        for command, line in ROLES[role].items()
    }


SEATS: Final[Mapping[str, Mapping[type[Wire], Line]]] = {
    **ROLES,
    **{f"helping {role}": lines for role, lines in HELPING.items()},
    "mirrored visitor": {
        command: Line(
            line.stage,
            Code.NOT_ACTIVE_PAGE
            if command in {say.RingSeen, say.Enter, say.Signal, say.Leg, quality.Measured}
            else line.own,
        )
        for command, line in ROLES["visitor"].items()
    },
    "mirrored guest": on("guest", Code.NOT_ACTIVE_PAGE, say.Replay, say.HangUp),
    # the desk was open on another page when this one came, and it has no fence
    "mirrored attendant": on("attendant", Code.DESK_ELSEWHERE, say.TakeOver),
    "mirrored interpreter": on("interpreter", Code.DESK_ELSEWHERE, say.TakeOver),
    # another page has taken the desk over since, and its fence is old; what is about no desk is the person's still
    "replaced attendant": on(
        "attendant",
        Code.STALE_FENCE,
        say.TakeOver,
        say.Replay,
        say.Suspend,
        ResumeUnit=Code.WRONG_STATE,
        CallOutOfOrder=Code.NO_PERMISSION,
    ),
}
"""Every seat, and what is answered to it. `role_of` says whose words it has."""


def role_of(seat: str) -> str:
    """The role on the wire."""
    return seat.rpartition(" ")[2]


PERMITTED: Final = {say.CallOutOfOrder: Code.WRONG_STATE}
"""Of an attendant who may call out of order, and is busy: what differs in `theirs`."""
WITH_A_TICKET: Final = {
    say.RingSeen: Code.CALL_UNKNOWN,
    say.Enter: Code.CALL_UNKNOWN,
    say.OtherAttendant: Code.CALL_UNKNOWN,
    say.Signal: Code.NOT_MEMBER,
    say.Leg: Code.NOT_MEMBER,
    quality.Measured: Code.NOT_MEMBER,
    say.Replay: Code.NOT_MEMBER,
    say.HangUp: Code.CALL_UNKNOWN,
}
"""What a visitor who is in line too is answered about somebody else's call."""
ELSEWHERE: Final = {desk.Remove: Code.TICKET_UNKNOWN, desk.SetTier: Code.TICKET_UNKNOWN}
"""Of another court's people, to whom a ticket of this one is none: what differs in `theirs`."""
