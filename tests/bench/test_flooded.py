"""Whoever floods, and those who take a ticket meanwhile: how much longer they wait, and what it leaves in the store."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import pytest
from redis.asyncio import Redis

from rooms.errors import Code
from signaling.auth.capability import Cookie, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import Namespace
from signaling.protocol.commands import WireCode
from tests.bench.court import UNITS, Page, hello
from tests.bench.figures import Row, Section, percentile, publish
from tests.bench.flooding import BROWSERS, JOINS, MESSAGES, PAGES, WORDS
from tests.bench.lines import Lines, lines
from tests.bench.processes import ROOT, Process, allow_sockets, started
from tests.bench.talking import SDP
from tests.server.harness import form
from tests.stores import valkey

FLOODS = {
    JOINS: f"{BROWSERS} browsers of one network ask for tickets",
    MESSAGES: f"{PAGES} pages of one browser say something short",
    WORDS: f"a clerk says words of {len(SDP) // 1000} KB",
}
REFUSED = {
    JOINS: {Code.TOO_MANY_JOINS, Code.TICKET_EXISTS, WireCode.TOO_MANY_MESSAGES},
    MESSAGES: {Code.TICKET_UNKNOWN, WireCode.TOO_MANY_MESSAGES},
    WORDS: {Code.CALL_LOG_FULL, WireCode.TOO_MANY_MESSAGES},
}
PEOPLE = 150
"""Bystanders, one after the other, before each flood and in it."""
PAUSE_S = 0.05
STORE_MB, MB = 64, 2**20
STORE_ENDS_AT = f"{STORE_MB} MB"


async def comes_and_goes(pages: Lines) -> list[float]:
    """Somebody comes, takes a ticket and gives it back; how many milliseconds each of the three took."""
    began_s = perf_counter()
    page = Page(await pages.open(Namespace.VISITOR.value, hello(), {Cookie.VISITOR.value: new_secret()}))
    came_s = perf_counter() - began_s
    joined_s, joined = await page.timed(form(UNITS[2]), "joins-once")
    left_s, _ = await page.timed(say.Leave(rev=joined["rev"]), "leaves-once")
    await page.line.socket.close()
    return [1000 * took_s for took_s in (came_s, joined_s, left_s)]


async def bystanders(pages: Lines) -> list[float]:
    """What everything took that they did. Nobody among them was refused anything."""
    took = []
    for _ in range(PEOPLE):
        took += await comes_and_goes(pages)
        await asyncio.sleep(PAUSE_S)  # the pace of arrivals
    return took


@asynccontextmanager
async def flood(what: str, server: Process, redis_url: str) -> AsyncIterator[Counter[str]]:
    """Somebody floods while the block lasts; afterwards the counter holds what they were answered."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.flooding",
        what,
        server.url,
        redis_url,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    answers = Counter[str]()
    try:
        assert await process.stdout.readline(), "whoever floods did not begin"
        process.stdin.write(b"now\n")
        yield answers
        process.stdin.close()
        answers.update(json.loads(await process.stdout.read()))
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def rows_of(what: str, folder: Path) -> list[Row]:
    folder.mkdir()
    with valkey() as data:
        async with (
            Redis.from_url(data.url) as store,
            started("tests.bench.court", str(folder), data.url) as server,
            lines(server.url) as pages,
        ):
            await store.config_set("maxmemory", STORE_MB * MB)
            await bystanders(pages)  # what is slow the first time is nobody's figure
            quiet_ms, began_cpu_s, began_s = await bystanders(pages), server.cpu_s(), perf_counter()
            async with flood(what, server, data.url) as answers:
                busy_ms = await bystanders(pages)
                lasted_s = perf_counter() - began_s
                used = (server.cpu_s() - began_cpu_s) / lasted_s
            store_mb = (await store.info("memory"))["used_memory"] / MB
    assert answers.keys() - {"accepted", "cut"} <= REFUSED[what], answers
    told = ", ".join(f"{count:,} × {code}" for code, count in answers.most_common() if count)
    return [
        *(
            Row(
                f"{FLOODS[what]}: others wait, {name}",
                "ms",
                percentile(busy_ms, share),
                percentile(quiet_ms, share),
            )
            for name, share in (("p50", 0.5), ("p99", 0.99))
        ),
        Row(f"the server's share of a core; answers in {lasted_s:.0f} s: {told}", "", used),
        Row("the store's memory at its end", "MB", store_mb, target=STORE_ENDS_AT),
    ]


@pytest.mark.timeout(600)
async def test_floods_and_those_who_take_a_ticket_meanwhile(tmp_path):
    allow_sockets()
    rows = [row for what in FLOODS for row in await rows_of(what, tmp_path / what)]
    publish(
        Section(
            title="Floods",
            compared_with="the same people at the same server a moment before",
            how=f"One server, one Valkey that may use {STORE_MB} MB. {PEOPLE} people, one after the other, come, take a"
            " ticket at another unit and give it back; none was refused. Meanwhile another process, which has what"
            " these leave of the machine, floods as fast as its sockets take it and waits for no answer.",
            rows=rows,
        )
    )
