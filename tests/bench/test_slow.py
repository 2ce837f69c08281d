"""Pages that do not read what they are told, while their clerks tell them more and more: what each costs."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from rooms.redis.client import Client
from rooms.redis.store import RedisStore
from tests.bench.court import UNITS
from tests.bench.figures import Row, Section, publish
from tests.bench.lines import lines
from tests.bench.processes import Process, allow_sockets, started
from tests.bench.talking import SDP, Talk, talk_in
from tests.stores import valkey

CALLS = 20
LOOKS_S = 0.05
LIMIT = "512 KB"


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


async def in_turn(talks: list[Talk]) -> None:
    """Every clerk says as much as they can, one word at a time: what a word costs on its way is there once."""
    while not all(talk.is_full for talk in talks):
        for talk in talks:
            if not talk.is_full:
                await talk.says()


async def at_once(talks: list[Talk]) -> None:
    """The same, as fast as each is let."""
    await asyncio.gather(*(talk.floods() for talk in talks))


async def flooded(folder: Path, how: Callable[[list[Talk]], Awaitable[None]], *, reading: bool) -> Flooded:
    """Clerks fill their calls' logs, for pages that do or do not read."""
    folder.mkdir()
    with valkey() as data:
        client, redis = Client(data.url), Redis.from_url(data.url)
        store = RedisStore(client)
        async with started("tests.bench.court", str(folder), data.url) as server, lines(server.url) as pages:
            talks = [await talk_in(unit, pages, store) for unit in UNITS[: 2 * CALLS : 2]]
            await server.quiet()
            before_kb, before_b = await server.resident_kb(), (await redis.info("memory"))["used_memory"]
            if not reading:
                for talk in talks:
                    talk.visitor.line.stop_reading()
            flood = asyncio.ensure_future(how(talks))
            watching = asyncio.create_task(most_kb(server, flood))
            await flood
            kb = (await watching - before_kb) / CALLS
            store_mb = ((await redis.info("memory"))["used_memory"] - before_b) / CALLS / 2**20
            for talk in talks:
                talk.visitor.line.abort()
                assert await talk.reads_it_all(pages) == talk.said, "who comes back has missed nothing"
        await client.close()
        await redis.aclose()
    return Flooded(kb, store_mb, min(talk.said for talk in talks))


@pytest.mark.timeout(300)
async def test_pages_that_do_not_read(tmp_path):
    allow_sockets()
    costs = {
        (how, reading): await flooded(tmp_path / f"{how.__name__}-{reading}", how, reading=reading)
        for how in (in_turn, at_once)
        for reading in (True, False)
    }
    (quiet, deaf), (loud, flood) = [[costs[how, reading] for reading in (True, False)] for how in (in_turn, at_once)]
    publish(
        Section(
            title="Pages that do not read",
            compared_with="the same with pages that read",
            how=f"{CALLS} visitors in a call stop reading their sockets; their clerks send them session descriptions of"
            f" {len(SDP) // 1000} KB until each call's log (2 MB) is full: in turn, to see what a page costs, and then"
            " all at once, as fast as they are let. Resident memory of the server looked at twenty times a second, what"
            " its clerks' own words need on their way included. Afterwards each page came back and read all that was"
            " said.",
            rows=(
                Row("in turn: server's memory for one such page, at most", "KB", deaf.kb, quiet.kb, LIMIT),
                Row("all at once: the same", "KB", flood.kb, loud.kb, LIMIT),
                Row(
                    "store's memory for a call whose log is full", "MB", flood.store_mb, target="4 MB and its overhead"
                ),
                Row("words of a clerk until then", "", flood.words),
            ),
        )
    )
