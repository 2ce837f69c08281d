"""Thousands who wait in fifty units of one court, twenty of them served each second, by two servers on one store."""

import asyncio
import gc
import random
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from redis import Redis

from rooms.ids import UnitId
from rooms.model.call import Outcome
from rooms.model.ticket import Media
from rooms.redis.client import Client
from rooms.redis.store import RedisStore
from signaling.auth.capability import Cookie, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import EventName, Namespace
from tests.bench.court import ATTENDANTS_EACH, UNITS, Page, after, attendant_at, attendant_of, few_at_once, hello
from tests.bench.lines import Line, Lines, TurnedAwayError, lines
from tests.bench.processes import Process, allow_sockets, started
from tests.bench.scale import taken
from tests.server.harness import form
from tests.stores import valkey

Heard = Callable[[str, Any], None]
NODES = 2
SEED = 7
CATCHES_UP_S = 10
"""How long the last of those who look may take after the last call; a limit, no measure."""


@dataclass
class Watcher:
    """The last in a unit's line at the beginning: each call of one who stood there takes one away from those ahead."""

    ticket: str = ""
    before: set[str] = field(default_factory=set)
    """The tickets that stood ahead, at the beginning."""
    called_s: list[float] = field(default_factory=list)
    """When the call of each of them was answered to its clerk,"""
    shown_s: list[float] = field(default_factory=list)
    """and when a view first knew of so many."""
    begun: bool = False
    ahead: int = 0
    """At the beginning."""

    def called(self, ticket: str) -> None:
        """Somebody of the unit has just been called. Nobody sees the calls of those who stood behind."""
        if ticket in self.before:
            self.called_s.append(perf_counter())

    def heard(self, event: str, body: Any) -> None:
        """A view comes."""
        ticket = body.get("ticket") if event == EventName.VIEW else None
        if not ticket:
            return
        if not self.begun:
            self.ahead = self.ahead if ticket["ahead"] is None else ticket["ahead"]
            return
        fewer = self.ahead - (ticket["ahead"] or 0)  # who is called themself has nobody ahead
        self.shown_s += [perf_counter()] * (fewer - len(self.shown_s))

    @property
    def unseen(self) -> int:
        """Calls that have not been shown."""
        return max(0, len(self.called_s) - len(self.shown_s))

    @property
    def lags_s(self) -> list[float]:
        """How late each call was shown; 0 where the view was here before the clerk's answer.

        What has not been shown when nobody waits for it any longer is so late at least.
        """
        shown = [max(0.0, shown - called) for called, shown in zip(self.called_s, self.shown_s, strict=False)]
        return shown + [float(CATCHES_UP_S)] * self.unseen


@dataclass(frozen=True, slots=True)
class Load:
    """What it took; of a visit: all that happened in the time, by the number of visits."""

    waiting: int
    visits: int
    dropped: int
    """People who could not be called when it was their moment, because no clerk was free."""
    lags_s: list[float]
    unseen: int
    """Calls that nobody who looked had seen at the end."""
    cpu_s: float
    """Of both servers for a visit."""
    call_s: float
    """The same without what the servers do while nobody is called."""
    idle_cpu: float
    """Of both servers a second while nobody is called: leases, pings."""
    busy_cpu: float
    """The same while people are."""
    messages: float
    """That pages got or said, for a visit."""
    visitor_kb: float
    commands: float
    """Of the store for a visit, those inside scripts too."""
    store_cpu_s: float
    hottest: dict[str, float]
    """Where the servers' processor time went: each place's share."""


async def load(
    waiting: int, per_s: float, seconds: float, *, units: Sequence[UnitId] = UNITS, elsewhere: int = 0
) -> Load:
    """Fill the lines of `units`, and the others with `elsewhere` people; look at them at rest, serve in `units`."""
    allow_sockets()
    async with AsyncExitStack() as stack:
        url = stack.enter_context(valkey(durable=True)).url
        servers: list[Process] = []
        for _ in range(NODES):
            folder = stack.enter_context(TemporaryDirectory(prefix="bv-load-"))
            servers.append(await stack.enter_async_context(started("tests.bench.court", folder, url)))
        client, asked = Client(url), Redis.from_url(url, decode_responses=True)
        stack.push_async_callback(client.close)
        stack.callback(asked.close)
        pages = [await stack.enter_async_context(lines(server.url)) for server in servers]
        crowd = Crowd(pages)
        before_kb = [await server.resident_kb() for server in servers]
        others = [unit for unit in UNITS if unit not in units]
        await few_at_once(crowd.joins, [others[n % len(others)] for n in range(elsewhere)])
        await few_at_once(crowd.joins, [units[n % len(units)] for n in range(waiting - len(units))])
        await few_at_once(crowd.watches, units)
        for server in servers:
            await server.quiet()
        grown_kb = sum([await server.resident_kb() for server in servers]) - sum(before_kb)
        store = RedisStore(client)
        desks = [
            (unit, place)
            for place in range(min(ATTENDANTS_EACH, 2 * len(UNITS) // len(units)))
            for unit in units
            if after(unit) in units  # which they serve too
        ]
        crowd.free.extend(
            await few_at_once(
                lambda desk: attendant_at(attendant_of(*desk), pages[UNITS.index(desk[0]) % NODES], store), desks
            )
        )
        idle_s, idle_from = sum(server.cpu_s() for server in servers), perf_counter()
        await asyncio.sleep(26)
        idle_cpu = (sum(server.cpu_s() for server in servers) - idle_s) / (perf_counter() - idle_from)

        gc.collect()
        gc.freeze()  # the client's own pauses are nobody's figure
        stack.callback(gc.unfreeze)
        for server in servers:
            await server.look()
        cpu_s, took, said, began_s = (
            sum(each.cpu_s() for each in servers),
            taken(asked),
            crowd.packets(),
            perf_counter(),
        )
        await crowd.served(per_s, seconds)
        wall_s = perf_counter() - began_s
        used_s = sum(each.cpu_s() for each in servers) - cpu_s
        of_store = taken(asked) - took
        messages = crowd.packets() - said
        hottest = Counter[str]()
        for server in servers:
            hottest.update({place: share / NODES for place, share in (await server.hottest()).items()})
        await crowd.all_seen()
        return Load(
            waiting=waiting,
            visits=crowd.visits,
            dropped=crowd.dropped,
            lags_s=crowd.lags_s(),
            unseen=crowd.unseen(),
            cpu_s=used_s / crowd.visits,
            call_s=(used_s - idle_cpu * wall_s) / crowd.visits,
            idle_cpu=idle_cpu,
            busy_cpu=used_s / wall_s,
            messages=messages / crowd.visits,
            visitor_kb=grown_kb / (waiting + elsewhere),
            commands=of_store.commands / crowd.visits,
            store_cpu_s=of_store.cpu_s / crowd.visits,
            hottest=dict(hottest.most_common()),
        )


async def _opened(at: Lines, cookies: dict[str, str], heard: Heard | None) -> Line:
    """A visitor's page; it comes again while a busy machine keeps the store away."""
    while True:
        with suppress(TurnedAwayError):
            return await at.open(Namespace.VISITOR.value, hello(), cookies, heard=heard)


@dataclass
class Crowd:
    """Everybody in line, everybody at a desk."""

    pages: list[Lines]
    free: deque[Page] = field(default_factory=deque)
    visits: int = 0
    dropped: int = 0
    _of: dict[str, tuple[UnitId, Page]] = field(default_factory=dict)
    _watchers: dict[UnitId, Watcher] = field(default_factory=dict)

    async def joins(self, unit: UnitId, watcher: Watcher | None = None) -> None:
        """One more, at either server."""
        at = self.pages[len(self._of) % NODES]
        heard = None if watcher is None else watcher.heard
        cookies = {Cookie.VISITOR.value: new_secret()}
        page = Page(await _opened(at, cookies, heard))
        page.ticket = (await page.do(form(unit)))["ticket"]
        if watcher is not None:
            watcher.ticket = page.ticket
        self._of[page.ticket] = (unit, page)

    async def watches(self, unit: UnitId) -> None:
        """The last of a line, who looks at what the page shows."""
        self._watchers[unit] = Watcher()
        await self.joins(unit, self._watchers[unit])

    async def served(self, per_s: float, seconds: float) -> None:
        """People are called as chance has it; whoever is served, somebody else comes.

        A moment at which no clerk is free is lost, and counted: a run that falls behind is another, easier run.
        """
        chance = random.Random(SEED)  # noqa: S311  # arrivals, not a secret
        for unit, watcher in self._watchers.items():
            watcher.before = {ticket for ticket, (of, _) in self._of.items() if of == unit} - {watcher.ticket}
            watcher.begun = True
        loop = asyncio.get_running_loop()
        at, end = loop.time(), loop.time() + seconds
        async with asyncio.TaskGroup() as tasks:
            while (at := at + chance.expovariate(per_s)) < end:
                await asyncio.sleep(at - loop.time())  # the pace of arrivals
                if self.free:
                    tasks.create_task(self._visit(self.free.popleft()))
                else:
                    self.dropped += 1

    async def _visit(self, clerk: Page) -> None:
        told = await clerk.do(say.CallNext())
        call, (unit, person) = told["call"], self._of.pop(told["ticket"])
        self._watchers[unit].called(told["ticket"])
        await person.do(say.RingSeen(call=call))
        await person.do(say.Enter(call=call, media=Media.VIDEO))
        await person.do(say.HangUp(call=call))
        await clerk.do(say.Finish(call=call, outcome=Outcome.INFORMED))
        await person.line.socket.close()
        await self.joins(unit)
        self.visits += 1
        self.free.append(clerk)

    def packets(self) -> int:
        """What pages have got and said so far."""
        return sum(at.packets for at in self.pages)

    async def all_seen(self) -> None:
        """Those who look have seen all calls, or had the time to."""
        for _ in range(CATCHES_UP_S * 10):
            if not self.unseen():
                return
            await asyncio.sleep(0.1)  # views come when they come

    def unseen(self) -> int:
        return sum(each.unseen for each in self._watchers.values())

    def lags_s(self) -> list[float]:
        return [lag for each in self._watchers.values() for lag in each.lags_s]
