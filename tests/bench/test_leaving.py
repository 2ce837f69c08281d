"""A building loses its network: thousands of sockets close at once, and whoever stays must not wait for them."""

from contextlib import suppress
from itertools import cycle, islice

import pytest

from rooms.ids import UnitId
from tests.bench.bare import NAMESPACE
from tests.bench.court import UNITS, Page, few_at_once, hello, visitor_in
from tests.bench.figures import Row, Section, publish
from tests.bench.lines import Line, Lines, TurnedAwayError, lines
from tests.bench.processes import Process, allow_sockets, started
from tests.stores import valkey

LEAVE = 5000


async def comes(unit: UnitId, pages: Lines) -> Page:
    """Somebody in line; they come again while a busy machine keeps the store away."""
    while True:
        with suppress(TurnedAwayError):
            return await visitor_in(unit, pages)


async def longest_ms(server: Process, leaving: list[Line]) -> int:
    """How long at most the server's loop is taken while all of these go."""
    await server.quiet()
    await server.watch()
    for line in leaving:
        line.abort()
    await server.quiet()
    return await server.longest_ms()


@pytest.mark.timeout(600)
async def test_five_thousand_leave_at_once(tmp_path):
    allow_sockets()
    with valkey() as store:
        async with started("tests.bench.court", str(tmp_path), store.url) as server, lines(server.url) as pages:
            people = await few_at_once(lambda unit: comes(unit, pages), list(islice(cycle(UNITS), LEAVE)))
            ours_ms = await longest_ms(server, [page.line for page in people])
    async with started("tests.bench.bare") as server, lines(server.url) as pages:
        strangers = await few_at_once(lambda _: pages.open(NAMESPACE, hello()), range(LEAVE))
        bare_ms = await longest_ms(server, strangers)
    publish(
        Section(
            title="Five thousand leave at once",
            compared_with="as many idle connections of a bare python-socketio server",
            how=f"{LEAVE:,} real sockets, ours joined and waiting in {len(UNITS)} units, cut by their client in one go;"
            " the longest that the server's loop kept somebody waiting who was due, looked at 200 times a second,"
            " by the wall's clock, until the server is at rest.",
            rows=(Row("the loop is taken for, at most", "ms", ours_ms, bare_ms, "100 ms"),),
        )
    )
