"""A rolling upgrade of two nodes from an earlier wire and scripts to ours, and what people notice of it.

    python -m tests.chaos.upgrade [WAITING] [CALLS]

Pages are as small as a page can be, and do what ours do when a server asks them to move.
"""

import asyncio
import random
import secrets
import sys
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

import aiohttp

from rooms.errors import Code
from rooms.model.attendant import Status
from rooms.model.order import ahead_of
from rooms.model.ticket import Media
from rooms.ports import Session
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from signaling.auth.capability import LIFE_S, Cookie, key_of, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import EventName, Namespace
from signaling.protocol.signals import Chat
from tests.bench.court import COURT, UNITS, Page, attendant_of, few_at_once, hello
from tests.bench.lines import Lines, TurnedAwayError, lines
from tests.bench.processes import ROOT, allow_sockets
from tests.chaos.site import COMES_UP_WITHIN_S, LOOK_S, Nodes, earlier, filled, proxy, tree_of
from tests.server.harness import form
from tests.stores import valkey

PATIENCE = 600
"""How often a word is said while the line is away."""
DAY = date(2000, 1, 1)
"""Counts of a day are not looked at."""
UNITS_AT_ONCE = 10


class Place(NamedTuple):
    """Where somebody stands."""

    number: str
    ahead: int | None
    """None: they do not wait any more."""


@dataclass
class Keeper:
    """Somebody whose page moves when it is asked to, and comes back when it is cut; what they see meanwhile."""

    pages: Lines
    namespace: Namespace
    cookies: dict[str, str]
    counts: Counter[str]
    late_s: list[float]
    view: Any = None
    shown: set[Place | None] = field(default_factory=set)
    """Every place that its views have told of; None: of none."""
    ticket: str = ""
    page: Page = field(init=False)
    _tab: dict[str, Any] = field(default_factory=hello)
    _within_s: float = 0
    _ask: asyncio.Event = field(default_factory=asyncio.Event)
    _seen: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def come(self, *, opened: bool = True) -> None:
        """Connected."""
        self._ask, self.view = asyncio.Event(), None
        line = await self.pages.open(
            self.namespace.value, {**self._tab, "opened": opened}, self.cookies, heard=self._heard
        )
        self.page = Page(line)

    async def keep(self, chance: random.Random) -> None:
        """Never returns: stay connected, as a page does."""
        while True:
            line = self.page.line
            asked = asyncio.create_task(self._ask.wait())
            cut = asyncio.create_task(line.ended.wait())
            await asyncio.wait({asked, cut}, return_when=asyncio.FIRST_COMPLETED)
            if self._ask.is_set():
                heard_s = perf_counter()
                await asyncio.wait({cut}, timeout=self._within_s * chance.random())
                self.counts["cut before its moment" if line.ended.is_set() else "moved when asked"] += 1
                await line.socket.close()
                await self._back()
                self.late_s.append(perf_counter() - heard_s)
            else:
                self.counts["cut without a word"] += 1
                await self._back()
            asked.cancel()
            cut.cancel()

    async def _back(self) -> None:
        while True:
            try:
                return await self.come(opened=False)
            except (aiohttp.ClientError, ConnectionError, AssertionError, TurnedAwayError):
                self.counts["had to try again"] += 1
                await asyncio.sleep(LOOK_S)  # as the page: not at once

    def _heard(self, event: str, body: Any) -> None:
        match event:
            case EventName.VIEW:
                self.view = body
                if self.namespace is Namespace.VISITOR:
                    self.shown.add(self.place)
            case EventName.MOVE:
                self._within_s = body["within_ms"] / 1000
                self._ask.set()
            case _:
                return
        self._woken = asyncio.ensure_future(self._wake())

    async def _wake(self) -> None:
        async with self._seen:
            self._seen.notify_all()

    @property
    def place(self) -> Place | None:
        """What the newest view tells of it."""
        ticket = self.view and self.view["ticket"]
        return Place(ticket["number"], ticket["ahead"]) if ticket else None

    async def until(self, true: Any) -> None:
        """Wait until what is seen is so."""
        async with asyncio.timeout(COMES_UP_WITHIN_S), self._seen:
            await self._seen.wait_for(lambda: true(self))


@dataclass(frozen=True)
class Found:
    """What an upgrade did to people: all but `moved` and `late_s` should be nothing."""

    pages: int
    lost_places: int
    other_places: list[tuple[Place, set[Place | None]]]
    """Each one's who was shown another than theirs in any view, and what they were shown."""
    lost_calls: int
    lost_words: int
    happened: int
    """Events of the court, of which there should be none."""
    counts: dict[str, int]
    """Of the pages, how they came to the other server."""
    late_s: list[float] = field(repr=False)
    """From being asked to being connected again."""


async def upgrade(waiting: int, calls: int, seed: int = 1) -> Found:
    """Two nodes of the earlier release become two of ours while people wait and talk; tell what they noticed."""
    allow_sockets()
    async with AsyncExitStack() as stack:
        tree = stack.enter_context(tree_of(earlier()))
        store_url = stack.enter_context(valkey()).url  # nobody kills it: its disk is not asked
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bv-upgrade-")))
        nodes = Nodes(
            {
                "BALCAO_DATA_DIR": str(folder),
                "BALCAO_REDIS_URL": store_url,
                "BALCAO_RECEIPT_KEY": "k" * 40,
                "BALCAO_JOINS_ALLOWED_NETWORKS": "127.0.0.0/8",
                "BALCAO_LOG_LEVEL": "warning",
                "PYTHONPATH": "",
            }
        )
        filled(tree, nodes.settings)
        stack.push_async_callback(nodes.kill)
        for which in range(2):
            await nodes.start(which, tree)
        url = await stack.enter_async_context(proxy(folder, nodes.ports))
        client = Client(store_url)
        stack.push_async_callback(client.close)
        pages = await stack.enter_async_context(lines(url))
        async with asyncio.TaskGroup() as tasks:
            store = RedisStore(client)
            crowd = await _Crowd.come(pages, store, waiting, calls)
            keeping = [tasks.create_task(each.keep(random.Random(f"{seed}{n}"))) for n, each in enumerate(crowd.all)]  # noqa: S311
            talking = tasks.create_task(crowd.talk())
            log = RedisLog(client, lambda: BlockingReads(store_url))
            _, began, _, _ = await log.positions(COURT)
            for which in range(2):
                await nodes.end(which)
                await nodes.start(which, ROOT)
            await crowd.everybody_is_back()
            crowd.over.set()
            said = await talking
            found = await crowd.found(said, store)
            _, ended, _, _ = await log.positions(COURT)
            for task in keeping:
                task.cancel()
    return Found(happened=ended - began, **found)


@dataclass
class _Crowd:
    counts: Counter[str]
    late_s: list[float]
    waiting: list[Keeper]
    calls: list[tuple[str, Keeper, Keeper]]
    before: list[Place] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def all(self) -> list[Keeper]:
        return [*self.waiting, *(side for _, *sides in self.calls for side in sides)]

    @classmethod
    async def come(cls, pages: Lines, store: RedisStore, waiting: int, calls: int) -> "_Crowd":
        """People who talk first, then the line behind them."""
        crowd = cls(Counter(), [], [], [])

        async def visitor(number: int) -> Keeper:
            cookies = {Cookie.VISITOR.value: new_secret()}
            keeper = Keeper(pages, Namespace.VISITOR, cookies, crowd.counts, crowd.late_s)
            await keeper.come()
            keeper.ticket = (await keeper.page.do(form(UNITS[number % len(UNITS)])))["ticket"]
            return keeper

        async def talks(number: int) -> tuple[str, Keeper, Keeper]:
            # Every other unit: an attendant serves the next one too, and must not call somebody else's person.
            unit = 2 * number % len(UNITS)
            attendant, secret = attendant_of(UNITS[unit], 0), new_secret()
            await store.sign_in(COURT, str(key_of(secret)), Session(attendant, "attendant"), LIFE_S[Cookie.ATTENDANT])
            clerk = Keeper(pages, Namespace.ATTENDANT, {Cookie.ATTENDANT.value: secret}, crowd.counts, crowd.late_s)
            await clerk.come()
            at_desk = clerk.page
            await at_desk.do(say.SetStatus(status=Status.AVAILABLE, pause=None))
            person = await visitor(unit)
            call = (await at_desk.do(say.CallNext()))["call"]
            entering = person.page
            await entering.do(say.RingSeen(call=call))
            await entering.do(say.Enter(call=call, media=Media.VIDEO))
            return call, person, clerk

        crowd.calls = await few_at_once(talks, range(calls))
        crowd.waiting = await few_at_once(visitor, range(waiting))
        crowd.before = await crowd.places(store)
        for keeper, true in zip(crowd.waiting, crowd.before, strict=True):
            # lines are read once a second: until then a view may not know of those who have just come
            await keeper.until(lambda one, true=true: one.place == true)
            keeper.shown.clear()
        for _, person, _ in crowd.calls:
            await person.until(lambda one: one.view and one.view["ticket"] and one.view["ticket"]["call"])
        return crowd

    async def places(self, store: RedisStore) -> list[Place]:
        """Where each one stands, as the store has it."""
        places = {}
        for start in range(0, len(UNITS), UNITS_AT_ONCE):
            some = UNITS[start : start + UNITS_AT_ONCE]
            for unit in (await store.units(COURT, some, dict.fromkeys(some, DAY))).units:
                places |= {one.ticket: Place(one.number, ahead_of(one.score, unit.line)) for one in unit.line}
        return [places.get(keeper.ticket, Place("", None)) for keeper in self.waiting]

    async def talk(self) -> int:
        """Both sides say something now and then, until it is over; answers how often each did."""
        said = 0
        while not self.over.is_set():
            said += 1
            for call, *sides in self.calls:
                for keeper in sides:
                    await _says(keeper, call, f"{said}")
            await asyncio.wait({asyncio.ensure_future(self.over.wait())}, timeout=1)
        return said

    async def everybody_is_back(self) -> None:
        """Each page is connected."""
        async with asyncio.timeout(COMES_UP_WITHIN_S):
            while away := [keeper for keeper in self.all if keeper.page.line.ended.is_set()]:
                await away[0].until(lambda one: one.view and not one.page.line.ended.is_set())

    async def found(self, said: int, store: RedisStore) -> dict[str, Any]:
        """What became of everybody."""
        after = await self.places(store)
        for keeper in self.waiting:
            await keeper.until(lambda one: one.view)
        words = sum([await _unheard(keeper, call, said) for call, *sides in self.calls for keeper in sides])
        alive = 0
        for _, person, _ in self.calls:
            await person.until(lambda one: one.view)
            ticket = person.view["ticket"]
            alive += bool(ticket and ticket["call"] and ticket["call"]["gone"] is None and ticket["state"] == "in_call")
        return {
            "pages": len(self.all),
            "lost_places": sum(now != was for was, now in zip(self.before, after, strict=True)),
            "other_places": [
                (was, keeper.shown)
                for was, keeper in zip(self.before, self.waiting, strict=True)
                if keeper.shown != {was}
            ],
            "lost_calls": len(self.calls) - alive,
            "lost_words": words,
            "counts": dict(self.counts),
            "late_s": self.late_s,
        }


async def _unheard(keeper: Keeper, call: str, said: int) -> int:
    """How many of both sides' words this page does not get when it reads the call from its beginning."""
    heard, after = set(), None
    while True:
        told = await keeper.page.do(say.Replay(call=call, after=after))
        heard |= {(each["sender"], each["body"]["text"]) for each in told["entries"] if each["body"]["type"] == "chat"}
        if not told["more"]:
            return 2 * said - len(heard)
        after = told["entries"][-1]["id"]


async def _says(keeper: Keeper, call: str, text: str) -> None:
    """Said once, however often the line has to be taken up again: the request's id is the same."""
    request = secrets.token_hex(8)
    command = say.Signal(call=call, to=None, body=Chat(text=text))
    for _ in range(PATIENCE):
        try:
            _, answer = await keeper.page._say(command, request)
        except (ConnectionError, aiohttp.ClientError, TimeoutError):
            await asyncio.sleep(LOOK_S)  # until it has come back
        else:
            if answer["ok"]:
                return
            assert answer["code"] == Code.STORE_AWAY, answer  # a busy machine; the page says it again
    raise AssertionError("the line never came back")


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]] or [500, 20]
    sys.stdout.write(f"{asyncio.run(upgrade(*sizes))}\n")
