"""The attendant's view: the line of one's units without names, and the person who was called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from rooms.ids import AttendantId, Fence, Millis, TicketId, UnitId
from rooms.model.attendant import Activity, Staff, Status
from rooms.model.call import CallState
from rooms.model.hours import Open
from rooms.model.order import calls_of
from rooms.model.snapshot import Desk
from rooms.model.ticket import Ticket
from signaling.protocol.views import DeskCall, DeskUnit, DeskView, LineRow, Person
from signaling.views.guest import seat
from signaling.views.unit import UnitNow, as_of, met, suspension

LINE_ROWS: Final = 50
"""Rows of the line that a desk shows."""


@dataclass(frozen=True, slots=True)
class DeskLine:
    """The lines of the chosen units as one."""

    waiting: int
    away: int
    longest_ms: Millis | None
    rows: tuple[LineRow, ...]
    tickets: tuple[TicketId, ...]
    """Whose they are, row by row."""

    def with_tickets(self) -> tuple[LineRow, ...]:
        """The rows for somebody who may call out of order."""
        told = zip(self.rows, self.tickets, strict=True)
        return tuple(row.model_copy(update={"ticket": ticket}) for row, ticket in told)


def desk_line(chosen: Sequence[UnitNow], attendant: AttendantId) -> DeskLine:
    """What the attendant's desk shows of who waits in these units, in the order in which they would be called.

    The same for all who are in none of the units' `dedicated`.
    """
    lines = {now.unit.id: now.state.line for now in chosen}
    present = calls_of(lines, {now.unit.id: now.rule for now in chosen}, attendant)
    return DeskLine(
        waiting=len(present),
        away=sum(map(len, lines.values())) - len(present),
        longest_ms=min((row.joined_ms for _, row in present), default=None),
        rows=tuple(
            LineRow(ticket=None, number=row.number, unit=unit, tier=row.tier, joined_ms=row.joined_ms)
            for unit, row in present[:LINE_ROWS]
        ),
        tickets=tuple(row.ticket for _, row in present[:LINE_ROWS]),
    )


def desk_view(desk: Desk, staff: Staff, units: Sequence[UnitNow], line: DeskLine, fence: Fence | None) -> DeskView:
    """The attendant's view on the page that holds `fence` (None: none).

    `units` are those the directory gives them, `line` is of those they have chosen.
    """
    attendant = desk.attendant
    chosen: Collection[UnitId] = () if attendant is None else attendant.units
    return DeskView(
        as_of=as_of(desk.as_of),
        elsewhere=attendant is None or fence != attendant.fence,
        name=staff.name,
        function=staff.function,
        status=Status.OFFLINE if attendant is None else attendant.status,
        pause=None if attendant is None else attendant.pause,
        activity=Activity.IDLE if attendant is None else attendant.activity,
        since_ms=desk.as_of.now_ms if attendant is None else attendant.since_ms,
        units=tuple(
            DeskUnit(
                slug=now.unit.id,
                name=now.unit.name,
                letters=now.unit.letters,
                open=isinstance(now.hours, Open),
                chosen=now.unit.id in chosen,
                suspended=suspension(now),
            )
            for now in units
        ),
        waiting=line.waiting,
        away=line.away,
        longest_ms=line.longest_ms,
        line=line.with_tickets() if staff.may_call_out_of_order else line.rows,
        person=None if desk.ticket is None else _person(desk.ticket),
        call=_desk_call(desk),
        wrap_until_ms=None if attendant is None else attendant.wrap_until_ms,
        wrap_extendable=attendant is not None
        and attendant.activity is Activity.WRAP_UP
        and not attendant.wrap_extended,
        outcome=attendant.outcome if attendant is not None and attendant.activity is Activity.WRAP_UP else None,
    )


def _person(ticket: Ticket) -> Person:
    return Person(
        ticket=ticket.id,
        number=ticket.number,
        unit=ticket.unit,
        name=ticket.visitor.name,
        role=ticket.visitor.role,
        oab=ticket.visitor.oab,
        case_number=ticket.visitor.case_number,
        tier=ticket.tier,
        joined_ms=ticket.joined_ms,
        tries=ticket.tries,
        rev=ticket.rev,
        hops=ticket.hops,
        note=ticket.note,
        history=tuple(met(each) for each in ticket.past),
    )


def _desk_call(desk: Desk) -> DeskCall | None:
    call, ticket = desk.call, desk.ticket
    if call is None:
        return None
    lasting = call.state not in {CallState.ACTIVE, CallState.ENDED}
    return DeskCall(
        call=call.id,
        state=call.state,
        gone=call.gone,
        until_ms=ticket.until_ms if lasting and ticket is not None else None,
        seen=call.seen_ms is not None,
        started_ms=call.started_ms,
        end=call.end,
        guests=tuple(seat(guest) for guest in desk.guests),
        invited_until_ms=call.invited_until_ms,
    )
