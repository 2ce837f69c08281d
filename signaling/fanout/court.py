"""One court on this node: what happened is heard, what changed is read, what is shown is pushed."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from rooms.clock import at_utc, system_now
from rooms.errors import NotFoundError, UnavailableError
from rooms.ids import AttendantId, CourtId, EntryId, GuestId, Holder, Millis, TicketId, UnitId
from rooms.model.attendant import Staff
from rooms.model.events import Event, EventKind
from rooms.model.snapshot import AsOf, Flood, OneGuest, OneTicket
from rooms.ports import Log, Store
from rooms.services.house import House
from signaling.auth.capability import LIFE_S, Cookie
from signaling.fanout.calls import Calls
from signaling.fanout.dirt import Dirt
from signaling.fanout.hearing import Hearing
from signaling.fanout.pages import AnyPage, BoardPage, DeskPage, GuestPage, Held, Manned, Pages, VisitorPage, show
from signaling.fanout.units import KnownUnits
from signaling.logs import get_log
from signaling.protocol.views import DeskView, Farewell, InterpreterView, PublicUnit
from signaling.views.board import board_view
from signaling.views.desk import desk_view, interpreter_view
from signaling.views.guest import guest_view
from signaling.views.ticket import ticket_view, worsening
from signaling.views.unit import UnitNow, unit_list, unit_now

UNITS_AT_ONCE: Final = 20
"""As many as one script reads."""
SHOWN_AT_ONCE: Final = 10
"""Pages that are shown something before others have their turn: some three milliseconds."""
RETRY_S: Final = 0.5
LOOKS_BACK_S: Final = 3.0
"""A reader that has not come by then to where the streams ended, will not: they have been trimmed."""
_log = get_log()


class CourtFanout:
    """The pages of one court on this node, and the one reader that feeds them.

    `run()` needs an owner that cancels it. Everything else is called from the same event loop and does not wait.
    """

    def __init__(self, court: CourtId, store: Store, log: Log, house: House, clock: Callable[[], float]) -> None:
        """`clock` answers seconds and only goes forward."""
        self.pages: Final = Pages()
        self.ready: Final = asyncio.Event()
        """Set once every unit has been read and the streams are followed."""
        self._gaps = 0
        self._court = court
        self._store = store
        self._log = log
        self._house = house
        self._clock = clock
        self._calls = Calls(court, log, self.pages)
        self._dirt = Dirt()
        self._wake = asyncio.Event()
        self._units = KnownUnits()
        self._unheeded: deque[Event] = deque()
        self._hearing = Hearing(self.pages, self._dirt, self._staff)
        self._unshown_holders: set[Holder] = set()
        self._unshown_desks: set[AttendantId] = set()
        self._as_of: AsOf | None = None
        self._ahead_ms = 0
        self._event_n = 0

    # ------------------------------------------------------------------------------------------ pages come and go

    def come(self, entry: AnyPage) -> None:
        """A page is here and is shown its view as soon as that is read."""
        self.pages.add(entry)
        self.refresh(entry)

    def go(self, entry: AnyPage) -> None:
        """A page is gone; its leases run out by themselves."""
        self.pages.remove(entry)

    def refresh(self, entry: AnyPage) -> None:
        """What this page shows is to be read again: it has just changed something."""
        match entry:
            case VisitorPage():
                self._dirt.holders.add(entry.holder)
            case DeskPage():
                self._dirt.desks.add(entry.attendant)
            case BoardPage():
                self._dirt.board = True
            case GuestPage():
                self._dirt.guests.add(entry.guest)
        self._wake.set()

    def joined(self, entry: VisitorPage, ticket: TicketId) -> None:
        """This page's browser holds a ticket."""
        self.pages.expect(entry.holder, ticket)
        self.refresh(entry)

    # ------------------------------------------------------------------------------------------- what is asked of it

    @property
    def gaps(self) -> int:
        """How often a counter of either stream showed that entries were missed."""
        return self._gaps + self._calls.gaps

    def unit_list(self) -> tuple[PublicUnit, ...]:
        """Every unit as last read, open ones first."""
        return unit_list(self._units.public(unit.id) for unit in self._house.units(self._court))

    def unit(self, unit: UnitId) -> PublicUnit | None:
        """One of them."""
        return self._units.public(unit)

    # --------------------------------------------------------------------------------------------------- its life

    async def run(self) -> None:
        """Follow the court for ever."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow())
            tasks.create_task(self._keep_showing())
            tasks.create_task(self._keep_looking_back())

    async def _follow(self) -> None:
        """Tail both streams from where they stand now; what is read afterwards is at least as new."""
        events_after, self._event_n, signals_after, signals_n = await self._positions()
        self._calls.start(signals_n)
        self._everything()
        async for events, signals in self._log.tail(self._court, events_after, signals_after):
            for event in events:
                self._hear(event)
            self._wake.set()
            if signals:
                await self._calls.pass_on(signals)

    async def _keep_looking_back(self) -> None:
        """What was trimmed behind a slow reader shows at the next entry, or here if none follows."""
        while True:
            _, n, _, said = await self._positions()
            await asyncio.sleep(LOOKS_BACK_S)
            if self.ready.is_set():
                await self._look_back(n, said)

    async def _look_back(self, n: int, said: int) -> None:
        """The streams had come to these counters some time ago, and so should their reader."""
        if self._event_n < n:
            self._missed(n + 1)
            self._event_n = n
            self._wake.set()
        await self._calls.look_back(said)

    async def _positions(self) -> tuple[EntryId, int, EntryId, int]:
        while True:
            try:
                return await self._log.positions(self._court)
            except UnavailableError:
                await asyncio.sleep(RETRY_S)

    def _hear(self, event: Event) -> None:
        if event.n != self._event_n + 1:
            self._missed(event.n)
        self._event_n = event.n
        if event.kind in {EventKind.DIRECTORY_CHANGED, EventKind.CALL_FINISHED}:
            self._unheeded.append(event)
        if event.kind is EventKind.EPOCH_RAISED:
            self._everything()
        self._hearing.hear(event)

    def _missed(self, found: int) -> None:
        self._gaps += 1
        _log.warning("events_missed", court=self._court, expected=self._event_n + 1, found=found)
        self._everything()

    async def _keep_showing(self) -> None:
        while True:
            try:
                await self._refresh()
            except UnavailableError:
                await asyncio.sleep(RETRY_S)
                continue
            await self._rest()

    async def _rest(self) -> None:
        """Until something is marked, or falls due."""
        waits = [self._dirt.wait_s(self._clock())]
        if (change := self._units.next_change_ms()) is not None:
            waits.append(max(0.0, (change - self._now()) / 1000))
        wait = min((wait for wait in waits if wait is not None), default=None)
        try:
            async with asyncio.timeout(wait):
                await self._wake.wait()
        except TimeoutError:
            return
        self._wake.clear()

    # ------------------------------------------------------------------------------------------------- reading again

    async def _refresh(self) -> None:
        """Read what is marked and due, then show what changed.

        What could not be read stays marked, what was read until then is shown with the rest.
        """
        while self._unheeded:
            await self._house.heed(self._court, self._unheeded[0])
            if self._unheeded.popleft().kind is EventKind.DIRECTORY_CHANGED:
                self._everything()
        await self._check_sessions()
        await self._read_units()
        await self._read_holders()
        await self._read_desks()
        await self._show_guests()
        began_s = self._clock()
        await self._show_all()
        self._dirt.rest(self._clock(), self._clock() - began_s)
        if self._dirt.due_board(self._clock()):
            floods = await self._store.floods(self._court) if self.pages.boards else ()
            self._dirt.board_shown(self._clock())
            self._show_board(floods)

    async def _read_units(self) -> None:
        """Read the units that are due; whom that concerns is to be shown."""
        now_ms = self._now() if self._as_of is not None else await self._store.now(self._court)
        self._dirt.units |= self._units.changed_by(now_ms)
        known = {unit.id for unit in self._house.units(self._court)}
        due = [unit for unit in self._dirt.take_units(self._clock()) if unit in known]
        try:
            for batch in _batches(due):
                await self._read_batch(batch, now_ms)
        except UnavailableError:
            self._dirt.units.update(due)
            raise
        if len(self._units.some(known)) == len(known):
            self.ready.set()

    async def _read_batch(self, batch: Sequence[UnitId], now_ms: Millis) -> None:
        read = await self._store.units(self._court, batch, self._house.days(self._court, batch, now_ms))
        self._true_for(read.as_of)
        for state in read.units:
            pace = await self._house.pace(self._court, state.unit)
            unit = self._house.unit(self._court, state.unit)
            now = unit_now(unit, state, pace, at_utc(read.as_of.now_ms))
            before = self._units.get(state.unit)
            if self._units.learn(now):
                self._explain(before, now)
                self._unshown_holders |= self.pages.holders_in(state.unit)
                self._unshown_desks |= {
                    who for who in self.pages.desks if state.unit in self._units_of(who) or self.pages.is_in_pool(who)
                }
                self._dirt.board = True

    def _explain(self, before: UnitNow | None, now: UnitNow) -> None:
        """Who waits in the unit and stands worse than before is going to be told why."""
        for holder in self.pages.holders_in(now.unit.id):
            held = self.pages.visitors[holder]
            if held.one is not None and held.one.ticket is not None:
                held.worsening = worsening(held.worsening, held.one.ticket, before, now)

    async def _read_holders(self) -> None:
        holders = {holder for holder in self._dirt.take_holders() if holder in self.pages.visitors}
        for holder in holders:
            try:
                one = await self._store.ticket_of(self._court, holder)
            except UnavailableError:
                self._dirt.holders |= holders
                raise
            self._true_for(one.as_of)
            farewell = self._hearing.moved.pop(holder, None)
            if one.ticket is None and (farewell is not None or self._had(holder, one)):
                self._cut(holder, farewell or Farewell.MOVED)
            else:
                was_known = one.ticket is None or self.pages.holder_of(one.ticket.id) == holder
                self.pages.hold(holder, one)
                self._unshown_holders.add(holder)
                if not was_known and one.as_of.n < self._event_n:
                    # what was heard of the ticket while it was read was for nobody here
                    self._dirt.holders.add(holder)
        for gone in self._hearing.moved.keys() - self.pages.visitors.keys():
            del self._hearing.moved[gone]

    def _had(self, holder: Holder, now: OneTicket) -> bool:
        """Whether the browser held a live ticket of this epoch: those end, but do not vanish. Its event was missed."""
        held = self.pages.visitors.get(holder, Held())
        return held.ticket is not None and held.one is not None and held.one.as_of.epoch == now.as_of.epoch

    def _cut(self, holder: Holder, farewell: Farewell) -> None:
        """The ticket is not this browser's any more: its pages go on showing it, with what became of it."""
        for entry in self.pages.visitors.get(holder, Held()).pages:
            entry.page.goodbye(farewell)

    async def _read_desks(self) -> None:
        desks = {attendant for attendant in self._dirt.take_desks() if attendant in self.pages.desks}
        for attendant in desks:
            try:
                desk = await self._store.desk(self._court, attendant)
            except UnavailableError:
                self._dirt.desks |= desks
                raise
            self._true_for(desk.as_of)
            self.pages.desk(attendant, desk)
        self._unshown_desks |= desks

    async def _show_guests(self) -> None:
        """Read who else is in a call, and show them; two at most in each."""
        for guest in (due := {guest for guest in self._dirt.take_guests() if guest in self.pages.guests}):
            try:
                one = await self._store.guest(self._court, guest)
            except UnavailableError:
                self._dirt.guests |= due
                raise
            self._true_for(one.as_of)
            self.pages.seat(guest, one)
            self._show_guest(guest, one)

    def _show_guest(self, guest: GuestId, one: OneGuest) -> None:
        if one.call is None or guest not in self.pages.guests:
            return
        clerk, unit = self._staff(one.call.attendant), self._house.unit(self._court, one.call.unit)
        for entry in self.pages.guests[guest].pages:
            if (view := guest_view(self._as_of or one.as_of, one, clerk, unit.name, entry.tab)) is not None:
                show(entry, view)

    async def _check_sessions(self) -> None:
        """Somebody went offline: whose sign-in is over is told so."""
        for attendant in tuple(self._dirt.sessions):
            manned = self.pages.desks.get(attendant, Manned())
            for entry in tuple(manned.pages):
                if await self._store.session(self._court, entry.session, LIFE_S[Cookie.ATTENDANT]) is None:
                    entry.page.goodbye(Farewell.SIGNED_OUT)
            self._dirt.sessions.discard(attendant)

    # -------------------------------------------------------------------------------------------------- showing it

    async def _show_all(self) -> None:
        """Show everybody what was read for them. Whoever asks something meanwhile is answered first."""
        shown = 0
        while self._unshown_holders or self._unshown_desks:
            if self._unshown_desks:
                self._show_desk(self._unshown_desks.pop())
            else:
                self._show_ticket(self._unshown_holders.pop())
            shown += 1
            if shown % SHOWN_AT_ONCE == 0:
                await asyncio.sleep(0)

    def _show_ticket(self, holder: Holder) -> None:
        held = self.pages.visitors.get(holder, Held())
        if held.one is None or self._as_of is None:
            return
        ticket = held.one.ticket
        now = None if ticket is None else self._units.get(ticket.unit)
        public = None if ticket is None else self._units.public(ticket.unit)
        clerk = None if ticket is None or ticket.attendant is None else self._staff(ticket.attendant)
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
        manned = self.pages.desks.get(attendant, Manned())
        staff = self._staff(attendant)
        if manned.desk is None or self._as_of is None or staff is None:
            return
        units = self._units.some(staff.units)
        chosen = () if manned.desk.attendant is None else manned.desk.attendant.units
        line = self._units.line(tuple(unit for unit in chosen if unit in staff.units), attendant)
        helping = manned.desk.helping
        host = None if helping is None else self._staff(helping.call.attendant)
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

    def _show_board(self, floods: Sequence[Flood]) -> None:
        if self._as_of is None or not self.pages.boards:
            return
        view = board_view(self._as_of, self._house.court(self._court), self._known(), floods)
        for entry in self.pages.boards:
            show(entry, view)

    # ------------------------------------------------------------------------------------------------------- small

    def _everything(self) -> None:
        units = [unit.id for unit in self._house.units(self._court)]
        self._units.keep(units)
        self._dirt.everything(units, self.pages.visitors, self.pages.desks)
        self._dirt.guests.update(self.pages.guests)
        self._wake.set()

    def _true_for(self, read: AsOf) -> None:
        """Views are stamped with the newest read of all: reads follow each other, so no view goes back."""
        self._ahead_ms = read.now_ms - system_now()
        if self._as_of is None or (read.epoch, read.n) >= (self._as_of.epoch, self._as_of.n):
            self._as_of = read

    def _now(self) -> Millis:
        """Court time, by the newest read."""
        return Millis(system_now() + self._ahead_ms)

    def _known(self) -> list[UnitNow]:
        return self._units.some(unit.id for unit in self._house.units(self._court))

    def _staff(self, attendant: AttendantId) -> Staff | None:
        try:
            return self._house.staff(self._court, attendant)
        except NotFoundError:
            return None

    def _units_of(self, attendant: AttendantId) -> tuple[UnitId, ...]:
        staff = self._staff(attendant)
        return () if staff is None else staff.units


def _batches(units: Sequence[UnitId]) -> Iterator[Sequence[UnitId]]:
    for start in range(0, len(units), UNITS_AT_ONCE):
        yield units[start : start + UNITS_AT_ONCE]
