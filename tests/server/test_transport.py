"""What carries a page's packets, and what is left of it."""

import asyncio
import gc
import socket
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from aiohttp import web
from engineio.exceptions import EngineIOError
from engineio.packet import MESSAGE, Packet

from signaling.sockets import transport as carrying
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

    async def receive(self, _packet):
        raise EngineIOError

    async def close(self, **_how):
        self.over.set()


def engine_of(silent_s: float) -> SimpleNamespace:
    """What a transport asks of its server; a page may be silent for so long."""
    reason = SimpleNamespace(TRANSPORT_CLOSE="closed")
    return SimpleNamespace(max_http_buffer_size=1000, ping_interval=silent_s, ping_timeout=0, reason=reason)


@asynccontextmanager
async def told_much(page: Silent, engine: SimpleNamespace) -> AsyncIterator[tuple[socket.socket, asyncio.Event]]:
    """A connection whose page reads nothing of all that it is told, so that its writer waits; and when it is over."""
    over, lines = asyncio.Event(), []
    for _ in range(4):
        page.queue.put_nowait(Packet(MESSAGE, "x" * MUCH))

    async def handle(request):
        lines.append(request.transport)
        try:
            return await Transport(page.carried, engine, per_s=1000)({"aiohttp.request": request})
        finally:
            over.set()

    server = web.ServerRunner(web.Server(handle), shutdown_timeout=0)
    await server.setup()
    site = web.TCPSite(server, "127.0.0.1", 0)
    await site.start()
    try:
        with socket.create_connection(server.addresses[0]) as deaf:
            deaf.sendall(UPGRADE)
            while not any(line.get_write_buffer_size() for line in lines):  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0)
            yield deaf, over
    finally:
        await server.cleanup()


async def test_a_page_that_neither_speaks_nor_reads_is_cut_when_it_has_been_silent_for_long_enough():
    page = Silent()
    async with told_much(page, engine_of(0.2)) as (_, over), asyncio.timeout(WITHIN_S):
        await page.over.wait()
        await over.wait()


@pytest.mark.parametrize(
    "last_word",
    [b"\x88\x80\0\0\0\0", b"\x81\x81\0\0\0\0x"],
    ids=["the end", "no packet"],
)
async def test_a_page_that_ends_and_does_not_read_is_cut_at_once(last_word):
    """Its line would be nobody's then: no silence is counted any more, and what it was told waits for it for ever."""
    page = Silent()
    async with told_much(page, engine_of(1000)) as (deaf, over), asyncio.timeout(WITHIN_S):
        deaf.sendall(last_word)
        await page.over.wait()
        await over.wait()
        while left_open(deaf):  # noqa: ASYNC110 - nobody tells what the kernel has done
            await asyncio.sleep(0.01)


def left_open(connection: socket.socket) -> bool:
    """Whether the other side still has it: one that is cut answers what is sent by a reset."""
    try:
        connection.sendall(b"\x89\x80\0\0\0\0")
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


class Told(Silent):
    """What engine.io keeps of a page that says a lot; `heard` of it so far."""

    def __init__(self):
        super().__init__()
        self.heard = 0

    async def receive(self, _packet):
        self.heard += 1


async def test_of_a_page_that_says_more_than_anybody_does_the_rest_waits_where_it_is(monkeypatch):
    """Answers to pings that nobody sent, and whatever else no limit of commands counts."""
    page, waits, may_go_on = Told(), asyncio.Event(), asyncio.Event()

    async def waited_for(_seconds):
        waits.set()
        await may_go_on.wait()

    monkeypatch.setattr(carrying, "sleep", waited_for)

    async def handle(request):
        return await Transport(page.carried, engine_of(1000), per_s=2)({"aiohttp.request": request})

    server = web.ServerRunner(web.Server(handle), shutdown_timeout=0)
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0).start()
    try:
        with socket.create_connection(server.addresses[0]) as loud:
            loud.sendall(UPGRADE + b"\x81\x81\0\0\0\x003" * 5)
            async with asyncio.timeout(WITHIN_S):
                await waits.wait()
                assert page.heard == 3, "two, and the one for which it waits"
                may_go_on.set()
                while page.heard < 5:  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(0)
    finally:
        await server.cleanup()
