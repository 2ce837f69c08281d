"""`call_next`, from the page's word to its answer, beside the least that such a command can cost."""

import asyncio
import gc
import random
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from redis.asyncio import Redis

from rooms.clock import random_id
from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.attendant import Status
from rooms.model.ticket import CancelReason
from rooms.redis.client import Client
from rooms.redis.store import RedisStore
from signaling.protocol import commands as say
from tests.bench.bare import EVENT, NAMESPACE
from tests.bench.bare_script import bare_script, commands_of, copy_court
from tests.bench.court import (
    ATTENDANTS_EACH,
    COURT,
    UNITS,
    Page,
    after,
    attendant_at,
    attendant_of,
    few_at_once,
    hello,
    visitor_in,
)
from tests.bench.figures import Row, Section, percentile, publish
from tests.bench.lines import Line, Lines, lines
from tests.bench.processes import Process, allow_sockets, started
from tests.stores import valkey

PER_S = 200
ROUNDS = 5
VISITORS_EACH = 12
"""More than are called in a round, so that nobody finds an empty line."""
BARE = CourtId("bare")


@dataclass
class Desk:
    """An attendant at their page; `ticket` is the person that the bare script calls for them."""

    attendant: AttendantId
    unit: UnitId
    page: Page
    ticket: str
    call: str = ""
    request: str = ""

    async def call_next(self) -> float:
        """Whoever is the next rings; answers the seconds until the page knew."""
        self.request = secrets.token_hex(8)
        took_s, ringing = await self.page.timed(say.CallNext(), self.request)
        self.call, called = ringing["call"], ringing["ticket"]
        self.ticket = self.ticket or called
        return took_s

    async def take_back(self) -> None:
        """The person is in line again, the attendant available."""
        await self.page.do(say.CancelCall(call=self.call, reason=CancelReason.MISTAKE))
        await self.page.do(say.SetStatus(status=Status.AVAILABLE, pause=None))

    def ids(self) -> dict[str, str]:
        """What differs from one call to another."""
        return {
            "attendant": self.attendant,
            "unit": self.unit,
            "other_unit": after(self.unit),
            "ticket": self.ticket,
            "call": self.call,
            "request": self.request,
        }


@dataclass
class Side:
    """One of the two servers and what it took, round after round."""

    server: Process
    took_s: list[float] = field(default_factory=list)
    cpu_s: float = 0.0

    async def round(self, commands: Sequence[Callable[[], Awaitable[float]]], seed: int) -> None:
        """Everybody speaks once: so many a second, as chance has it, whether or not others have been answered."""
        loop, chance, before_s = asyncio.get_running_loop(), random.Random(seed), self.server.cpu_s()  # noqa: S311 - the same arrivals for both, not a secret
        speaks_s = loop.time()
        async with asyncio.TaskGroup() as tasks:
            speaking = []
            for command in commands:
                speaks_s += chance.expovariate(PER_S)
                await asyncio.sleep(speaks_s - loop.time())  # the pace of arrivals
                speaking.append(tasks.create_task(_seconds(command)))
        self.took_s += [task.result() for task in speaking]
        await self.server.quiet()
        self.cpu_s += self.server.cpu_s() - before_s

    def ms(self, share: float) -> float:
        return 1000 * percentile(self.took_s, share)

    def cpu_ms(self) -> float:
        return 1000 * self.cpu_s / len(self.took_s)


@pytest.mark.timeout(300)
async def test_call_next_through_the_socket(tmp_path: Path):
    allow_sockets()
    async with AsyncExitStack() as stack:
        data = stack.enter_context(valkey(durable=True))
        client = Client(data.url)
        stack.push_async_callback(client.close)
        redis = await stack.enter_async_context(Redis.from_url(data.url, decode_responses=True, protocol=2))
        court = await stack.enter_async_context(started("tests.bench.court", str(tmp_path), data.url))
        pages = await stack.enter_async_context(lines(court.url))

        first, script = await watch_one(pages, RedisStore(client), redis, str(data.folder / "s"))
        desks = [first, *await seat_the_others(pages, RedisStore(client))]
        sha = await redis.script_load(script)
        bare = await stack.enter_async_context(started("tests.bench.bare", data.url, sha))
        bare_pages = await stack.enter_async_context(lines(bare.url))
        bare_lines = await few_at_once(lambda _desk: bare_pages.open(NAMESPACE, hello()), desks)

        ours, theirs = Side(court), Side(bare)
        gc.collect()
        gc.freeze()  # the client's own pauses are nobody's figure
        stack.callback(gc.unfreeze)
        for seed in range(ROUNDS):
            await court.quiet()
            await copy_court(redis, COURT, BARE)
            await theirs.round([bare_call(line, desk) for line, desk in zip(bare_lines, desks, strict=True)], seed)
            await ours.round([desk.call_next for desk in desks], seed)
            await few_at_once(Desk.take_back, desks)

    publish(
        Section(
            title="call_next, whole command through the socket",
            compared_with="a bare python-socketio acknowledgement after one bare script: the same commands on the same"
            f" keys, {script.count('redis.call')} of them, without the thinking between them",
            how=f"{len(ours.took_s):,} commands each, in {ROUNDS} rounds by turns, arriving at {PER_S}/s as chance has"
            f" it; {len(desks)} attendants of {len(UNITS)} units with a socket each, {VISITORS_EACH * len(UNITS)}"
            " visitors in line with theirs, who are told; one server process, one Valkey with `appendfsync always`, one"
            " client process. Processor time is of all that a call sets off in the server: views, signals, rings.",
            rows=(
                Row(f"p50 at {PER_S}/s", "ms", ours.ms(0.5), theirs.ms(0.5)),
                Row(f"p99 at {PER_S}/s", "ms", ours.ms(0.99), theirs.ms(0.99), 3.0),
                Row("processor time of the server for a call", "ms", ours.cpu_ms(), theirs.cpu_ms()),
            ),
        )
    )


async def watch_one(pages: Lines, store: RedisStore, redis: Redis, socket: str) -> tuple[Desk, str]:
    """The first desk, after one call; and the bare script of that call."""
    await visitor_in(UNITS[0], pages)
    desk = await seat(attendant_of(UNITS[0], 0), UNITS[0], "", pages, store)
    commands = await commands_of("call_next", redis, socket, desk.call_next())
    script = bare_script(commands, COURT, BARE, desk.ids())
    await desk.take_back()
    return desk, script


async def seat_the_others(pages: Lines, store: RedisStore) -> list[Desk]:
    """Everybody else, at their desks and in line."""
    waiting = [unit for _ in range(VISITORS_EACH) for unit in UNITS][1:]
    visitors = await few_at_once(lambda unit: visitor_in(unit, pages), waiting)
    tickets: dict[UnitId, list[str]] = {unit: [] for unit in UNITS}
    for unit, visitor in zip(waiting, visitors, strict=True):
        tickets[unit].append(visitor.ticket)
    seats = [(attendant_of(unit, place), unit) for place in range(ATTENDANTS_EACH) for unit in UNITS][1:]
    return await few_at_once(lambda one: seat(one[0], one[1], tickets[one[1]].pop(), pages, store), seats)


async def seat(attendant: AttendantId, unit: UnitId, ticket: str, pages: Lines, store: RedisStore) -> Desk:
    return Desk(attendant, unit, await attendant_at(attendant, pages, store), ticket)


def bare_call(line: Line, desk: Desk) -> Callable[[], Awaitable[float]]:
    """The bare command that does what this desk's would do."""
    ids = list((desk.ids() | {"call": random_id(), "request": secrets.token_hex(8)}).values())

    async def call() -> float:
        took_s, answer = await line.ask(EVENT, ids)
        assert answer["result"][1:] == ids, answer
        return took_s

    return call


async def _seconds(command: Callable[[], Awaitable[float]]) -> float:
    return await command()
