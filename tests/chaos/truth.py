"""What every page must show: its view, made anew from a fresh read of the store; and what it must have heard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rooms.clock import at_utc
from rooms.ids import CallId, Holder
from rooms.model.attendant import Staff
from rooms.model.hours import local_day
from rooms.model.snapshot import AsOf, Desk, OneTicket, People
from signaling.views.board import board_view
from signaling.views.desk import desk_line, desk_view
from signaling.views.ticket import ticket_view
from signaling.views.unit import UnitNow, public_unit, unit_now
from tests.chaos.page import Page
from tests.chaos.people import Board, Clerk, Visitor
from tests.chaos.town import COURT, Town

UNTOLD = frozenset({"as_of", "estimate", "worsening", "closing", "until", "opens_at"})
"""What a view says of time, and what follows from it;"""
INSTANT = "_ms"
"""and so do all fields that end so."""
FORGOTTEN = {"person", "call"}
"""What a desk in wrap-up goes on to show when the store keeps the records no longer."""


@dataclass(frozen=True)
class Truth:
    """One read of the store."""

    town: Town
    as_of: AsOf
    units: dict[str, UnitNow]
    people: People

    @classmethod
    async def of(cls, town: Town, pages: Iterable[Page]) -> "Truth":
        """What is true for these pages now."""
        known = {unit.id: unit for unit in town.site.units}
        today = at_utc(await town.store.now(COURT))
        read = await town.store.units(
            COURT, list(known), {unit.id: local_day(unit.hours, today) for unit in known.values()}
        )
        now = at_utc(read.as_of.now_ms)
        holders = [Holder(page.holder) for page in pages if isinstance(page, Visitor)]
        desks = [page.attendant for page in pages if isinstance(page, Clerk)]
        return cls(
            town,
            read.as_of,
            {state.unit: unit_now(known[state.unit], state, None, now) for state in read.units},
            await town.store.people(COURT, holders, desks, []),
        )

    def view(self, page: Page) -> Any:
        """The page's view, as it comes over the wire."""
        match page:
            case Visitor():
                made: Any = self._ticket(page, self.people.tickets[Holder(page.holder)])
            case Clerk():
                made = self._desk(page, self.people.desks[page.attendant])
            case Board():
                made = board_view(self.as_of, self.town.site.court, list(self.units.values()))
        return made.model_dump(mode="json")

    def _ticket(self, page: Visitor, one: OneTicket) -> Any:
        ticket = one.ticket
        now = None if ticket is None else self.units[ticket.unit]
        return ticket_view(
            self.as_of,
            ticket,
            one.call,
            now,
            None if now is None else public_unit(now),
            tab=page.tab,
            clerk=None if ticket is None or ticket.attendant is None else self._staff(ticket.attendant),
            reason=None,
        )

    def _desk(self, page: Clerk, desk: Desk) -> Any:
        staff, attendant = self._staff(page.attendant), desk.attendant
        chosen = [self.units[unit] for unit in (() if attendant is None else attendant.units)]
        holds = attendant is not None and attendant.tab == page.tab
        return desk_view(
            desk,
            staff,
            [self.units[unit] for unit in staff.units],
            desk_line(chosen, page.attendant),
            attendant.fence if attendant is not None and holds else None,
            None if desk.helping is None else self._staff(desk.helping.call.attendant),
        )

    def _staff(self, login: str) -> Staff:
        return next(one for one in self.town.site.staff if one.id == login)


def shown_and_true(page: Page, true: Any) -> tuple[Any, Any]:
    """The two to be compared: without times, and without what nobody has to take from a page."""
    shown = page.view
    if not page.connected or not shown:
        return "nothing", "a view"
    if isinstance(page, Visitor) and true["ticket"] is None and page.ticket is None:
        shown = {**shown, "ticket": None}  # an end is kept for an hour, and stays on the page that shows it
    if isinstance(page, Clerk) and true["activity"] == "wrap_up":
        gone = {name: None for name in FORGOTTEN if true[name] is None}
        shown = {**shown, **gone}
    return _timeless(shown), _timeless(true)


def _timeless(told: Any) -> Any:
    match told:
        case dict():
            return {
                name: _timeless(value)
                for name, value in told.items()
                if name not in UNTOLD and not name.endswith(INSTANT)
            }
        case list() | tuple():
            return [_timeless(each) for each in told]
    return told


async def said_and_heard(town: Town, page: Page) -> tuple[Sequence[str], Sequence[str]]:
    """Of the call that the page is in: the ids of what it has heard, and of what was said to it.

    What a disk has lost since, nobody can unhear; what one has said to one other, a replay repeats.
    """
    mine = {Visitor: "visitor", Clerk: "attendant"}.get(type(page))
    if mine is None or not page.call or not page.talks:
        return (), ()
    log = await town.log.call_log(COURT, CallId(page.call), None, 10_000)
    said = [entry.id for entry in log if entry.to in {None, mine}]
    heard = [entry["id"] for entry in page.heard if entry["to"] in {None, mine} and entry["id"] not in town.unsaid]
    return heard, said
