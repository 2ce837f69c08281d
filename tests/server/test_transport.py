"""What carries a page's packets, and what is left of it."""

import asyncio
import gc
import socket
import weakref
from types import SimpleNamespace

from aiohttp import web
from engineio.packet import MESSAGE, Packet

from signaling.sockets.transport import Transport
from tests.server.harness import WITHIN_S


async def test_a_connection_that_is_over_leaves_nothing_for_the_collector(crowd):
    """A collection stops everybody for as long as it looks at everything: it must have no reason to."""
    visitor = await crowd.visitor()
    await visitor.join()
    there = [weakref.ref(each) for each in gc.get_objects() if isinstance(each, Transport)]
    assert there
    gc.disable()
    try:
        await visitor.close()
        async with asyncio.timeout(WITHIN_S):
            while any(each() is not None for each in there):  # noqa: ASYNC110 - nobody tells when an object is gone
                await asyncio.sleep(0.01)
    finally:
        gc.enable()


UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: balcao\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
MUCH = 4_000_000
"""More than any buffer on the way takes."""


class Silent:
    """What engine.io keeps of a page that says nothing and does not read what it is told."""

    def __init__(self):
        self.queue = asyncio.Queue()
        self.over = asyncio.Event()

    async def carried(self, _transport):
        raise AssertionError("engine.io's own loop")

    async def close(self, **_how):
        self.over.set()


async def test_a_page_that_neither_speaks_nor_reads_is_cut_when_it_has_been_silent_for_long_enough():
    page = Silent()
    engine = SimpleNamespace(
        max_http_buffer_size=1000, ping_interval=0.1, ping_timeout=0.1, reason=SimpleNamespace(TRANSPORT_CLOSE="closed")
    )
    for _ in range(4):
        page.queue.put_nowait(Packet(MESSAGE, "x" * MUCH))

    async def handle(request):
        return await Transport(page.carried, engine)({"aiohttp.request": request})

    server = web.ServerRunner(web.Server(handle), shutdown_timeout=0)
    await server.setup()
    site = web.TCPSite(server, "127.0.0.1", 0)
    await site.start()
    try:
        with socket.create_connection(server.addresses[0]) as deaf:
            deaf.sendall(UPGRADE)
            async with asyncio.timeout(WITHIN_S):
                await page.over.wait()
    finally:
        await server.cleanup()
