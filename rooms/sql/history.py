"""The past: the adapter of `rooms.ports.History`. One recorder projects a court's events into it, each exactly once."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rooms.errors import Code, ConflictError
from rooms.ids import AttendantId, CourtId, EntryId, Millis, TicketId, UnitId
from rooms.model.estimate import HISTORY_SERVICES, Pace, pace_from
from rooms.model.events import Event, EventKind
from rooms.model.ticket import Role, TicketState, Tier
from rooms.model.visit import READ, Visit, project
from rooms.sql.engine import reading, writing
from rooms.sql.schema import CURSORS, VISITS

BEGINNING: Final = EntryId("0-0")
MINUTE_MS: Final = 60_000
ABANDONED: Final = frozenset({TicketState.LEFT, TicketState.LOST})
"""Who gave up while waiting."""


class SqlHistory:
    """The history of one database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def cursor(self, court: CourtId) -> tuple[EntryId, int]:
        """Id and counter of the last event recorded; `0-0`, 0 where none was."""
        async with reading(self._engine) as connection:
            row = (await connection.execute(select(CURSORS).where(CURSORS.c.court == court))).one_or_none()
        return (BEGINNING, 0) if row is None else (EntryId(row.event_id), row.n)

    async def record(self, court: CourtId, events: Sequence[Event], fence: int) -> None:
        """Rows and cursor in one transaction; events already recorded are skipped.

        After the store was lost its fences begin anew: new events that raise the epoch are taken with any fence. A
        recorder that was replaced cannot have them, it read another store.

        Raises:
            ConflictError: STALE_FENCE, another recorder has taken over.

        """
        async with writing(self._engine) as connection:
            cursor = await _locked_cursor(connection, court)
            fresh = [event for event in events if event.n > cursor.n]
            raised = [int(event.facts["epoch"]) for event in fresh if event.kind is EventKind.EPOCH_RAISED]
            if fence < cursor.fence and not raised:
                raise ConflictError(Code.STALE_FENCE)
            await _project_all(connection, court, fresh)
            last = fresh[-1] if fresh else None
            await connection.execute(
                update(CURSORS)
                .where(CURSORS.c.court == court)
                .values(
                    event_id=cursor.event_id if last is None else last.id,
                    n=cursor.n if last is None else last.n,
                    epoch=max([cursor.epoch, *raised]),
                    fence=fence,
                )
            )

    async def pace(self, court: CourtId, unit: UnitId) -> Pace | None:
        """The unit's pace for the estimate, from its last visits; None with fewer than five services known."""
        seen = (
            select(
                VISITS.c.joined_ms,
                VISITS.c.tier,
                VISITS.c.state,
                VISITS.c.wait_ms,
                VISITS.c.handling_ms,
                VISITS.c.ended_ms,
            )
            .where(VISITS.c.court == court, VISITS.c.unit == unit)
            .order_by(VISITS.c.joined_ms.desc(), VISITS.c.seq.desc())
            .limit(HISTORY_SERVICES)
        )
        async with reading(self._engine) as connection:
            rows = (await connection.execute(seen)).all()
        services = sorted((row for row in rows if row.handling_ms is not None), key=lambda row: -(row.ended_ms or 0))
        return pace_from(
            handling_s=[row.handling_ms / 1000 for row in services],
            waited_min=sum(row.wait_ms for row in rows if row.wait_ms is not None) / MINUTE_MS,
            abandoned=sum(1 for row in rows if row.state in ABANDONED),
            arrivals=[(row.joined_ms / MINUTE_MS, Tier(row.tier)) for row in reversed(rows)],
        )

    async def receipt(self, court: CourtId, code: str) -> Visit | None:
        """The visit that a receipt proves; None where no such code was given out."""
        async with reading(self._engine) as connection:
            found = await connection.execute(select(VISITS).where(VISITS.c.court == court, VISITS.c.receipt == code))
            row = found.one_or_none()
        return None if row is None else _visit(row)

    async def forget_before(self, court: CourtId, joined_ms: Millis) -> int:
        """Delete the visits that began before `joined_ms` (retention); answers how many."""
        async with writing(self._engine) as connection:
            done = await connection.execute(
                delete(VISITS).where(VISITS.c.court == court, VISITS.c.joined_ms < joined_ms)
            )
            return done.rowcount

    async def put_demo(self, court: CourtId, visits: Sequence[Visit]) -> None:
        """Replace the demo's invented past; recorded visits are not touched."""
        async with writing(self._engine) as connection:
            await connection.execute(delete(VISITS).where(VISITS.c.court == court, VISITS.c.demo))
            if visits:
                await connection.execute(insert(VISITS), [{**_row(court, visit), "demo": True} for visit in visits])


async def _locked_cursor(connection: AsyncConnection, court: CourtId) -> Row[Any]:
    # On SQLite the whole transaction holds the database (`writing`), and FOR UPDATE is not rendered.
    locked = select(CURSORS).where(CURSORS.c.court == court).with_for_update()
    row = (await connection.execute(locked)).one_or_none()
    if row is not None:
        return row
    beginning = {"court": court, "event_id": BEGINNING, "n": 0, "epoch": 0, "fence": 0}
    if connection.dialect.name == "postgresql":
        # Two recorders may meet at a court's very first event: one of them inserts, both then wait for the lock.
        await connection.execute(postgresql.insert(CURSORS).values(beginning).on_conflict_do_nothing())
    else:
        await connection.execute(insert(CURSORS).values(beginning))
    return (await connection.execute(locked)).one()


async def _project_all(connection: AsyncConnection, court: CourtId, events: Sequence[Event]) -> None:
    tickets = {event.ticket for event in events if event.ticket is not None and event.kind in READ}
    known = await connection.execute(select(VISITS).where(VISITS.c.court == court, VISITS.c.ticket.in_(tickets)))
    before: Mapping[TicketId, Visit] = {TicketId(row.ticket): _visit(row) for row in known}
    after = dict(before)
    for event in events:
        if event.ticket is None or event.kind not in READ:
            continue
        visit = project(after.get(event.ticket), event)
        if visit is not None:
            after[event.ticket] = visit
    fresh = [_row(court, visit) for ticket, visit in after.items() if ticket not in before]
    if fresh:
        await connection.execute(insert(VISITS), fresh)
    changed = [
        _row(court, after[ticket]) | {"of_ticket": ticket} for ticket, visit in before.items() if visit != after[ticket]
    ]
    if changed:
        # one statement for all of them: compiled once, one journey to the database
        same = (VISITS.c.court == court) & (VISITS.c.ticket == bindparam("of_ticket"))
        await connection.execute(update(VISITS).where(same), changed)


def _row(court: CourtId, visit: Visit) -> dict[str, Any]:
    return {
        "court": court,
        "ticket": visit.ticket,
        "unit": visit.unit,
        "number": visit.number,
        "seq": visit.seq,
        "tier": int(visit.tier),
        "role": visit.role.value,
        "receipt": visit.receipt,
        "joined_ms": visit.joined_ms,
        "original_position": visit.original_position,
        "announced_low_min": visit.announced_low_min,
        "announced_high_min": visit.announced_high_min,
        "state": visit.state.value,
        "reason": visit.reason,
        "outcome": visit.outcome,
        "attendant": visit.attendant,
        "position": visit.position,
        "called_ms": visit.called_ms,
        "entered_ms": visit.entered_ms,
        "ended_ms": visit.ended_ms,
        "wait_ms": visit.wait_ms,
        "handling_ms": visit.handling_ms,
        "parent": visit.parent,
        "demo": False,
    }


def _visit(row: Row[Any]) -> Visit:
    return Visit(
        ticket=TicketId(row.ticket),
        unit=UnitId(row.unit),
        number=row.number,
        seq=row.seq,
        tier=Tier(row.tier),
        role=Role(row.role),
        receipt=row.receipt,
        joined_ms=Millis(row.joined_ms),
        original_position=row.original_position,
        announced_low_min=row.announced_low_min,
        announced_high_min=row.announced_high_min,
        state=TicketState(row.state),
        reason=row.reason,
        outcome=row.outcome,
        attendant=None if row.attendant is None else AttendantId(row.attendant),
        position=row.position,
        called_ms=_millis(row.called_ms),
        entered_ms=_millis(row.entered_ms),
        ended_ms=_millis(row.ended_ms),
        handling_ms=row.handling_ms,
        parent=None if row.parent is None else TicketId(row.parent),
    )


def _millis(stored: int | None) -> Millis | None:
    return None if stored is None else Millis(stored)
