"""The attendant's view: the line of one's units without names, and the person who was called."""

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rooms.ids import AttendantId, Fence, Millis, TicketId, UnitId
from rooms.model.attendant import Activity, Staff, Status
from rooms.model.call import Asked, CallState
from rooms.model.guest import AskedIn, Helping, Offered
from rooms.model.hours import Open
from rooms.model.order import calls_of
from rooms.model.snapshot import Desk
from rooms.model.ticket import Ticket
from signaling.protocol import company, views
from signaling.protocol.company import AskedView, Colleague
from signaling.protocol.quality import CheckView
from signaling.protocol.signals import Clerk
from signaling.protocol.views import DeskCall, DeskUnit, DeskView, LineRow, Person
from signaling.views.guest import guest_call, seat
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


def is_same(before: UnitNow, now: UnitNow) -> bool:
    """Whether a desk shows the same of the unit as before; one that is in a call shows its colleagues too."""

    def shown(of: UnitNow) -> tuple[object, ...]:
        return of.unit, of.state.line, of.rule, of.state.suspension, isinstance(of.hours, Open)

    return shown(before) == shown(now)


def desk_view(
    desk: Desk,
    staff: Staff,
    units: Sequence[UnitNow],
    line: DeskLine,
    fence: Fence | None,
    host: Staff | None = None,
) -> DeskView:
    """The attendant's view on the page that holds `fence` (None: none).

    `units` are those the directory gives them, `line` is of those they have chosen; `host` is whose call they help in.
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
        call=_desk_call(desk, units),
        asked=None if desk.asked is None else _asked_in(desk.asked, units),
        helping=None if desk.helping is None else _helping(desk.helping, host, units),
        offered=None if desk.offered is None else _offered(desk.offered),
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
        libras=ticket.visitor.libras,
        tier=ticket.tier,
        joined_ms=ticket.joined_ms,
        tries=ticket.tries,
        rev=ticket.rev,
        hops=ticket.hops,
        note=ticket.note,
        check=None if ticket.check is None else CheckView.model_validate(dataclasses.asdict(ticket.check)),
        history=tuple(met(each) for each in ticket.past),
    )


def interpreter_view(
    desk: Desk, staff: Staff, units: Sequence[UnitNow], fence: Fence | None, host: Staff | None = None
) -> views.InterpreterView:
    """An interpreter's view on the page that holds `fence` (None: none); `units` are the court's."""
    attendant = desk.attendant
    return views.InterpreterView(
        as_of=as_of(desk.as_of),
        elsewhere=attendant is None or fence != attendant.fence,
        name=staff.name,
        function=staff.function,
        status=Status.OFFLINE if attendant is None else attendant.status,
        pause=None if attendant is None else attendant.pause,
        activity=Activity.IDLE if attendant is None else attendant.activity,
        since_ms=desk.as_of.now_ms if attendant is None else attendant.since_ms,
        asked=None if desk.asked is None else _asked_in(desk.asked, units),
        helping=None if desk.helping is None else _helping(desk.helping, host, units),
        units=tuple(
            company.PoolUnit(slug=now.unit.id, name=now.unit.name, calls=now.state.in_call)
            for now in units
            if now.state.in_call
        ),
        offer=None
        if desk.offer is None
        else company.OfferView(
            unit=_name_of(desk.offer.unit, units), until_ms=desk.offer.until_ms, answer=desk.offer.answer
        ),
    )


def _asked_in(asked: AskedIn, units: Sequence[UnitNow]) -> company.AskedIn:
    return company.AskedIn(
        call=asked.call,
        kind=asked.kind,
        number=asked.number,
        clerk=Clerk(name=asked.name, function=asked.function, unit=_name_of(asked.unit, units)),
        until_ms=asked.until_ms,
    )


def _offered(offered: Offered) -> company.OfferedView:
    return company.OfferedView(name=offered.name, function=offered.function, until_ms=offered.until_ms)


def _helping(helping: Helping, host: Staff | None, units: Sequence[UnitNow]) -> company.Helping:
    unit = _name_of(helping.call.unit, units)
    call = guest_call(helping.call, helping.until_ms, host, unit)
    return company.Helping(me=seat(helping.guest), number=helping.number, call=call)


def _name_of(unit: UnitId, units: Sequence[UnitNow]) -> str:
    return next((now.unit.name for now in units if now.unit.id == unit), "")


def _colleagues(desk: Desk, units: Sequence[UnitNow]) -> Iterator[Colleague]:
    """Who of the call's unit sits at its counter and is with nobody."""
    call = desk.call
    if call is None or call.state in {CallState.RINGING, CallState.ENDED}:
        return
    for now in units:
        for one in now.state.attendants if now.unit.id == call.unit else ():
            if one.activity is Activity.IDLE and one.status is not Status.OFFLINE and one.attendant != call.attendant:
                yield Colleague(id=one.attendant, name=one.name, status=one.status)


def _asked(asked: Asked) -> AskedView:
    return AskedView(kind=asked.kind, name=asked.name, until_ms=asked.until_ms, answer=asked.answer)


def _desk_call(desk: Desk, units: Sequence[UnitNow]) -> DeskCall | None:
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
        asked=None if call.asked is None else _asked(call.asked),
        colleagues=tuple(_colleagues(desk, units)),
    )
