"""One visit of the past: what events made of it, what a receipt proves. No name, no document, no words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from rooms.ids import AttendantId, Millis, TicketId, UnitId
from rooms.model.events import Event, EventKind
from rooms.model.ticket import Role, TicketState, Tier


@dataclass(frozen=True, slots=True)
class Visit:
    """A ticket's row in the history. Times are court time in ms; None where it has not happened."""

    ticket: TicketId
    unit: UnitId
    number: str
    seq: int
    """The court's sequence at arrival; with the year it makes the protocol number."""
    tier: Tier
    role: Role
    receipt: str
    joined_ms: Millis
    original_position: int
    """People present ahead at joining, plus one."""
    announced_low_min: int | None = None
    announced_high_min: int | None = None
    state: TicketState = TicketState.WAITING
    reason: str | None = None
    outcome: str | None = None
    attendant: AttendantId | None = None
    """Who called last."""
    position: int | None = None
    """People present ahead, plus one, when called last; of somebody who went while waiting, when they went."""
    called_ms: Millis | None = None
    """The last call."""
    entered_ms: Millis | None = None
    ended_ms: Millis | None = None
    handling_ms: int | None = None
    """From the call to ready again: what the estimate's mean is made of."""
    parent: TicketId | None = None
    """The visit of another unit that this one goes on from; its arrival counts here too."""

    @property
    def wait_ms(self) -> int | None:
        """From joining to the last call, or to the end where nobody called; None while waiting."""
        until = self.called_ms if self.called_ms is not None else self.ended_ms
        return None if until is None else until - self.joined_ms


READ: Final = frozenset(
    {
        EventKind.TICKET_JOINED,
        EventKind.TICKET_CALLED,
        EventKind.TICKET_ENTERED,
        EventKind.TICKET_INTERRUPTED,
        EventKind.TICKET_RESUMED,
        EventKind.TICKET_HELD,
        EventKind.TICKET_UNHELD,
        EventKind.TICKET_RETURNED,
        EventKind.TICKET_TIER,
        EventKind.TICKET_ENDED,
        EventKind.CALL_FINISHED,
    }
)
"""The kinds that change a visit."""


_STATE: Final[Mapping[EventKind, TicketState]] = {
    EventKind.TICKET_INTERRUPTED: TicketState.INTERRUPTED,
    EventKind.TICKET_RESUMED: TicketState.IN_CALL,
    EventKind.TICKET_HELD: TicketState.ON_HOLD,
    EventKind.TICKET_UNHELD: TicketState.IN_CALL,
}
"""The moves that leave nothing but another state."""


def project(visit: Visit | None, event: Event) -> Visit | None:
    """The visit after `event`; None for an event of a ticket whose joining was never seen (the store lost it)."""
    if event.kind is EventKind.TICKET_JOINED:
        return _joined(event)
    if visit is None:
        return None
    facts = event.facts
    match event.kind:
        case EventKind.TICKET_CALLED:
            position = _number(facts, "position")
            called = replace(visit, state=TicketState.CALLED, called_ms=event.at_ms)
            after = replace(called, attendant=event.attendant, position=position)
        case EventKind.TICKET_ENTERED:
            after = replace(visit, state=TicketState.IN_CALL, entered_ms=event.at_ms)
        case EventKind.TICKET_RETURNED:
            # also of a visit that was over: a place lost, or a last ring missed, may be taken up again
            after = replace(visit, state=TicketState.WAITING, ended_ms=None, reason=None)
        case EventKind.TICKET_TIER:
            after = replace(visit, tier=Tier(int(facts["tier"])))
        case EventKind.TICKET_ENDED:
            reason = facts.get("reason") or facts.get("cause")
            ended = replace(visit, state=TicketState(facts["state"]), ended_ms=event.at_ms, reason=reason)
            position = _number(facts, "position")
            after = ended if position is None else replace(ended, position=position)
        case EventKind.CALL_FINISHED:
            outcome = facts.get("outcome") or visit.outcome
            after = replace(visit, outcome=outcome, handling_ms=_number(facts, "handling_ms"))
        case _:
            after = visit if event.kind not in _STATE else replace(visit, state=_STATE[event.kind])
    return after


def _joined(event: Event) -> Visit | None:
    if event.ticket is None or event.unit is None:
        return None
    facts = event.facts
    parent = facts.get("parent")
    return Visit(
        ticket=event.ticket,
        unit=event.unit,
        number=facts["number"],
        seq=int(facts["seq"]),
        tier=Tier(int(facts["tier"])),
        role=Role(facts["role"]),
        receipt=facts["receipt"],
        joined_ms=Millis(_number(facts, "joined_ms") or event.at_ms),
        original_position=int(facts["original_position"]),
        announced_low_min=_number(facts, "announced_low_min"),
        announced_high_min=_number(facts, "announced_high_min"),
        parent=TicketId(parent) if parent else None,
    )


def _number(facts: Mapping[str, str], name: str) -> int | None:
    told = facts.get(name, "")
    return int(told) if told else None
