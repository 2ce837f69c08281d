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
}
"""Guests of a call, who have no visit, are in `test_guests.py`."""

OK: Final = None
"""Accepted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One command of one role."""

    stage: Stage
    """How far one's own visit is when it is said,"""
    own: Code | None
    """and what is answered; a state that is not this one is the only reason to refuse."""
    theirs: frozenset[Code] | None
    """The refusal when it is aimed at somebody else's visit or unit; None: it is about nobody's, or the role may."""


def line(stage: Stage, own: Code | None, *theirs: Code) -> Line:
    """A line of the matrix."""
    return Line(stage, own, frozenset(theirs) or None)


W, R, T, E = Stage.WAITING, Stage.RINGING, Stage.TALKING, Stage.OVER
MATRIX: Final[Mapping[str, Mapping[type[Wire], Line]]] = {
    "visitor": {
        say.Join: line(W, Code.TICKET_EXISTS),
        say.Leave: line(W, OK, Code.TICKET_UNKNOWN),
        say.ComeBack: line(W, Code.WRONG_STATE, Code.TICKET_UNKNOWN),
        say.RingSeen: line(R, OK, Code.TICKET_UNKNOWN),
        say.MoreTime: line(R, OK, Code.TICKET_UNKNOWN),
        say.Enter: line(R, OK, Code.TICKET_UNKNOWN),
        say.OtherAttendant: line(T, Code.WRONG_STATE, Code.TICKET_UNKNOWN),
        say.IsReady: line(W, Code.WRONG_STATE, Code.TICKET_UNKNOWN),
        say.ContinueHere: line(W, OK),
        quality.Checked: line(W, OK),
        say.Signal: line(T, OK, Code.NOT_MEMBER),
        say.Leg: line(T, OK, Code.NOT_MEMBER),
        quality.Measured: line(T, OK, Code.NOT_MEMBER),
        say.Replay: line(T, OK, Code.NOT_MEMBER),
        say.HangUp: line(T, OK, Code.CALL_UNKNOWN),
    },
    "attendant": {
        say.TakeOver: line(T, OK),
        say.ChooseUnits: line(W, OK, Code.NOT_YOUR_UNIT),
        say.SetStatus: line(W, OK),
        say.CallNext: line(W, OK),
        say.CallOutOfOrder: line(W, Code.NO_PERMISSION, Code.NO_PERMISSION, Code.WRONG_STATE),
        say.CancelCall: line(R, OK, Code.CALL_UNKNOWN),
        say.Finish: line(E, OK, Code.CALL_UNKNOWN),
        say.ExtendWrapUp: line(E, OK),
        quality.Measured: line(T, OK, Code.NOT_MEMBER),
        say.Suspend: line(W, OK, Code.NOT_YOUR_UNIT),
        say.ResumeUnit: line(W, Code.WRONG_STATE, Code.NOT_YOUR_UNIT),
        say.Signal: line(T, OK, Code.NOT_MEMBER),
        say.Leg: line(T, OK, Code.NOT_MEMBER),
        say.Replay: line(T, OK, Code.NOT_MEMBER),
        say.HangUp: line(T, OK, Code.CALL_UNKNOWN),
        guests.Invite: line(T, OK, Code.CALL_UNKNOWN),
        guests.AskColleague: line(T, Code.COLLEAGUE_BUSY, Code.CALL_UNKNOWN),
        guests.AskInterpreters: line(T, Code.NO_INTERPRETER, Code.CALL_UNKNOWN),
        guests.LetIn: line(T, Code.NOT_ASKED, Code.CALL_UNKNOWN),
        guests.RefuseOffer: line(T, Code.NOT_ASKED, Code.CALL_UNKNOWN),
        guests.StopAsking: line(T, OK, Code.CALL_UNKNOWN),
        guests.Come: line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        guests.Decline: line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        guests.Dismiss: line(T, Code.NOT_MEMBER, Code.CALL_UNKNOWN),
        desk.Note: line(T, OK, Code.CALL_UNKNOWN),
        desk.Hold: line(T, OK, Code.CALL_UNKNOWN),
        desk.Unhold: line(T, Code.WRONG_STATE, Code.CALL_UNKNOWN),
        desk.Release: line(T, Code.WRONG_STATE, Code.CALL_UNKNOWN),
        desk.SendBack: line(T, OK, Code.CALL_UNKNOWN),
        desk.Transfer: line(T, Code.UNIT_UNATTENDED, Code.CALL_UNKNOWN),
        desk.Remove: line(T, OK, Code.NOT_YOURS),
        desk.SetTier: line(T, OK, Code.NOT_YOURS),
    },
    "supervisor": {
        say.SignOut: line(W, Code.ATTENDANT_UNKNOWN),
        say.Suspend: line(W, OK),
        say.ResumeUnit: line(W, Code.WRONG_STATE),
        say.ClearFlood: line(W, OK),
        say.ShowLine: line(W, OK),
        desk.Remove: line(W, OK, Code.WRONG_STATE),
        desk.SetTier: line(W, OK),
    },
    "interpreter": {
        say.TakeOver: line(W, OK),
        say.SetStatus: line(W, OK),
        guests.Offer: line(W, Code.NO_CALL_THERE),
        guests.StopOffering: line(W, OK),
        guests.Come: line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        guests.Decline: line(T, Code.NOT_ASKED, Code.NOT_ASKED),
        say.Signal: line(T, Code.NOT_MEMBER, Code.NOT_MEMBER),
        say.Replay: line(T, Code.NOT_MEMBER, Code.NOT_MEMBER),
        say.HangUp: line(T, Code.CALL_UNKNOWN, Code.CALL_UNKNOWN),
    },
}
"""What each role may say, and about whom. A command of the wire without a line fails the fast tests."""
