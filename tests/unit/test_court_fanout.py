"""One court's reader while the store comes and goes: what was read is shown, what was not is read again."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date

from rooms.errors import Code, UnavailableError
from rooms.ids import CourtId, EntryId, Holder, Millis, TabId, TicketId
from rooms.model.events import Event, EventKind
from rooms.model.order import Key, score_of
from rooms.model.snapshot import AsOf, OneTicket, People, Units, UnitState, Waiting
from rooms.model.ticket import TicketState, Tier
from rooms.services.house import House
from signaling.fanout import court as fanout
from signaling.fanout import showing
from signaling.fanout.pages import VisitorPage
from signaling.views.ticket import ticket_view
from tests.houses import FixedDirectory, FixedHistory, unit_of
from tests.scene import CIVEL, FAMILIA
from tests.unit.test_views import ticket

COURT = CourtId("tjmt")


class Counter:
    """A store and its log with one line in them; `away` names whose ticket cannot be read, once."""

    def __init__(self, *line: Holder) -> None:
        self.line = list(line)
        self.away: Holder | None = None
        self.while_read: Callable[[], None] | None = None
        """What happens once, after a ticket has been read and before anybody has been told."""
        self.happened: asyncio.Queue[Event] = asyncio.Queue()
        self.read = asyncio.Event()
        """Set when the line has been read, since a ring was last taken back."""
        self._cancelled = 0
        self._n = 0

    def leaves(self, holder: Holder) -> None:
        self.line.remove(holder)
        self._happens(EventKind.TICKET_ENDED, TicketId(holder))

    def cancels(self) -> None:
        """Somebody's ring is taken back, who stands where they stood."""
        self._cancelled += 1
        self.read.clear()
        self._happens(EventKind.TICKET_RETURNED, TicketId("9"))

    def directory_changes(self) -> None:
        self._happens(EventKind.DIRECTORY_CHANGED, None)

    def _happens(self, kind: EventKind, ticket: TicketId | None) -> None:
        self._n += 1
        entry = EntryId(f"{self._n}-0")
        self.happened.put_nowait(Event(entry, self._n, Millis(1), kind, CIVEL, ticket, None, None, {}))

    def leaves_unheard(self, holder: Holder) -> None:
        """The event is trimmed before it is read, and nothing follows it."""
        self.line.remove(holder)
        self._n += 1

    async def now(self, _court):
        return Millis(1)

    async def units(self, _court, units, _days: dict[str, date]):
        rows = tuple(
            Waiting(TicketId(who), f"CV1 {place:03d}", Tier.EVERYONE, score_of(_key(who)), Millis(1), present=True)
            for place, who in enumerate(self.line)
        )
        self.read.set()
        return Units(self._as_of, tuple(UnitState(unit, rows, (), 0, 0, 0, 0, self._cancelled, None) for unit in units))

    async def people(self, _court, holders, _attendants, _guests):
        tickets = {holder: await self.ticket_of(holder) for holder in holders}
        return People(self._as_of, tickets, {}, {})

    async def ticket_of(self, holder):
        if holder == self.away:
            self.away = None
            raise UnavailableError(Code.STORE_AWAY)
        here = holder in self.line
        state, ended_ms = (TicketState.WAITING, None) if here else (TicketState.LEFT, Millis(1))
        held = ticket(_key(holder).seq, id=TicketId(holder), unit=CIVEL, state=state, ended_ms=ended_ms)
        read = OneTicket(self._as_of, held, None)
        if self.while_read is not None:
            happens, self.while_read = self.while_read, None
            happens()
            while not self.happened.empty():  # noqa: ASYNC110 - there is no event to wait for
                await asyncio.sleep(0)
        return read

    async def positions(self, _court):
        return EntryId(f"{self._n}-0"), self._n, EntryId("0-0"), 0

    async def tail(self, _court, _events, _signals):
        while True:
            yield [await self.happened.get()], []

    @property
    def _as_of(self) -> AsOf:
        return AsOf(1, self._n, Millis(1))


class Shown:
    """A page that remembers how many people it was told stand ahead."""

    def __init__(self) -> None:
        self.ahead: asyncio.Queue[int | None] = asyncio.Queue()

    def show(self, view):
        ticket = json.loads(view)["ticket"]
        self.ahead.put_nowait(None if ticket is None else ticket["ahead"])


def _key(holder: Holder) -> Key:
    return Key(Tier.EVERYONE, 1, int(holder))


@asynccontextmanager
async def followed(counter: Counter, directory: FixedDirectory | None = None) -> AsyncIterator[fanout.CourtFanout]:
    """The court's reader at work."""
    house = House(directory or FixedDirectory(COURT, [unit_of(CIVEL)]), FixedHistory())
    await house.open()
    much_later = itertools.count(0, 10).__next__  # whatever is marked is due
    court = fanout.CourtFanout(COURT, counter, counter, house, much_later)
    reading = asyncio.create_task(court.run())
    yield court
    reading.cancel()


async def test_who_moved_up_is_shown_although_the_store_went_away_between_two_reads(monkeypatch):
    monkeypatch.setattr(fanout, "RETRY_S", 0.0)
    first, second = Holder("1"), Holder("2")
    counter = Counter(first, second)
    async with followed(counter) as court:
        page, leaving = Shown(), Shown()
        court.come(VisitorPage(leaving, first, TabId("a")))
        court.come(VisitorPage(page, second, TabId("b")))
        assert await page.ahead.get() == 1
        assert await leaving.ahead.get() == 0
        counter.away = first
        counter.leaves(first)
        assert await page.ahead.get() == 0
        assert await leaving.ahead.get() is None


async def test_who_stands_where_they_stood_is_not_told_again(monkeypatch):
    """A line is read whenever something happens at its unit; most of it goes on as it was."""
    first, second = Holder("1"), Holder("2")
    counter = Counter(first, second)
    async with followed(counter) as court:
        page = Shown()
        court.come(VisitorPage(page, second, TabId("b")))
        assert await page.ahead.get() == 1
        made = []
        monkeypatch.setattr(showing, "ticket_view", lambda *read, **of: made.append(of) or ticket_view(*read, **of))
        counter.cancels()
        await counter.read.wait()
        counter.leaves(first)
        assert await page.ahead.get() == 0
        assert len(made) == 1


class Everybody(dict):
    """Who waits, asked for one at a time; `looked` says how often somebody looked through them all."""

    looked = 0

    def __iter__(self):
        self.looked += 1
        return super().__iter__()

    def keys(self):
        self.looked += 1
        return super().keys()

    def values(self):
        self.looked += 1
        return super().values()

    def items(self):
        self.looked += 1
        return super().items()


async def test_nobody_looks_through_all_who_wait_because_one_is_called():
    first, second = Holder("1"), Holder("2")
    counter = Counter(first, second)
    async with followed(counter) as court:
        court.pages.visitors = everybody = Everybody()
        page = Shown()
        court.come(VisitorPage(page, second, TabId("b")))
        assert await page.ahead.get() == 1
        everybody.looked = 0
        counter.leaves(first)
        assert await page.ahead.get() == 0
        assert everybody.looked == 0


async def test_what_was_trimmed_unread_is_found_although_nothing_follows(monkeypatch):
    monkeypatch.setattr(fanout, "LOOKS_BACK_S", 0.0)
    first, second = Holder("1"), Holder("2")
    counter = Counter(first, second)
    async with followed(counter) as court:
        page = Shown()
        court.come(VisitorPage(page, second, TabId("b")))
        assert await page.ahead.get() == 1
        counter.leaves_unheard(first)
        assert await page.ahead.get() == 0
        assert court.gaps == 1


async def test_what_happens_to_a_ticket_while_its_first_page_is_shown_it_is_shown_too():
    only = Holder("1")
    counter = Counter(only)
    async with followed(counter) as court:
        counter.while_read = lambda: counter.leaves(only)
        page = Shown()
        court.come(VisitorPage(page, only, TabId("a")))
        while await page.ahead.get() is not None:
            pass


class Away(FixedDirectory):
    """A directory that may be away; `asked` is set when it is asked meanwhile."""

    def __init__(self, *units):
        super().__init__(COURT, list(units))
        self.asked: asyncio.Event | None = None

    async def courts(self):
        if self.asked is not None:
            self.asked.set()
            raise UnavailableError(Code.STORE_AWAY)
        return await super().courts()


async def test_views_go_on_while_the_directory_is_away_that_has_changed(monkeypatch):
    monkeypatch.setattr(fanout, "RETRY_S", 0)
    first, last = Holder("1"), Holder("2")
    counter, directory = Counter(first, last), Away(unit_of(CIVEL))
    async with followed(counter, directory) as court:
        page = Shown()
        court.come(VisitorPage(page, last, TabId("tab")))
        while await page.ahead.get() != 1:
            pass
        directory.all_units = [unit_of(CIVEL), unit_of(FAMILIA)]
        directory.asked = asyncio.Event()
        counter.directory_changes()
        await directory.asked.wait()
        counter.leaves(first)
        while await page.ahead.get() != 0:
            pass
        assert court.unit(FAMILIA) is None
        directory.asked = None
        while court.unit(FAMILIA) is None:  # noqa: ASYNC110 - it is read anew as soon as it answers
            await asyncio.sleep(0)
