"""What one more person in line costs the server, beside one more connection of python-socketio."""

from itertools import cycle, islice

import pytest

from tests.bench.bare import NAMESPACE
from tests.bench.court import UNITS, few_at_once, hello, visitor_in
from tests.bench.figures import Row, Section, publish
from tests.bench.lines import lines
from tests.bench.processes import Process, allow_sockets, started
from tests.stores import valkey

VISITORS = 1000
BEFORE = 50
"""They come first and are not counted: what a server makes once, it has made for them."""


async def cost_kb(server: Process, come) -> float:
    """Resident memory for each of the visitors that come, once the server has nothing more to do for them."""
    await few_at_once(come, list(islice(cycle(UNITS), BEFORE)))
    await server.quiet()
    before_kb = await server.resident_kb()
    await few_at_once(come, list(islice(cycle(UNITS), VISITORS)))
    await server.quiet()
    return (await server.resident_kb() - before_kb) / VISITORS


@pytest.mark.timeout(300)
async def test_memory_of_a_waiting_visitor(tmp_path):
    allow_sockets()
    async with started("tests.bench.bare") as server, lines(server.url) as pages:
        bare_kb = await cost_kb(server, lambda _unit: pages.open(NAMESPACE, hello()))
    with valkey() as store:
        async with started("tests.bench.court", str(tmp_path), store.url) as server, lines(server.url) as pages:
            waiting_kb = await cost_kb(server, lambda unit: visitor_in(unit, pages))
    assert min(bare_kb, waiting_kb) > 0, "the machine took more memory back than a thousand connections cost"
    publish(
        Section(
            title="Memory of a waiting visitor",
            compared_with="an idle connection of a bare python-socketio server, WebSocket only, no deflate",
            how=f"{VISITORS:,} sockets in one server process, each joined and waiting in one of {len(UNITS)} units;"
            f" resident memory before and after, behind {BEFORE} that came first and a garbage collection, at rest."
            " The client is another process.",
            rows=(Row("one more visitor in line", "KB", waiting_kb, bare_kb, "≤ 45 KB"),),
        )
    )
