"""What somebody whose page is closed is told: their turn is near, has come, or it rings."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rooms.ids import Millis, TicketId, UnitId
from rooms.model.events import EventKind
from rooms.model.ticket import TicketState


class Occasion(StrEnum):
    """Why one is told."""

    NEAR = "near"
    PASSED = "passed"
    CALLED = "called"


OCCASIONS: Final = {
    EventKind.TICKET_NEAR: Occasion.NEAR,
    EventKind.TICKET_PASSED: Occasion.PASSED,
    EventKind.TICKET_CALLED: Occasion.CALLED,
}
"""The events that are an occasion."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A ticket that has a subscription, as it is now."""

    ticket: TicketId
    push: str
    """What the browser gave, as the way in wrote it down; the counter does not read it."""
    unit: UnitId
    number: str
    state: TicketState
    looked_at: bool
    """A page of it lives; while it rings: shows the ring."""
    passed_until_ms: Millis | None
    ring_until_ms: Millis | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to tell somebody now. `until_ms`: by when to open the page."""

    occasion: Occasion
    unit: UnitId
    number: str
    until_ms: Millis | None


def reminder_of(occasion: Occasion, found: Subscribed) -> Reminder | None:
    """What to tell, if it is still so and no page tells it."""
    if found.looked_at:
        return None
    until: Millis | None = None
    if occasion is Occasion.CALLED:
        until = found.ring_until_ms
        wanted = TicketState.CALLED
    else:
        wanted = TicketState.WAITING
        if occasion is Occasion.PASSED:
            until = found.passed_until_ms
    if found.state is not wanted or (occasion is not Occasion.NEAR and until is None):
        return None
    return Reminder(occasion, found.unit, found.number, until)
