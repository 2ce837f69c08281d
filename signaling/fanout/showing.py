"""What was read is shown: to each page of the court here, unless it shows the same already."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rooms.errors import NotFoundError
from rooms.ids import AttendantId, CourtId, GuestId, Holder
from rooms.model.attendant import Staff
from rooms.model.snapshot import AsOf, Flood, OneGuest, UnitState
from rooms.services.house import House
from signaling.fanout.pages import Held, Manned, Pages, show
from signaling.fanout.units import KnownUnits
from signaling.protocol.views import DeskView, InterpreterView
from signaling.views.board import board_view
from signaling.views.desk import desk_view, interpreter_view
from signaling.views.guest import guest_view
from signaling.views.ticket import ticket_view
from signaling.views.unit import UnitNow

SHOWN_AT_ONCE: Final = 10
"""Pages that are shown something before others have their turn: some three milliseconds."""


class Showing:
    """Whose view is to be made anew, and their views."""

    def __init__(self, court: CourtId, house: House, pages: Pages, units: KnownUnits) -> None:
        self.holders: Final[set[Holder]] = set()
        """Whose view may be another than the one that their pages show,"""
        self.desks: Final[set[AttendantId]] = set()
        """and at which desks."""
        self._court = court
        self._house = house
        self._pages = pages
        self._units = units
        self._as_of: AsOf | None = None

    def true_for(self, read: AsOf) -> None:
        """Views are stamped with the newest read of all: reads follow each other, so no view goes back."""
        if self._as_of is None or (read.epoch, read.n) >= (self._as_of.epoch, self._as_of.n):
            self._as_of = read

    async def all(self) -> None:
        """Show everybody what was read for them. Whoever asks something meanwhile is answered first."""
        shown = 0
        while self.holders or self.desks:
            if self.desks:
                self._show_desk(self.desks.pop())
            else:
                self._show_ticket(self.holders.pop())
            shown += 1
            if shown % SHOWN_AT_ONCE == 0:
                await asyncio.sleep(0)

    def board(self, floods: Sequence[Flood], pool: UnitState | None) -> None:
        """The board, to every supervisor."""
        if self._as_of is None or not self._pages.boards:
            return
        view = board_view(self._as_of, self._house.court(self._court), self._known(), floods, pool)
        for entry in self._pages.boards:
            show(entry, view)

    def guest(self, guest: GuestId, one: OneGuest) -> None:
        """A guest, who was just read; two at most in each call."""
        if one.call is None or guest not in self._pages.guests:
            return
        clerk, unit = self.staff(one.call.attendant), self._house.unit(self._court, one.call.unit)
        for entry in self._pages.guests[guest].pages:
            if (view := guest_view(self._as_of or one.as_of, one, clerk, unit.name, entry.tab)) is not None:
                show(entry, view)

    def staff(self, attendant: AttendantId) -> Staff | None:
        """Who an attendant is; None: nobody any more."""
        try:
            return self._house.staff(self._court, attendant)
        except NotFoundError:
            return None

    def _known(self) -> list[UnitNow]:
        return self._units.some(unit.id for unit in self._house.units(self._court))

    def _show_ticket(self, holder: Holder) -> None:
        held = self._pages.visitors.get(holder, Held())
        if held.one is None or self._as_of is None:
            return
        ticket = held.one.ticket
        now = None if ticket is None else self._units.get(ticket.unit)
        public = None if ticket is None else self._units.public(ticket.unit)
        clerk = None if ticket is None or ticket.attendant is None else self.staff(ticket.attendant)
        for entry in held.pages:
            view = ticket_view(
                self._as_of,
                ticket,
                held.one.call,
                now,
                public,
                tab=entry.tab,
                clerk=clerk,
                reason=held.worsening,
            )
            show(entry, view)

    def _show_desk(self, attendant: AttendantId) -> None:
        manned = self._pages.desks.get(attendant, Manned())
        staff = self.staff(attendant)
        if manned.desk is None or self._as_of is None or staff is None:
            return
        units = self._units.some(staff.units)
        chosen = () if manned.desk.attendant is None else manned.desk.attendant.units
        line = self._units.line(tuple(unit for unit in chosen if unit in staff.units), attendant)
        helping = manned.desk.helping
        host = None if helping is None else self.staff(helping.call.attendant)
        desk = replace(manned.desk, as_of=self._as_of)
        for entry in manned.pages:
            view: DeskView | InterpreterView
            if entry.pool:
                view = interpreter_view(desk, staff, self._known(), entry.fence, host)
            else:
                view = desk_view(desk, staff, units, line, entry.fence, host)
            if view.elsewhere:
                entry.fence = None
            show(entry, view)
