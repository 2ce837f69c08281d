"""What events make of a visit."""

from dataclasses import replace

import pytest

from rooms.ids import AttendantId, CallId, EntryId, Millis, TicketId, UnitId
from rooms.model.events import FACTS, Event, EventKind
from rooms.model.ticket import Role, TicketState, Tier
from rooms.model.visit import READ, Visit, project

JOINED_FACTS = {
    "number": "CV1 001",
    "seq": "7",
    "tier": "1",
    "role": "lawyer",
    "receipt": "AAAA-BBBB-CCCC",
    "original_position": "3",
    "announced_low_min": "10",
    "announced_high_min": "20",
}


def event(
    kind: EventKind, at_ms: int = 1_000, ticket: str | None = "t1", unit: str | None = "u", **facts: str
) -> Event:
    assert facts.keys() <= FACTS[kind]
    return Event(
        id=EntryId(f"{at_ms}-0"),
        n=1,
        at_ms=Millis(at_ms),
        kind=kind,
        unit=UnitId(unit) if unit else None,
        ticket=TicketId(ticket) if ticket else None,
        attendant=AttendantId("ana"),
        call=CallId("c"),
        facts=facts,
    )


def after(*events: Event) -> Visit:
    visit: Visit | None = None
    for each in events:
        visit = project(visit, each)
    assert visit is not None
    return visit


JOINED = event(EventKind.TICKET_JOINED, **JOINED_FACTS)
CALLED = event(EventKind.TICKET_CALLED, 5_000, position="1", tries="0")


def test_joining_begins_a_visit():
    assert after(JOINED) == Visit(
        ticket=TicketId("t1"),
        unit=UnitId("u"),
        number="CV1 001",
        seq=7,
        tier=Tier.PRIORITY,
        role=Role.LAWYER,
        receipt="AAAA-BBBB-CCCC",
        joined_ms=Millis(1_000),
        original_position=3,
        announced_low_min=10,
        announced_high_min=20,
    )
    assert after(JOINED).wait_ms is None


def test_no_announced_estimate_is_none_whether_left_out_or_empty():
    bare = {name: fact for name, fact in JOINED_FACTS.items() if not name.startswith("announced")}
    for facts in (bare, bare | {"announced_low_min": "", "announced_high_min": ""}):
        visit = after(event(EventKind.TICKET_JOINED, **facts))
        assert (visit.announced_low_min, visit.announced_high_min) == (None, None)


def test_served():
    visit = after(
        JOINED,
        CALLED,
        event(EventKind.TICKET_ENTERED, 6_000, media="video"),
        event(EventKind.TICKET_ENDED, 60_000, state="served", position=""),
        event(EventKind.CALL_FINISHED, 70_000, outcome="forwarded", handling_ms="65000"),
    )
    assert visit == replace(
        after(JOINED),
        state=TicketState.SERVED,
        called_ms=5_000,
        attendant="ana",
        position=1,
        entered_ms=6_000,
        ended_ms=60_000,
        outcome="forwarded",
        handling_ms=65_000,
    )
    assert visit.wait_ms == 4_000


def test_a_ring_nobody_entered_leaves_the_proof_that_there_was_one():
    visit = after(JOINED, CALLED, event(EventKind.TICKET_RETURNED, 65_000, cause="not_entered", band="1", tries="1"))
    assert (visit.state, visit.called_ms, visit.attendant, visit.entered_ms) == (
        TicketState.WAITING,
        5_000,
        "ana",
        None,
    )


def test_leaving_before_being_called_waited_until_the_end():
    visit = after(JOINED, event(EventKind.TICKET_ENDED, 9_000, state="left", cause="chosen", position="2"))
    assert (visit.state, visit.reason, visit.wait_ms, visit.called_ms) == (TicketState.LEFT, "chosen", 8_000, None)
    assert (visit.original_position, visit.position) == (3, 2)


def test_an_outcome_once_said_is_not_unsaid():
    said = event(EventKind.CALL_FINISHED, 70_000, outcome="forwarded", handling_ms="65000")
    assert after(JOINED, CALLED, said, event(EventKind.CALL_FINISHED, 80_000, outcome="")).outcome == "forwarded"


@pytest.mark.parametrize("kind", sorted(set(EventKind) - READ))
def test_other_events_change_nothing(kind: EventKind):
    assert project(after(JOINED), event(kind)) == after(JOINED)


@pytest.mark.parametrize("kind", sorted(set(EventKind) - {EventKind.TICKET_JOINED}))
def test_without_its_joining_there_is_no_visit(kind: EventKind):
    assert project(None, event(kind)) is None


@pytest.mark.parametrize("missing", ["ticket", "unit"])
def test_a_joining_of_nobody_or_nowhere_is_no_visit(missing: str):
    assert project(None, event(EventKind.TICKET_JOINED, **{missing: None}, **JOINED_FACTS)) is None


def test_a_visit_that_was_over_and_is_taken_up_again_has_no_end():
    over = event(EventKind.TICKET_ENDED, 9_000, state="lost", cause="passed", actor="house", wait_ms="8000")
    back = event(EventKind.TICKET_RETURNED, 9_500, cause="lost_back", band="1", tries="0", actor="visitor")
    assert after(JOINED, over).state is TicketState.LOST
    assert after(JOINED, over, back) == after(JOINED)
