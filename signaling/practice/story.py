"""What happened to each person of a situation, read from the court's events. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from rooms.ids import CallId, Millis, TicketId, UnitId
from rooms.model.call import EndOfCall
from rooms.model.events import Event, EventKind
from rooms.model.ticket import TicketState

OWES_OUTCOME: Final = frozenset({EndOfCall.HUNG_UP, EndOfCall.TRANSFERRED, EndOfCall.REMOVED, EndOfCall.VISITOR_GONE})
"""Ends of a call after which the desk says what it came to, if the visitor had entered."""


@dataclass
class Story:
    """One ticket's events in order."""

    ticket: TicketId
    unit: UnitId
    tier: int
    """As declared."""
    joined_ms: Millis
    parent: TicketId | None
    events: list[Event] = field(default_factory=list)

    def all(self, kind: EventKind, **facts: str) -> list[Event]:
        """Its events of this kind with these facts."""
        return [
            event
            for event in self.events
            if event.kind is kind and all(event.facts.get(_fact(name)) == value for name, value in facts.items())
        ]

    def had(self, kind: EventKind, **facts: str) -> bool:
        """Whether there was one."""
        return bool(self.all(kind, **facts))

    def first_ms(self, kind: EventKind, **facts: str) -> Millis | None:
        """When there was one first."""
        return next((event.at_ms for event in self.all(kind, **facts)), None)

    def then(self, kind: EventKind, after: EventKind, **facts: str) -> bool:
        """Whether one came after the first `after`."""
        since = self.first_ms(after)
        return since is not None and any(event.at_ms >= since for event in self.all(kind, **facts))

    @property
    def end(self) -> Event | None:
        """Its end, if it has come."""
        ends = self.all(EventKind.TICKET_ENDED)
        return ends[-1] if ends else None

    @property
    def served(self) -> bool:
        """Whether the person was served to an end."""
        return self.end is not None and self.end.facts.get("state") == TicketState.SERVED

    @property
    def calls(self) -> frozenset[CallId]:
        """The calls that began."""
        return frozenset(event.call for event in self.all(EventKind.TICKET_ENTERED) if event.call is not None)

    @property
    def owed(self) -> frozenset[CallId]:
        """Calls that are over and whose outcome the desk has not said, nor let pass."""
        over = {
            event.call
            for event in self.all(EventKind.CALL_ENDED)
            if event.facts.get("end") in OWES_OUTCOME and event.call in self.calls and event.call is not None
        }
        return frozenset(over - {event.call for event in self.all(EventKind.CALL_FINISHED)})

    @property
    def concluded(self) -> bool:
        """Whether the clerk said what it came to."""
        return any(
            event.facts.get("actor") == "attendant" and event.facts.get("outcome")
            for event in self.all(EventKind.CALL_FINISHED)
        )

    @property
    def settled(self) -> bool:
        """Whether it is over and nothing about it is left to do."""
        return self.end is not None and not self.owed


def stories(events: Iterable[Event]) -> Sequence[Story]:
    """The people who joined in these events, in the order of their coming; whoever came before is left out."""
    found: dict[TicketId, Story] = {}
    for event in events:
        if event.ticket is None or event.unit is None:
            continue
        if event.kind is EventKind.TICKET_JOINED:
            parent = event.facts.get("parent") or None
            found[event.ticket] = Story(
                event.ticket, event.unit, int(event.facts["tier"]), event.at_ms, TicketId(parent) if parent else None
            )
        if event.ticket in found:
            found[event.ticket].events.append(event)
    return list(found.values())


def _fact(name: str) -> str:
    """`as` is a word of Python's own."""
    return name.rstrip("_")
