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
WAITING, CALLED, IN_CALL = _S.WAITING, _S.CALLED, _S.IN_CALL
SERVED, LEFT, LOST, NO_SHOW, CLOSED = _S.SERVED, _S.LEFT, _S.LOST, _S.NO_SHOW, _S.CLOSED
VISITOR, ATTENDANT, SUPERVISOR, HOUSE = Actor
NEW, KEPT, TRY, AGAIN, FIRST, OVER = Effect
RETURNED, ENDED = EventKind.TICKET_RETURNED, EventKind.TICKET_ENDED

TABLE: Final = (
    Move(None, "joined", WAITING, EventKind.TICKET_JOINED, VISITOR, NEW, "takes a ticket"),
    Move(WAITING, "next", CALLED, EventKind.TICKET_CALLED, ATTENDANT, KEPT, "is lawfully next"),
    Move(WAITING, "out_of_order", CALLED, EventKind.TICKET_CALLED, ATTENDANT, KEPT, "is called although not next"),
    Move(WAITING, "left", LEFT, ENDED, VISITOR, OVER, "gives the place up"),
    Move(WAITING, "passed", LOST, ENDED, HOUSE, OVER, "the turn has passed, away for 15 minutes more"),
    Move(WAITING, "closed", CLOSED, ENDED, HOUSE, OVER, "the unit closes"),
    Move(CALLED, "entered", IN_CALL, EventKind.TICKET_ENTERED, VISITOR, KEPT, "enters"),
    Move(CALLED, "not_entered", WAITING, RETURNED, HOUSE, TRY, "the ring is over, a live page had shown it"),
    Move(CALLED, "not_seen", WAITING, RETURNED, HOUSE, KEPT, "the ring is over, no page had shown it"),
    Move(CALLED, "line_lost", WAITING, RETURNED, HOUSE, KEPT, "silent for 20 s while it rings"),
    Move(CALLED, "cancelled", WAITING, RETURNED, ATTENDANT, FIRST, "the clerk takes the ring back"),
    Move(CALLED, "attendant_gone", WAITING, RETURNED, HOUSE, FIRST, "the clerk has vanished"),
    Move(CALLED, "signed_out", WAITING, RETURNED, SUPERVISOR, FIRST, "the clerk is signed out"),
    Move(CALLED, "no_show", NO_SHOW, ENDED, HOUSE, OVER, "the third ring that a live page had shown is over"),
    Move(CALLED, "left", LEFT, ENDED, VISITOR, OVER, "gives the place up"),
    Move(IN_CALL, "attendant_gone", WAITING, RETURNED, HOUSE, FIRST, "the clerk has vanished"),
    Move(IN_CALL, "signed_out", WAITING, RETURNED, SUPERVISOR, FIRST, "the clerk is signed out"),
    Move(IN_CALL, "hung_up", SERVED, ENDED, VISITOR, OVER, "hangs up, or leaves"),
    Move(IN_CALL, "hung_up", SERVED, ENDED, ATTENDANT, OVER, "the clerk hangs up"),
    Move(IN_CALL, "visitor_gone", SERVED, ENDED, HOUSE, OVER, "silent for 5 minutes"),
    Move(LOST, "lost_back", WAITING, RETURNED, VISITOR, KEPT, "opens the page within 30 minutes, once"),
    Move(NO_SHOW, "no_show_back", WAITING, RETURNED, VISITOR, AGAIN, "says so within 15 minutes, once"),
)
"""All of them, by the state they start from; numbers in words are the defaults of `Policy`."""
