"""A rolling upgrade of two nodes from an earlier wire and scripts to ours, and what people notice of it.

    python -m tests.chaos.upgrade [WAITING] [CALLS]

Then both are ended once more, so that it is also ours that ask people to move. Pages are as small as a page can be, and
do what ours do when a server asks them to.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from rooms.ids import EntryId
from rooms.model.attendant import Status
from rooms.model.events import Event
from rooms.model.order import ahead_of
from rooms.model.ticket import Media
from rooms.ports import Log, Session
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from signaling.auth.capability import LIFE_S, Cookie, key_of, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import Namespace
from signaling.protocol.signals import Chat
from tests.bench.court import COURT, UNITS, attendant_of, few_at_once, site
from tests.bench.lines import Lines, lines
from tests.bench.processes import ROOT, allow_sockets
from tests.chaos import visits
from tests.chaos.judge import Wrong, story_of
from tests.chaos.keeper import Keeper, Noticed, Place
from tests.chaos.site import COMES_UP_WITHIN_S, Nodes, earlier, filled, proxy, tree_of
from tests.chaos.visits import Visits
from tests.server.harness import form
from tests.stores import valkey

DAY = date(2000, 1, 1)
"""Counts of a day are not looked at."""
UNITS_AT_ONCE = 10
OTHERS = UNITS[: UNITS.index(visits.UNIT)]
"""Where people wait and talk, beside the visits."""
DRAIN_S = 10


@dataclass(frozen=True)
class Found:
    """What two rounds did to people; but for `noticed` and `served` all should be nothing."""

    pages: int
    lost_places: int
    other_places: list[tuple[Place, set[Place | None]]]
    """Each one's who was shown another than theirs in any view, and what they were shown."""
    lost_calls: int
    lost_words: int
    happened: list[Event]
    """To those who waited and talked."""
    wrong: list[Wrong]
    """What may not happen: somebody called out of order, called twice, or lost."""
    served: list[int]
    """How many visits came to their end while each server ended."""
    earlier: Noticed = field(repr=False)
    """While servers of the earlier release ended,"""
    ours: Noticed = field(repr=False)
    """and while ours did."""


@asynccontextmanager
async def servers(drain_s: int) -> AsyncIterator[tuple[Nodes, str, str]]:
    """Two of the earlier release: the store's URL, and that of the proxy before them."""
    async with AsyncExitStack() as stack:
        tree = stack.enter_context(tree_of(earlier()))
        store_url = stack.enter_context(valkey()).url  # nobody kills it: its disk is not asked
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bv-upgrade-")))
        nodes = Nodes(
            {
                "BALCAO_DATA_DIR": str(folder),
                "BALCAO_DRAIN_S": str(drain_s),
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
        yield nodes, store_url, await stack.enter_async_context(proxy(folder, nodes.ports))


async def upgrade(waiting: int, calls: int, drain_s: int = DRAIN_S) -> Found:
    """Two nodes of the earlier release become two of ours while people wait, talk and come; tell what they noticed."""
    allow_sockets()
    async with AsyncExitStack() as stack:
        nodes, store_url, url = await stack.enter_async_context(servers(drain_s))
        client = Client(store_url)
        stack.push_async_callback(client.close)
        store, log = RedisStore(client), RedisLog(client, lambda: BlockingReads(store_url))
        pages = await stack.enter_async_context(lines(url))
        noticed, over, served = [Noticed()], asyncio.Event(), []
        async with asyncio.TaskGroup() as tasks:
            crowd = await _Crowd.come(pages, store, noticed, waiting, calls)
            keeping = [tasks.create_task(each.keep()) for each in crowd.all]
            began, _, _, _ = await log.positions(COURT)
            talking = tasks.create_task(crowd.talk(over))
            coming = Visits(pages, url, store, noticed, over)
            visiting = tasks.create_task(coming.go_on())
            for which in (0, 1, 0, 1):
                if len(served) == len(nodes.ports):
                    noticed.append(Noticed())
                before = coming.served
                await nodes.end(which)
                served.append(coming.served - before)
                await nodes.start(which, ROOT)
                await crowd.everybody_is_back()
            over.set()
            said = await talking
            await visiting
            found = await crowd.found(said, store)
            for task in keeping:
                task.cancel()
        events = await _all_events(log)
    story = story_of(events, {one.id: one.units for one in site().staff}, ran_out=())
    return Found(
        wrong=story.wrong,
        happened=[event for event in events if _is_after(event.id, began) and not coming.is_its(event)],
        served=served,
        earlier=noticed[0],
        ours=noticed[1],
        **found,
    )


async def _all_events(log: Log) -> Sequence[Event]:
    found: list[Event] = []
    while some := await log.events_after(COURT, found[-1].id if found else EntryId("0-0"), 1000):
        found += some
    return found


def _is_after(one: EntryId, other: EntryId) -> bool:
    return tuple(map(int, one.split("-"))) > tuple(map(int, other.split("-")))


@dataclass
class _Crowd:
    waiting: list[Keeper]
    calls: list[tuple[str, Keeper, Keeper]]
    before: list[Place] = field(default_factory=list)

    @property
    def all(self) -> list[Keeper]:
        return [*self.waiting, *(side for _, *sides in self.calls for side in sides)]

    @classmethod
    async def come(cls, pages: Lines, store: RedisStore, noticed: list[Noticed], waiting: int, calls: int) -> "_Crowd":
        """People who talk first, then the line behind them."""

        def keeper(namespace: Namespace, cookie: Cookie, secret: str, name: str) -> Keeper:
            return Keeper(pages, namespace, {cookie.value: secret}, noticed, Random(name))  # noqa: S311 - the same again

        async def visitor(number: int) -> Keeper:
            one = keeper(Namespace.VISITOR, Cookie.VISITOR, new_secret(), f"visitor {number}")
            await one.come()
            one.ticket = (await one.do(form(OTHERS[number % len(OTHERS)])))["ticket"]
            return one

        async def talks(number: int) -> tuple[str, Keeper, Keeper]:
            # Every other unit: an attendant serves the next one too, and must not call somebody else's person.
            unit = 2 * number % len(OTHERS)
            attendant, secret = attendant_of(OTHERS[unit], 0), new_secret()
            await store.sign_in(COURT, str(key_of(secret)), Session(attendant, "attendant"), LIFE_S[Cookie.ATTENDANT])
            clerk = keeper(Namespace.ATTENDANT, Cookie.ATTENDANT, secret, f"attendant {number}")
            await clerk.come()
            await clerk.do(say.SetStatus(status=Status.AVAILABLE, pause=None))
            person = await visitor(unit)
            call = (await clerk.do(say.CallNext()))["call"]
            await person.do(say.RingSeen(call=call))
            await person.do(say.Enter(call=call, media=Media.VIDEO))
            return call, person, clerk

        talking = await few_at_once(talks, range(calls))
        crowd = cls(await few_at_once(visitor, range(waiting)), talking)
        crowd.before = await crowd.places(store)
        for one, true in zip(crowd.waiting, crowd.before, strict=True):
            # lines are read once a second: until then a view may not know of those who have just come
            await one.until(lambda one, true=true: one.place == true)
            one.shown.clear()
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

    async def talk(self, over: asyncio.Event) -> int:
        """Both sides say something now and then, until it is over; answers how often each did."""
        said = 0
        while not over.is_set():
            said += 1
            for call, *sides in self.calls:
                for keeper in sides:
                    await keeper.do(say.Signal(call=call, to=None, body=Chat(text=f"{said}")))
            await asyncio.wait({asyncio.ensure_future(over.wait())}, timeout=1)
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
        }


async def _unheard(keeper: Keeper, call: str, said: int) -> int:
    """How many of both sides' words this page does not get, each once, when it reads the call from its beginning."""
    heard, after = [], None
    while True:
        told = await keeper.do(say.Replay(call=call, after=after))
        heard += [(each["sender"], each["body"]["text"]) for each in told["entries"] if each["body"]["type"] == "chat"]
        if not told["more"]:
            return abs(2 * said - len(heard)) + len(heard) - len(set(heard))
        after = told["entries"][-1]["id"]


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]] or [500, 20]
    found = asyncio.run(upgrade(*sizes))
    sys.stdout.write(f"{found}\n{found.earlier.counts}\n{found.ours.counts}\n{found.earlier.vain + found.ours.vain}\n")
