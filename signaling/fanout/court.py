"""One court on this node: what happened is heard, what changed is read, what is shown is pushed."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rooms.clock import at_utc, system_now
from rooms.errors import UnavailableError
from rooms.ids import AttendantId, CourtId, EntryId, Holder, Millis, TicketId, UnitId
from rooms.model.events import Event, EventKind
from rooms.model.snapshot import AsOf, OneTicket, UnitState
from rooms.ports import Log, Store
from rooms.services.house import House
from rooms.services.pool import POOL
from signaling.auth.capability import LIFE_S, Cookie
from signaling.fanout.calls import Calls
from signaling.fanout.dirt import Dirt
from signaling.fanout.hearing import Hearing
from signaling.fanout.pages import AnyPage, BoardPage, DeskPage, GuestPage, Held, Manned, Pages, VisitorPage
from signaling.fanout.showing import Showing
from signaling.fanout.units import KnownUnits
from signaling.logs import get_log
from signaling.protocol.views import Farewell, PublicUnit
from signaling.views.desk import is_same
from signaling.views.ticket import place_of, worsening
from signaling.views.unit import UnitNow, unit_list, unit_now

UNITS_AT_ONCE: Final = 20
"""As many as one script reads."""
PEOPLE_AT_ONCE: Final = 20
"""Of each kind; whom something has happened to are read together, because each answer waits a turn of a busy loop."""
PACES_S: Final = 5.0
"""Until a service that has finished is in the history, and more: one more hardly makes another pace."""
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
        self._unheeded: asyncio.Queue[Event] = asyncio.Queue()
        self._showing = Showing(court, house, self.pages, self._units)
        self._hearing = Hearing(self.pages, self._dirt, self._showing.staff)
        self._ahead_ms: Millis | None = None
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
            tasks.create_task(self._keep_heeding())
            tasks.create_task(self._keep_looking_back())
            tasks.create_task(self._keep_pace())

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

    async def _keep_pace(self) -> None:
        """How long people may have to wait is asked of the past, apart from the line, which must not wait for it."""
        while True:
            await asyncio.sleep(PACES_S)
            if changed := await self._house.renew_paces(self._court):
                self._dirt.units.update(changed)
                self._wake.set()

    async def _keep_heeding(self) -> None:
        """What the house knows by heart is renewed, apart from the views: a directory that is away stops none."""
        while True:
            event = await self._unheeded.get()
            await self._heed(event)
            if event.kind is EventKind.DIRECTORY_CHANGED:
                self._everything()

    async def _heed(self, event: Event) -> None:
        while True:
            try:
                return await self._house.heed(self._court, event)
            except UnavailableError:
                await asyncio.sleep(RETRY_S)

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
            self._unheeded.put_nowait(event)
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
        await self._check_sessions()
        await self._read_units()
        await self._read_people()
        began_s = self._clock()
        await self._showing.all()
        self._dirt.rest(self._clock(), self._clock() - began_s)
        if self._dirt.due_board(self._clock()):
            floods = await self._store.floods(self._court) if self.pages.boards else ()
            pool = await self._read_pool() if self.pages.boards else None
            self._dirt.board_shown(self._clock())
            self._showing.board(floods, pool)

    async def _read_pool(self) -> UnitState | None:
        """The court's interpreters now; None where it has none."""
        if not any(staff.interprets for staff in self._house.everybody(self._court)):
            return None
        # They serve nobody themselves: what is counted by the day is not theirs.
        day = at_utc(self._now()).date()
        (pool,) = (await self._store.units(self._court, (POOL,), {POOL: day})).units
        return pool

    async def _read_units(self) -> None:
        """Read the units that are due; whom that concerns is to be shown."""
        now_ms = self._now() if self._ahead_ms is not None else await self._store.now(self._court)
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
        desks = self._desks_of(batch)
        for state in read.units:
            pace = await self._house.pace(self._court, state.unit)
            unit = self._house.unit(self._court, state.unit)
            now = unit_now(unit, state, pace, at_utc(read.as_of.now_ms))
            before, shown = self._units.get(state.unit), self._units.public(state.unit)
            if self._units.learn(now):
                is_new = before is None or before.unit != now.unit or self._units.public(state.unit) is not shown
                self._showing.holders.update(self._moved(before, now, everybody=is_new))
                at_desk = before is None or not is_same(before, now)
                self._showing.desks.update(who for who in desks.get(state.unit, ()) if at_desk or self._sees_more(who))
                self._dirt.board = True

    def _moved(self, before: UnitNow | None, now: UnitNow, *, everybody: bool) -> Iterator[Holder]:
        """Who waits in the unit at another place than before, or is told something else of it; or all of them.

        Who stands worse is going to be told why.
        """
        for holder in self.pages.holders_in(now.unit.id):
            held = self.pages.visitors[holder]
            ticket = held.one.ticket if held.one is not None else None
            if ticket is None:
                continue
            told, held.worsening = held.worsening, worsening(held.worsening, ticket, before, now)
            was = None if before is None else place_of(ticket, before)
            if everybody or told is not held.worsening or was != place_of(ticket, now):
                yield holder

    async def _read_people(self) -> None:
        """Read whom something has happened to, several at a time; all of them are shown."""
        holders = [holder for holder in self._dirt.take_holders() if holder in self.pages.visitors]
        desks = [attendant for attendant in self._dirt.take_desks() if attendant in self.pages.desks]
        guests = [guest for guest in self._dirt.take_guests() if guest in self.pages.guests]
        some = slice(PEOPLE_AT_ONCE)
        while holders or desks or guests:
            try:
                read = await self._store.people(self._court, holders[some], desks[some], guests[some])
            except UnavailableError:
                self._dirt.holders.update(holders)
                self._dirt.desks.update(desks)
                self._dirt.guests.update(guests)
                raise
            self._true_for(read.as_of)
            for holder, one in read.tickets.items():
                self._learn_ticket(holder, one)
            for attendant, desk in read.desks.items():
                self.pages.desk(attendant, desk)
            self._showing.desks.update(read.desks)
            for guest, seated in read.guests.items():
                self.pages.seat(guest, seated)
                self._showing.guest(guest, seated)
            del holders[some], desks[some], guests[some]
        # asked of those who moved: the difference of two dictionaries' keys is looked for among everybody who waits
        for gone in [holder for holder in self._hearing.moved if holder not in self.pages.visitors]:
            del self._hearing.moved[gone]

    def _learn_ticket(self, holder: Holder, one: OneTicket) -> None:
        farewell = self._hearing.moved.pop(holder, None)
        if one.ticket is None and (farewell is not None or self._had(holder, one)):
            self._cut(holder, farewell or Farewell.MOVED)
            return
        was_known = one.ticket is None or self.pages.holder_of(one.ticket.id) == holder
        self.pages.hold(holder, one)
        self._showing.holders.add(holder)
        if not was_known and one.as_of.n < self._event_n:
            # what was heard of the ticket while it was read was for nobody here
            self._dirt.holders.add(holder)

    def _had(self, holder: Holder, now: OneTicket) -> bool:
        """Whether the browser held a live ticket of this epoch: those end, but do not vanish. Its event was missed."""
        held = self.pages.visitors.get(holder, Held())
        return held.ticket is not None and held.one is not None and held.one.as_of.epoch == now.as_of.epoch

    def _cut(self, holder: Holder, farewell: Farewell) -> None:
        """The ticket is not this browser's any more: its pages go on showing it, with what became of it."""
        for entry in self.pages.visitors.get(holder, Held()).pages:
            entry.page.goodbye(farewell)

    async def _check_sessions(self) -> None:
        """Somebody went offline: whose sign-in is over is told so."""
        for attendant in tuple(self._dirt.sessions):
            manned = self.pages.desks.get(attendant, Manned())
            for entry in tuple(manned.pages):
                if await self._store.session(self._court, entry.session, LIFE_S[Cookie.ATTENDANT]) is None:
                    entry.page.goodbye(Farewell.SIGNED_OUT)
            self._dirt.sessions.discard(attendant)

    # ------------------------------------------------------------------------------------------------------- small

    def _everything(self) -> None:
        units = [unit.id for unit in self._house.units(self._court)]
        self._units.keep(units)
        self._dirt.everything(units, self.pages.visitors, self.pages.desks)
        self._dirt.guests.update(self.pages.guests)
        self._wake.set()

    def _true_for(self, read: AsOf) -> None:
        self._ahead_ms = Millis(read.now_ms - system_now())
        self._showing.true_for(read)

    def _now(self) -> Millis:
        """Court time, by the newest read."""
        return Millis(system_now() + (self._ahead_ms or 0))

    def _desks_of(self, units: Sequence[UnitId]) -> dict[UnitId, list[AttendantId]]:
        """The desks here that show something of these units."""
        desks: dict[UnitId, list[AttendantId]] = {unit: [] for unit in units}
        for attendant in self.pages.desks:
            staff = self._showing.staff(attendant)
            of = units if self.pages.is_in_pool(attendant) else () if staff is None else staff.units
            for unit in of:
                if unit in desks:
                    desks[unit].append(attendant)
        return desks

    def _sees_more(self, attendant: AttendantId) -> bool:
        """Whether the desk shows what others do at a unit: to a clerk in a call colleagues, to an interpreter calls."""
        desk = self.pages.desks[attendant].desk
        return self.pages.is_in_pool(attendant) or (desk is not None and desk.call is not None)


def _batches(units: Sequence[UnitId]) -> Iterator[Sequence[UnitId]]:
    for start in range(0, len(units), UNITS_AT_ONCE):
        yield units[start : start + UNITS_AT_ONCE]
