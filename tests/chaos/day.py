"""A day on the rack: people come and go, faults happen, and now and then everything is compared with everything."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from random import Random
from typing import Any

from rooms.errors import UnavailableError
from rooms.ids import Holder, TicketId
from rooms.model.events import EventKind
from signaling.auth.capability import key_of
from tests.bench.lines import lines
from tests.bench.processes import allow_sockets
from tests.chaos.judge import Story, differs, hold_against, story_of, stuck
from tests.chaos.page import Page
from tests.chaos.people import Board, Clerk, Mirror, Visitor
from tests.chaos.town import CLERKS, COURT, Town, town
from tests.chaos.truth import Truth, said_and_heard, shown_and_true

VISITORS = 18
SLEEP_S = 40
"""Longer than a lease: who sleeps is away afterwards."""
SETTLES_S = 30.0
"""A view that is not right by then is wrong."""
LOOK_S = 0.1
LOOK_EVERY = 5
TRIES, LATER = 20, 2
"""So often a fault that finds nothing to break is tried, and so many others come between."""
VISITORS_ACT = 0.5
"""How often it is a visitor who does something; else it is an attendant."""
RINGS_OUT = 0.6
"""How often a ring that somebody does not answer comes to its end."""


@dataclass
class Day:
    """Who is there, what was broken, what went wrong."""

    town: Town
    seed: int
    visitors: list[Visitor]
    clerks: list[Clerk]
    board: Board
    mirror: Mirror
    """The first visitor's second page."""
    faults: Counter[str] = field(default_factory=Counter)
    latest: deque[str] = field(default_factory=lambda: deque(maxlen=6))
    """Whatever is wrong, comes of one of these."""
    compared: int = 0
    steps: int = 0
    _restarting: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def pages(self) -> list[Page]:
        return [*self.visitors, *self.clerks, self.board, self.mirror]

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
        acts = clerk.acts(chance)
        if chance.random() < VISITORS_ACT:
            acts = {partial(self._sleeps, visitor): 5, **({} if visitor.asleep else visitor.acts(chance))}
        return chance.choices(list(acts), list(acts.values()))[0]()

    async def rings_end(self) -> None:
        """A ring that nobody answers has been long enough: its time is over, or they come in after all."""
        for visitor in self.visitors:
            if visitor.dreams is not None and visitor.ticket and visitor.ticket["ring"]:
                if self.chance("ring").random() < RINGS_OUT:
                    await self.town.run(self.town.runs_out, f"ring:{visitor.ticket['id']}")
                else:
                    visitor.wakes()

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
        for visitor in self.visitors:
            visitor.wakes()
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
        if away := [f"{page.name}: is not connected" for page in pages if not page.connected]:
            return away
        await self.town.run(self.town.grace_is_over)  # everybody has come back
        busy = [f"{page.name}: does not come to rest" for page in pages if not await page.is_at_rest(LOOK_S)]
        try:
            return busy or [difference async for difference in self._differences(pages)]
        except UnavailableError:
            return ["the store is away"]

    async def _differences(self, pages: list[Page]) -> AsyncIterator[str]:
        await self._look_for_tickets()
        true = await Truth.of(self.town, pages)
        for page in pages:
            for difference in differs(page.name, *shown_and_true(page, true.view(page))):
                yield difference
            for difference in differs(page.name, *await said_and_heard(self.town, page), where="said"):
                yield difference

    async def _look_for_tickets(self) -> None:
        """Whose ticket was taken along, and a disk has lost it, finds it on the device before."""
        unmoved = {event.ticket for event in self.town.cut if event.kind is EventKind.TICKET_MOVED}
        for visitor in self.visitors:
            if visitor.before is None or visitor.before[0] not in unmoved:
                continue
            holder = Holder(key_of(visitor.before[1][1]) or "")
            there = (await self.town.store.ticket_of(COURT, holder)).ticket
            if there is not None and there.id == visitor.before[0]:
                visitor.is_where_it_was()

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
            called = clerk.view["person"] if clerk.view["activity"] == "calling" else None
            if called and called["ticket"] not in {one.ticket["id"] for one in self.visitors if one.ticket}:
                # on a device that none of these pages is: nobody comes in, and time would end it
                await self.town.run(self.town.runs_out, f"ring:{called['ticket']}")
        self.town.wrong += stuck(clerk.name, clerk.view["status"], clerk.view["activity"])


@asynccontextmanager
async def day(seed: int) -> AsyncIterator[Day]:
    """A town with its people at work."""
    allow_sockets()
    async with town() as place, lines("") as pages, asyncio.TaskGroup() as tasks:
        own = (Random(f"{seed} page {n}") for n in count())  # noqa: S311 - the same day again, not a secret
        visitors = [Visitor.new(place, pages, f"Pessoa {n}", next(own)) for n in range(VISITORS)]
        clerks = [await Clerk.new(place, pages, who, next(own)) for who in CLERKS]
        board = await Board.new(place, pages, next(own))
        mirror = Mirror.of(visitors[0], next(own))
        one = Day(place, seed, visitors, clerks, board, mirror)
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
        await one.rings_end()
        if bites:
            one.faults[fault.__name__] += 1
            if one.faults.total() % LOOK_EVERY == 0:
                await one.look_around()
        elif tries < TRIES:
            to_come.insert(LATER, (fault, tries + 1))
