"""Every way in which a ticket comes from one state into another: the one table.

The scripts make the moves; `tests/model` holds them to this table, and the diagram of `rooms/README.md` is written from
it (`python -m rooms.model.diagram`). A move that is not here is a bug, and so is a row that never happens.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rooms.model.events import EventKind
from rooms.model.ticket import TicketState


class Actor(StrEnum):
    """Whose doing a move is; `HOUSE` is a deadline that is over, or the closing hour."""

    VISITOR = "visitor"
    ATTENDANT = "attendant"
    SUPERVISOR = "supervisor"
    HOUSE = "house"


class Effect(StrEnum):
    """What a move does to the place in line besides the state."""

    NEW = "new"
    """A key is given."""
    CARRIED = "carried"
    """The tier and the sequence of the ticket that this one goes on from; the tries begin anew."""
    KEPT = "kept"
    """Key and tries are as they were."""
    TRY = "try"
    """The key is kept, a try is counted."""
    AGAIN = "again"
    """The key is kept, one ring more is to come."""
    FIRST = "first"
    """Band 0: the first of the own tier; not for somebody who rang out of order."""
    OVER = "over"
    """There is no place any more."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row: from a state, for a cause, to a state; told by an event that names the cause and the actor."""

    source: TicketState | None
    """None: there was no ticket."""
    cause: str
    to: TicketState
    event: EventKind
    actor: Actor
    effect: Effect
    when: str
    """The occasion in words."""


_S: Final = TicketState
WAITING, CALLED, IN_CALL, INTERRUPTED, ON_HOLD = _S.WAITING, _S.CALLED, _S.IN_CALL, _S.INTERRUPTED, _S.ON_HOLD
SERVED, LEFT, LOST, NO_SHOW, CLOSED = _S.SERVED, _S.LEFT, _S.LOST, _S.NO_SHOW, _S.CLOSED
REMOVED, TRANSFERRED = _S.REMOVED, _S.TRANSFERRED
VISITOR, ATTENDANT, SUPERVISOR, HOUSE = Actor
NEW, CARRIED, KEPT, TRY, AGAIN, FIRST, OVER = Effect
RETURNED, ENDED, CUT = EventKind.TICKET_RETURNED, EventKind.TICKET_ENDED, EventKind.TICKET_INTERRUPTED


def _of_a_call(state: TicketState) -> tuple[Move, ...]:
    """The moves out of a call that has begun, whether they talk, are interrupted or on hold."""
    return (
        Move(state, "hung_up", SERVED, ENDED, VISITOR, OVER, "hangs up, or leaves"),
        Move(state, "hung_up", SERVED, ENDED, ATTENDANT, OVER, "the clerk hangs up"),
        Move(state, "sent_back", WAITING, RETURNED, ATTENDANT, KEPT, "fetches something, not called until ready"),
        Move(state, "transferred", TRANSFERRED, ENDED, ATTENDANT, OVER, "waits at another unit, under another number"),
        Move(state, "removed", REMOVED, ENDED, ATTENDANT, OVER, "the clerk removes the ticket"),
        Move(state, "signed_out", WAITING, RETURNED, SUPERVISOR, FIRST, "the clerk is signed out"),
    )


def _cut(state: TicketState) -> tuple[Move, ...]:
    """Who is gone from the call; while it is interrupted that may change."""
    return (
        Move(state, "visitor_gone", INTERRUPTED, CUT, HOUSE, KEPT, "silent, and the clerk's page hears nothing"),
        Move(state, "attendant_gone", INTERRUPTED, CUT, HOUSE, KEPT, "the clerk is silent, this page hears nothing"),
    )


TABLE: Final = (
    Move(None, "joined", WAITING, EventKind.TICKET_JOINED, VISITOR, NEW, "takes a ticket"),
    Move(None, "transferred", WAITING, EventKind.TICKET_JOINED, ATTENDANT, CARRIED, "comes from another unit"),
    Move(WAITING, "next", CALLED, EventKind.TICKET_CALLED, ATTENDANT, KEPT, "is lawfully next"),
    Move(WAITING, "out_of_order", CALLED, EventKind.TICKET_CALLED, ATTENDANT, KEPT, "is called although not next"),
    Move(WAITING, "left", LEFT, ENDED, VISITOR, OVER, "gives the place up"),
    Move(WAITING, "passed", LOST, ENDED, HOUSE, OVER, "the turn has passed, away for 15 minutes more"),
    Move(WAITING, "closed", CLOSED, ENDED, HOUSE, OVER, "the unit closes"),
    Move(WAITING, "removed", REMOVED, ENDED, SUPERVISOR, OVER, "a supervisor removes the ticket"),
    Move(CALLED, "entered", IN_CALL, EventKind.TICKET_ENTERED, VISITOR, KEPT, "enters"),
    Move(CALLED, "not_entered", WAITING, RETURNED, HOUSE, TRY, "the ring is over, a live page had shown it"),
    Move(CALLED, "not_seen", WAITING, RETURNED, HOUSE, KEPT, "the ring is over, no page had shown it"),
    Move(CALLED, "line_lost", WAITING, RETURNED, HOUSE, KEPT, "silent for 20 s while it rings"),
    Move(CALLED, "cancelled", WAITING, RETURNED, ATTENDANT, FIRST, "the clerk takes the ring back"),
    Move(CALLED, "attendant_gone", WAITING, RETURNED, HOUSE, FIRST, "the clerk has vanished"),
    Move(CALLED, "signed_out", WAITING, RETURNED, SUPERVISOR, FIRST, "the clerk is signed out"),
    Move(CALLED, "no_show", NO_SHOW, ENDED, HOUSE, OVER, "the third ring that a live page had shown is over"),
    Move(CALLED, "left", LEFT, ENDED, VISITOR, OVER, "gives the place up"),
    Move(CALLED, "removed", REMOVED, ENDED, ATTENDANT, OVER, "the clerk removes the ticket"),
    *_of_a_call(IN_CALL),
    *_cut(IN_CALL),
    Move(IN_CALL, "both_gone", INTERRUPTED, CUT, HOUSE, KEPT, "both are silent"),
    Move(IN_CALL, "hold", ON_HOLD, EventKind.TICKET_HELD, ATTENDANT, KEPT, "the clerk asks for a moment"),
    *_of_a_call(INTERRUPTED),
    *_cut(INTERRUPTED),
    Move(INTERRUPTED, "both_gone", INTERRUPTED, CUT, HOUSE, KEPT, "the other one is silent too"),
    Move(INTERRUPTED, "back", IN_CALL, EventKind.TICKET_RESUMED, HOUSE, KEPT, "nobody is gone any more"),
    Move(INTERRUPTED, "visitor_gone", SERVED, ENDED, HOUSE, OVER, "gone for 5 minutes"),
    Move(INTERRUPTED, "attendant_gone", WAITING, RETURNED, HOUSE, FIRST, "the clerk is gone for 60 s"),
    Move(INTERRUPTED, "both_gone", WAITING, RETURNED, HOUSE, FIRST, "both are gone for 5 minutes"),
    Move(INTERRUPTED, "released", WAITING, RETURNED, ATTENDANT, FIRST, "gone, and the clerk does not wait"),
    Move(INTERRUPTED, "other_attendant", WAITING, RETURNED, VISITOR, FIRST, "does not wait for a clerk who is gone"),
    *_of_a_call(ON_HOLD),
    *_cut(ON_HOLD),
    Move(ON_HOLD, "both_gone", INTERRUPTED, CUT, HOUSE, KEPT, "both are silent"),
    Move(ON_HOLD, "unhold", IN_CALL, EventKind.TICKET_UNHELD, ATTENDANT, KEPT, "the clerk is back"),
    Move(ON_HOLD, "hold_over", IN_CALL, EventKind.TICKET_UNHELD, HOUSE, KEPT, "on hold for 15 minutes"),
    Move(LOST, "lost_back", WAITING, RETURNED, VISITOR, KEPT, "opens the page within 30 minutes, once"),
    Move(NO_SHOW, "no_show_back", WAITING, RETURNED, VISITOR, AGAIN, "says so within 15 minutes, once"),
)
"""All of them, by the state they start from; numbers in words are the defaults of `Policy`."""
