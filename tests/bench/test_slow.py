"""Pages that do not read what they are told, and clerks who tell them more and more: what it costs, and whom."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from redis.asyncio import Redis

from rooms.errors import Code
from rooms.ids import UnitId
from rooms.model.ticket import Media
from rooms.redis.client import Client
from rooms.redis.store import RedisStore
from signaling.auth.capability import Cookie, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import Namespace
from signaling.protocol.commands import WireCode
from signaling.protocol.signals import Description, Party
from tests.bench.court import UNITS, Page, attendant_at, attendant_of, hello
from tests.bench.figures import Row, Section, percentile, publish
from tests.bench.lines import Lines, lines
from tests.bench.processes import Process, allow_sockets, started
from tests.server.harness import form
from tests.stores import valkey

CALLS = 20
SDP = "x" * 47_000
"""As long as one may be; a message is 64 KB at most."""
LOOKS_S = 0.25
ASKS = 300
"""Commands of a bystander, before a flood and in it."""
PASSING = frozenset({WireCode.TOO_MANY_MESSAGES, Code.STORE_AWAY})


@dataclass
class Talk:
    """Somebody in a call with a clerk."""

    visitor: Page
    clerk: Page
    cookies: dict[str, str]
    call: str
    said: int = 0

    is_full: bool = False

    async def floods(self) -> None:
        """The clerk says as much as is let through, until the call's log is full."""
        while not self.is_full:
            await self.says()

    async def says(self) -> None:
        """The clerk says one word more, unless the call's log is full."""
        answer = await self._says()
        if answer["ok"]:
            self.said += 1
        elif answer["code"] == Code.CALL_LOG_FULL:
            self.is_full = True
        else:
            assert answer["code"] in PASSING, answer
            await asyncio.sleep(LOOKS_S)  # as long as it is told to wait, and less

    async def _says(self) -> Any:
        body = Description(number=1, kind="offer", sdp=SDP)
        command = say.Signal(call=self.call, to=Party.VISITOR, body=body).model_dump(mode="json")
        _, answer = await self.clerk.line.ask("command", {"id": secrets.token_hex(8), "command": command})
        return answer

    async def reads_it_all(self, pages: Lines) -> int:
        """The page comes back; how many of the clerk's words it can read."""
        page = Page(await pages.open(Namespace.VISITOR.value, {**hello(), "opened": False}, self.cookies))
        count, after, more = 0, None, True
        while more:
            part = await page.do(say.Replay(call=self.call, after=after))
            count += sum(entry["body"]["type"] == "description" for entry in part["entries"])
            after, more = part["entries"][-1]["id"], part["more"]
        return count


async def talk_in(unit: UnitId, pages: Lines, store: RedisStore) -> Talk:
    cookies = {Cookie.VISITOR.value: new_secret()}
    visitor = Page(await pages.open(Namespace.VISITOR.value, hello(), cookies))
    await visitor.do(form(unit))
    clerk = await attendant_at(attendant_of(unit, 0), pages, store)
    call = (await clerk.do(say.CallNext()))["call"]
    await visitor.do(say.Enter(call=call, media=Media.VIDEO))
    return Talk(visitor, clerk, cookies, call)


async def bystander_ms(page: Page, asks: int) -> list[float]:
    """How long somebody waits for an answer who has nothing to do with any of it."""
    took = []
    for _ in range(asks):
        began_s = perf_counter()
        await page.line.ask("command", {"id": secrets.token_hex(8), "command": {"type": "leave", "rev": 99}})
        took.append(1000 * (perf_counter() - began_s))
        await asyncio.sleep(0.06)  # slower than what one page may say in a second
    return took


async def most_kb(server: Process, while_this: asyncio.Task[Any]) -> int:
    """The most memory that the server held meanwhile."""
    most = 0
    while not while_this.done():
        most = max(most, await server.resident_now_kb())
        await asyncio.wait({while_this}, timeout=LOOKS_S)
    return most


@dataclass
class Flooded:
    """What a flood cost."""

    kb: float
    """The server's memory for one call, at most."""
    store_mb: float
    """The store's, for one call."""
    words: int
    """Of one clerk."""
    quiet_ms: list[float]
    """A bystander's commands before it, and meanwhile."""
    busy_ms: list[float]


async def in_turn(talks: list[Talk]) -> None:
    """Every clerk says as much as they can, one word at a time: what a word costs on its way is there once."""
    while not all(talk.is_full for talk in talks):
        for talk in talks:
            if not talk.is_full:
                await talk.says()


async def at_once(talks: list[Talk]) -> None:
    """The same, as fast as each is let."""
    await asyncio.gather(*(talk.floods() for talk in talks))


async def flooded(
    folder: Path, how: Callable[[list[Talk]], Awaitable[None]], *, reading: bool, asks: int = 0
) -> Flooded:
    """Clerks fill their calls' logs, for pages that do or do not read."""
    folder.mkdir()
    with valkey() as data:
        client, redis = Client(data.url), Redis.from_url(data.url)
        store = RedisStore(client)
        async with started("tests.bench.court", str(folder), data.url) as server, lines(server.url) as pages:
            talks = [await talk_in(unit, pages, store) for unit in UNITS[: 2 * CALLS : 2]]
            bystander = Page(await pages.open(Namespace.VISITOR.value, hello(), {Cookie.VISITOR.value: new_secret()}))
            quiet_ms = await bystander_ms(bystander, asks)
            await server.quiet()
            before_kb, before_b = await server.resident_kb(), (await redis.info("memory"))["used_memory"]
            if not reading:
                for talk in talks:
                    talk.visitor.line.stop_reading()
            flood = asyncio.ensure_future(how(talks))
            watching = asyncio.create_task(most_kb(server, flood))
            busy_ms = await bystander_ms(bystander, asks)
            await flood
            kb = (await watching - before_kb) / CALLS
            store_mb = ((await redis.info("memory"))["used_memory"] - before_b) / CALLS / 2**20
            for talk in talks:
                talk.visitor.line.abort()
                assert await talk.reads_it_all(pages) == talk.said, "who comes back has missed nothing"
        await client.close()
        await redis.aclose()
    return Flooded(kb, store_mb, min(talk.said for talk in talks), quiet_ms, busy_ms)


@pytest.mark.timeout(300)
async def test_pages_that_do_not_read(tmp_path):
    allow_sockets()
    reading = await flooded(tmp_path / "reading", in_turn, reading=True)
    deaf = await flooded(tmp_path / "deaf", in_turn, reading=False)
    flood = await flooded(tmp_path / "flood", at_once, reading=False, asks=ASKS)
    publish(
        Section(
            title="Pages that do not read, and floods",
            compared_with="the same with pages that read; a bystander with the same server a moment before",
            how=f"{CALLS} visitors in a call stop reading their sockets; their clerks send them session descriptions of"
            f" {len(SDP) // 1000} KB until each call's log (2 MB) is full: in turn, to see what a page costs, and then"
            " all at once, as fast as they are let. Resident memory of the server looked at four times a second."
            " Afterwards each page came back and read all that was said.",
            rows=(
                Row("in turn: server's memory for one such page, at most", "KB", deaf.kb, reading.kb, "512 KB"),
                Row("all at once: the same", "KB", flood.kb),
                Row(
                    "store's memory for a call whose log is full", "MB", flood.store_mb, target="4 MB and its overhead"
                ),
                Row("words of a clerk until then", "", flood.words),
                *(
                    Row(what, "ms", percentile(flood.busy_ms, share), percentile(flood.quiet_ms, share))
                    for what, share in (("a bystander's command, p50", 0.5), ("p99", 0.99))
                ),
            ),
        )
    )
