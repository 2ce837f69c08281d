"""The history: each event recorded once, whoever records it; what it knows afterwards."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from rooms.errors import Code, ConflictError
from rooms.ids import AttendantId, CallId, CourtId, EntryId, Millis, TicketId, UnitId
from rooms.model.events import FACTS, Event, EventKind
from rooms.model.ticket import Role, TicketState, Tier
from rooms.model.visit import Visit
from rooms.sql.engine import reading
from rooms.sql.history import SqlHistory
from rooms.sql.schema import VISITS

pytest_plugins = ["tests.contract.databases"]

COURT = CourtId("tjmt")
UNIT = UnitId("civel-1-cuiaba")
MINUTE = 60_000
START = 1_700_000_000_000


@pytest.fixture
def history(engine: AsyncEngine) -> SqlHistory:
    return SqlHistory(engine)


class Counter:
    """Says events as the store would: a contiguous number, rising ids."""

    def __init__(self, n: int = 0) -> None:
        self.n = n

    def __call__(self, kind: EventKind, minute: float, ticket: str | None = None, **facts: str | int) -> Event:
        assert facts.keys() <= FACTS[kind]
        self.n += 1
        at = START + int(minute * MINUTE)
        return Event(
            id=EntryId(f"{at}-{self.n}"),
            n=self.n,
            at_ms=Millis(at),
            kind=kind,
            unit=UNIT if ticket else None,
            ticket=TicketId(ticket) if ticket else None,
            attendant=AttendantId("ana") if kind not in {EventKind.TICKET_JOINED, EventKind.EPOCH_RAISED} else None,
            call=CallId("call"),
            facts={name: str(value) for name, value in facts.items()},
        )

    def joined(self, minute: float, ticket: str, seq: int, tier: Tier = Tier.EVERYONE) -> Event:
        return self(
            EventKind.TICKET_JOINED,
            minute,
            ticket,
            number=f"CV1 {seq:03d}",
            seq=seq,
            tier=int(tier),
            role="party",
            receipt=f"AAAA-BBBB-{seq:04d}",
            original_position=2,
            announced_low_min=10,
            announced_high_min=20,
        )

    def visit(self, minute: float, ticket: str, seq: int, minutes: float = 5) -> list[Event]:
        """Joined, called two minutes later, served."""
        return [
            self.joined(minute, ticket, seq),
            self(EventKind.TICKET_CALLED, minute + 2, ticket, position=1, tries=0),
            self(EventKind.TICKET_ENTERED, minute + 2.2, ticket, media="video"),
            self(EventKind.TICKET_ENDED, minute + 1.5 + minutes, ticket, state="served"),
            self(
                EventKind.CALL_FINISHED,
                minute + 2 + minutes,
                ticket,
                outcome="informed",
                handling_ms=int(minutes * MINUTE),
            ),
        ]


SERVED = Visit(
    ticket=TicketId("t1"),
    unit=UNIT,
    number="CV1 001",
    seq=1,
    tier=Tier.EVERYONE,
    role=Role.PARTY,
    receipt="AAAA-BBBB-0001",
    joined_ms=Millis(START),
    original_position=2,
    announced_low_min=10,
    announced_high_min=20,
    state=TicketState.SERVED,
    outcome="informed",
    attendant=AttendantId("ana"),
    position=1,
    called_ms=Millis(START + 2 * MINUTE),
    entered_ms=Millis(START + 132_000),
    ended_ms=Millis(START + 6 * MINUTE + 30_000),
    handling_ms=5 * MINUTE,
)


async def test_nothing_recorded_yet(history: SqlHistory):
    assert await history.cursor(COURT) == ("0-0", 0)
    assert await history.receipt(COURT, SERVED.receipt) is None
    assert await history.pace(COURT, UNIT) is None


async def test_a_whole_visit_is_one_row_and_the_cursor_stands_at_its_last_event(history: SqlHistory):
    events = Counter().visit(0, "t1", 1)
    await history.record(COURT, events, fence=1)
    assert await history.receipt(COURT, SERVED.receipt) == SERVED
    assert await history.cursor(COURT) == (events[-1].id, 5)
    assert await history.receipt(CourtId("other"), SERVED.receipt) is None


async def test_a_visit_may_come_in_pieces_and_pieces_may_come_again(history: SqlHistory):
    events = Counter().visit(0, "t1", 1)
    for upto in range(1, len(events) + 1):
        await history.record(COURT, events[:upto], fence=1)
    await history.record(COURT, events, fence=1)
    await history.record(COURT, [], fence=1)
    assert await history.receipt(COURT, SERVED.receipt) == SERVED
    assert await history.cursor(COURT) == (events[-1].id, 5)


async def test_events_that_concern_no_visit_move_the_cursor(history: SqlHistory):
    said = Counter()
    events = [said(EventKind.ATTENDANT_STATUS, 0), said(EventKind.TICKET_AWAY, 1, "lost-joining")]
    events.append(said(EventKind.TICKET_ENDED, 2, "lost-joining", state="left"))
    await history.record(COURT, events, fence=1)
    assert (await history.cursor(COURT))[1] == 3


async def test_a_recorder_that_was_replaced_is_refused_and_writes_nothing(history: SqlHistory):
    said = Counter()
    await history.record(COURT, said.visit(0, "t1", 1), fence=7)
    late = said.visit(10, "t2", 2)
    with pytest.raises(ConflictError) as refused:
        await history.record(COURT, late, fence=6)
    assert refused.value.code is Code.STALE_FENCE
    assert (await history.cursor(COURT))[1] == 5
    assert await history.receipt(COURT, "AAAA-BBBB-0002") is None
    await history.record(COURT, late, fence=8)
    assert (await history.cursor(COURT))[1] == 10


async def test_a_store_that_was_lost_begins_its_fences_anew(history: SqlHistory):
    """The epoch rises with each loss, so a small fence is taken then; and only then."""
    await history.record(COURT, Counter().visit(0, "t1", 1), fence=57)
    for loss, fence in ((1, 9), (2, 8)):
        said = Counter(loss * 1_000)
        raised = [said(EventKind.EPOCH_RAISED, 20, epoch=2), *said.visit(21, f"l{loss}", loss * 1_000)]
        await history.record(COURT, raised, fence=fence)
        assert (await history.cursor(COURT))[1] == loss * 1_000 + 6
        with pytest.raises(ConflictError):
            await history.record(COURT, raised, fence=fence - 1)


async def test_two_recorders_at_the_first_event_record_it_once(engine: AsyncEngine):
    events = Counter().visit(0, "t1", 1)
    await asyncio.gather(*(SqlHistory(engine).record(COURT, events, fence=1) for _ in range(4)))
    async with reading(engine) as connection:
        assert await connection.scalar(select(func.count()).select_from(VISITS)) == 1


async def test_the_pace_is_of_the_last_services_of_that_unit(history: SqlHistory):
    said = Counter()
    events = [event for seq in range(1, 5) for event in said.visit(seq * 10, f"t{seq}", seq, minutes=4)]
    await history.record(COURT, events, fence=1)
    assert await history.pace(COURT, UNIT) is None, "four services are too few"
    gone = [said.joined(50, "t5", 5, Tier.PRIORITY), said(EventKind.TICKET_ENDED, 56, "t5", state="left")]
    await history.record(COURT, [*said.visit(60, "t6", 6, minutes=4), *gone], fence=1)
    pace = await history.pace(COURT, UNIT)
    assert pace is not None
    assert pace.services == 5
    assert pace.mean_s == pytest.approx(240)
    # One of six gave up; five waited 2 minutes, one 6: 16 minutes in all.
    assert pace.abandon_per_min == pytest.approx(1 / 16)
    # Five arrivals after the first, over 50 minutes; one of them with priority.
    assert pace.arrivals_per_min == pytest.approx((0, 1 / 50, 0, 4 / 50))
    assert await history.pace(COURT, UnitId("elsewhere")) is None


async def test_old_visits_are_forgotten(history: SqlHistory):
    said = Counter()
    await history.record(COURT, said.visit(0, "t1", 1) + said.visit(100, "t2", 2), fence=1)
    assert await history.forget_before(COURT, Millis(START + 100 * MINUTE)) == 1
    assert await history.receipt(COURT, "AAAA-BBBB-0001") is None
    assert await history.receipt(COURT, "AAAA-BBBB-0002") is not None


async def test_the_demos_past_is_replaced_and_what_was_recorded_stays(history: SqlHistory):
    await history.record(COURT, Counter().visit(0, "t1", 1), fence=1)
    invented = replace(SERVED, ticket=TicketId("demo-1"), receipt="DEM0-0000-0001")
    await history.put_demo(COURT, [invented])
    await history.put_demo(COURT, [replace(invented, ticket=TicketId("demo-2"))])
    assert await history.receipt(COURT, "DEM0-0000-0001") == replace(invented, ticket=TicketId("demo-2"))
    await history.put_demo(COURT, [])
    assert await history.receipt(COURT, "DEM0-0000-0001") is None
    assert await history.receipt(COURT, SERVED.receipt) == SERVED


def test_no_column_of_the_past_could_hold_a_name():
    """LGPD: tier and role are kept, never who it was, what they typed or why they have priority."""
    assert {column.name for column in VISITS.columns}.isdisjoint({"name", "visitor", "oab", "case_number", "document"})
