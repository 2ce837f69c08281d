"""The reads, as they must be."""

from collections.abc import Sequence
from dataclasses import replace

from rooms.ids import AttendantId, CallId, Holder, Millis, TicketId, UnitId
from rooms.model.attendant import Activity, Status
from rooms.model.call import Call
from rooms.model.snapshot import AsOf, DeskState, OneTicket, Suspension, Units, UnitState
from rooms.model.snapshot import Desk as DeskView
from rooms.model.ticket import TALKING, Ticket, TicketState
from tests.model.records import Desk
from tests.model.state import STAYS, State


class Reads(State):
    """What pages and boards are shown."""

    def as_of(self) -> AsOf:
        return AsOf(self.epoch, self.n, self.now_ms)

    def units(self, units: Sequence[UnitId], day: str) -> Units:
        return Units(self.as_of(), tuple(self._unit(unit, day) for unit in units))

    def _unit(self, unit: UnitId, day: str) -> UnitState:
        there = [desk for desk in self.desks.values() if unit in desk.shown.units and self._sits(desk)]
        rows = [_row(desk) for desk in sorted(there, key=lambda desk: desk.shown.id)]
        called, in_call = (
            sum(place.shown.unit == unit and place.shown.state in state for place in self.places.values())
            for state in ({TicketState.CALLED}, TALKING)
        )
        return UnitState(
            unit=unit,
            line=tuple(self.line(unit)),
            attendants=tuple(rows),
            called=called,
            in_call=in_call,
            served_today=self.ended[unit, day, "served"],
            left_today=self.ended[unit, day, "left"],
            cancelled_today=self.ended[unit, day, "cancelled"],
            unattended_since_ms=None if self.available.get(unit) else self.unattended.get(unit, self.since),
            run=self.runs[unit],
            out_of_order_today=self.ended[unit, day, "out_of_order"],
            suspension=self._suspension(unit),
            refused_today=len(self.refused.get((unit, day), ())),
        )

    def _suspension(self, unit: UnitId) -> Suspension | None:
        kept, until = self.suspensions.get(unit), self.deadlines.get(("suspended", unit))
        return kept and replace(kept, until_ms=None if until is None else Millis(until))

    @staticmethod
    def _sits(desk: Desk) -> bool:
        return desk.shown.status is not Status.OFFLINE or desk.shown.activity is not Activity.IDLE

    def ticket_of(self, holder: Holder) -> OneTicket:
        return self.ticket(self.holders.get(holder))

    def ticket(self, ticket: TicketId | None) -> OneTicket:
        shown = self._ticket(ticket)
        return OneTicket(self.as_of(), shown, self._call(None if shown is None else shown.call))

    def desk(self, attendant: AttendantId) -> DeskView:
        desk = self.desks.get(attendant)
        shown = None
        if desk is not None:
            wrap_until = self.deadlines.get(("wrap_up", attendant))
            shown = replace(desk.shown, wrap_until_ms=None if wrap_until is None else Millis(wrap_until))
        ticket = None if shown is None else self._ticket(shown.ticket)
        return DeskView(self.as_of(), shown, ticket, self._call(None if ticket is None else ticket.call))

    def _ticket(self, ticket: TicketId | None) -> Ticket | None:
        place = None if ticket is None else self.places.get(ticket)
        if place is None:
            return None
        until = next((self.deadlines[kind, place.id] for kind in STAYS if (kind, place.id) in self.deadlines), None)
        return replace(place.shown, until_ms=None if until is None else Millis(until))

    def _call(self, call: CallId | None) -> Call | None:
        return None if call is None else self.talks[call].shown


def _row(desk: Desk) -> DeskState:
    shown = desk.shown
    return DeskState(shown.id, shown.name, shown.status, shown.pause, shown.activity, shown.since_ms, len(shown.units))
