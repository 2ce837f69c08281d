"""A day on the rack: people come and go, faults happen, and now and then everything is compared with everything."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from rooms.errors import UnavailableError
from rooms.ids import Holder, TicketId
from rooms.model.order import Key, ahead_of, score_of
from rooms.model.ticket import LIVE, Tier
from tests.bench.lines import lines
from tests.bench.processes import allow_sockets
from tests.chaos.judge import Story, hold_against, story_of, stuck
from tests.chaos.people import Board, Clerk, Page, Visitor
from tests.chaos.town import CLERKS, COURT, DAY, UNITS, Town, town

VISITORS = 18
SLEEP_S = 40
"""Longer than a lease: who sleeps is away afterwards."""
SETTLES_S = 30.0
"""A view that is not right by then is wrong."""
LOOK_S = 0.1
LOOK_EVERY = 5
TRIES, LATER = 20, 2
"""So often a fault that finds nothing to break is tried, and so many others come between."""
OFFLINE = ("offline", "idle", 0, 0, None, [])
"""What a desk shows that the store does not know."""


@dataclass
class Day:
    """Who is there, what was broken, what went wrong."""

    town: Town
    seed: int
    visitors: list[Visitor]
    clerks: list[Clerk]
    board: Board
    faults: Counter[str] = field(default_factory=Counter)
    latest: deque[str] = field(default_factory=lambda: deque(maxlen=6))
    """Whatever is wrong, comes of one of these."""
    compared: int = 0
    steps: int = 0
    _restarting: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def pages(self) -> list[Page]:
        return [*self.visitors, *self.clerks, self.board]

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Something that goes on beside the day, at most until the next look around."""
        task = asyncio.create_task(work)
        self._restarting.add(task)
        task.add_done_callback(self._restarting.discard)

    def chance(self, what: str) -> Random:
        """One that nobody else draws from: what is drawn does not depend on who was faster."""
        self.steps += 1
        return Random(f"{self.seed} {self.steps} {what}")  # noqa: S311 - the same day again, not a secret

    async def something_happens(self) -> None:
        """A few people do what they do on any day."""
        await asyncio.gather(*(self._anything(self.chance("people")) for _ in range(4)))

    async def something_begins(self, within_s: float) -> asyncio.Task[None]:
        """The same, for a moment: some may have to wait for a fault to be over."""
        happening = asyncio.create_task(self.something_happens())
        await asyncio.wait({happening}, timeout=within_s)
        return happening

    def _anything(self, chance: Random) -> Awaitable[None]:
        """What one of them does, whoever it is."""
        visitor, clerk = chance.choice(self.visitors), chance.choice(self.clerks)
        unit, tier = chance.choice(UNITS), chance.choice([Tier.EVERYONE, Tier.EVERYONE, *Tier])
        words = f"palavra {chance.random()}"
        doing: dict[Callable[[], Awaitable[None]], int] = {
            clerk.works: 50,
            lambda: clerk.chats(words): 15,
            clerk.cancels: 5,
            lambda: self._sleeps(visitor): 5,
        }
        if not visitor.asleep:
            arrives = visitor.ticket is None
            doing[(lambda: visitor.joins(unit, tier)) if arrives else visitor.hangs_up] = 35 if arrives else 5
            doing[visitor.leaves] = 5
        return chance.choices(list(doing), list(doing.values()))[0]()

    async def _sleeps(self, visitor: Visitor) -> None:
        """Somebody's phone is locked for a while; who slept before, wakes."""
        await self.town.run(self.town.read_events)
        sleeping = [one for one in self.visitors if one.asleep]
        for one in sleeping:
            one.asleep = False
        if visitor in sleeping or visitor.saying or (visitor.ticket and visitor.ticket["state"] != "waiting"):
            return
        visitor.asleep = True
        visitor.cut()
        leases = [f"visitor:{visitor.ticket['id']}"] if visitor.ticket else []
        await self.town.run(self.town.pass_time, SLEEP_S, leases)

    # --------------------------------------------------------------------------------------------------- a look around

    async def look_around(self) -> None:
        """Everything runs; soon every page shows what is true."""
        while self._restarting:
            await asyncio.wait(self._restarting)
        await self.town.run(self.town.grace_is_over)
        awake = [page for page in self.pages if not page.asleep]
        # by the clock, not by a cancellation: what differs at the end is to be told
        until_s = asyncio.get_running_loop().time() + SETTLES_S
        while differences := await self._unsettled(awake):
            if asyncio.get_running_loop().time() > until_s:
                after = f"after {', '.join(self.latest)}"
                self.town.wrong += [("views that differ", f"{difference}, {after}") for difference in differences]
                break
            await asyncio.sleep(LOOK_S)  # views come when they come
        self.compared += len(awake)
        await self.town.run(self.town.read_events)

    async def _unsettled(self, pages: list[Page]) -> list[str]:
        busy = [f"{page.name}: does not come to rest" for page in pages if not await page.is_at_rest(LOOK_S)]
        return busy or await self._differences(pages)

    async def _differences(self, pages: list[Page]) -> list[str]:
        try:
            return [
                f"{page.name}: shows {shown}, but {true}"
                for page in pages
                for shown, true in [await self._shown_and_true(page)]
                if shown != true
            ]
        except UnavailableError:
            return ["the store is away"]

    async def _shown_and_true(self, page: Page) -> tuple[Any, Any]:
        if not page.connected:
            return "nothing: not connected", ""
        match page:
            case Visitor():
                return _shown_ticket(page), await self._true_ticket(page)
            case Clerk():
                true = await self._true_desk(page)
                return _shown_desk(page, self._unsaid(page, true)), true
            case _:
                return _shown_board(page), await self._true_board()

    async def _true_ticket(self, page: Visitor) -> Any:
        one = await self.town.store.ticket_of(COURT, Holder(page.holder))
        ticket = one.ticket
        if ticket is None:
            # an end is kept for an hour, and stays on the page that shows it
            return _shown_ticket(page) if page.ticket is None else None
        read = await self.town.store.units(COURT, [ticket.unit], {ticket.unit: DAY})
        waits = ticket.state == "waiting"
        place = ahead_of(score_of(Key(ticket.tier, ticket.band, ticket.seq)), read.units[0].line) if waits else None
        talks = one.call.id if one.call is not None and ticket.state in LIVE else None
        return ticket.id, ticket.rev, ticket.number, ticket.state.value, ticket.present, place, talks

    async def _true_desk(self, page: Clerk) -> Any:
        desk = await self.town.store.desk(COURT, page.attendant)
        if desk.attendant is None:
            return OFFLINE  # a disk has lost it: nobody has opened it yet
        units = desk.attendant.units
        read = await self.town.store.units(COURT, units, dict.fromkeys(units, DAY))
        line = [one for unit in read.units for one in unit.line]
        holds = desk.attendant.activity != "idle"
        said: list[Any] = []
        if desk.attendant.activity == "in_call" and desk.call is not None and page.call == desk.call.id:
            log = await self.town.log.call_log(COURT, desk.call.id, None, 10_000)
            said = [entry.id for entry in log if entry.to in {None, "attendant"}]
        return (
            desk.attendant.status.value,
            desk.attendant.activity.value,
            sum(one.present for one in line),
            sum(not one.present for one in line),
            desk.ticket.id if holds and desk.ticket is not None else None,
            said,
        )

    def _unsaid(self, page: Clerk, true: Any) -> set[str]:
        """What was heard, and lost by a disk since: nobody can unhear it."""
        return self.town.unsaid

    async def _true_board(self) -> Any:
        read = await self.town.store.units(COURT, UNITS, dict.fromkeys(UNITS, DAY))
        return sorted(
            (unit.unit, sum(one.present for one in unit.line), len(unit.line), unit.called, unit.in_call)
            for unit in read.units
        )

    # ------------------------------------------------------------------------------------------------------- its end

    async def end(self) -> Story:
        """Everybody wakes, every call is brought to its end, every desk calls once more; then the story is told."""
        for visitor in self.visitors:
            visitor.asleep = False
        await self.look_around()
        for clerk in self.clerks:
            await self._comes_to_its_end(clerk)
        await self.look_around()
        await self.town.run(self.town.check_whole)
        town = self.town
        story = story_of(town.events, CLERKS, ran_out=town.ran_out, outages=town.outages)
        tickets = {ticket: (await town.store.ticket(COURT, TicketId(ticket))).ticket for ticket in story.live}
        kept = {ticket: (one.state.value, one.number) for ticket, one in tickets.items() if one is not None}
        hold_against(story, town.joined, kept, town.cut)
        story.wrong += town.wrong
        return story

    async def _comes_to_its_end(self, clerk: Clerk) -> None:
        """A desk that cannot be brought to call again is stuck."""
        for _ in range(12):
            await clerk.works()
            await self.look_around()
            if clerk.view["activity"] == "idle" and clerk.view["status"] == "available":
                return
        self.town.wrong += stuck(clerk.name, clerk.view["status"], clerk.view["activity"])


def _shown_ticket(page: Visitor) -> Any:
    ticket = page.view and page.view["ticket"]
    if not ticket:
        return None
    talks = (ticket["ring"] or ticket["call"] or {}).get("call")
    return (
        ticket["id"],
        ticket["rev"],
        ticket["number"],
        ticket["state"],
        ticket["present"],
        ticket["ahead"] if ticket["state"] == "waiting" else None,
        talks,
    )


def _shown_desk(page: Clerk, unsaid: set[str]) -> Any:
    view = page.view
    if not view:
        return None
    holds = view["activity"] != "idle" and view["person"]
    heard = [entry["id"] for entry in page.heard if entry["id"] not in unsaid]
    said = heard if view["activity"] == "in_call" else []
    return (
        view["status"],
        view["activity"],
        view["waiting"],
        view["away"],
        view["person"]["ticket"] if holds else None,
        said,
    )


def _shown_board(page: Page) -> Any:
    units = page.view["units"] if page.view else []
    return sorted((u["slug"], u["waiting"], u["waiting"] + u["away"], u["called"], u["in_call"]) for u in units)


@asynccontextmanager
async def day(seed: int) -> AsyncIterator[Day]:
    """A town with its people at work."""
    allow_sockets()
    async with town() as place, lines("") as pages, asyncio.TaskGroup() as tasks:
        own = (Random(f"{seed} page {n}") for n in count())  # noqa: S311 - the same day again, not a secret
        visitors = [Visitor.new(place, pages, f"Pessoa {n}", next(own)) for n in range(VISITORS)]
        clerks = [await Clerk.new(place, pages, who, next(own)) for who in CLERKS]
        board = await Board.new(place, pages, next(own))
        one = Day(place, seed, visitors, clerks, board)
        living = [tasks.create_task(page.live()) for page in one.pages]
        try:
            await one.look_around()
            yield one
        finally:
            for task in living:
                task.cancel()


async def through(
    one: Day, faults: Iterable[Callable[[Day, Random], Awaitable[bool]]], until_s: float = float("inf")
) -> None:
    """These faults, one after the other while people go on; a look around after every fifth.

    One that found nothing to break is tried again later, and is not counted until it has. None begins after `until_s`
    of the loop's clock.
    """
    to_come = deque((fault, 1) for fault in faults)
    while to_come and asyncio.get_running_loop().time() <= until_s:
        fault, tries = to_come.popleft()
        one.latest.append(fault.__name__)
        bites, _ = await asyncio.gather(fault(one, one.chance(fault.__name__)), one.something_happens())
        await one.something_happens()
        if bites:
            one.faults[fault.__name__] += 1
            if one.faults.total() % LOOK_EVERY == 0:
                await one.look_around()
        elif tries < TRIES:
            to_come.insert(LATER, (fault, tries + 1))
