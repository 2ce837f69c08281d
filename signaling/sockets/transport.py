"""engine.io's WebSocket, carried without a task, a future and two timers for each packet."""

import asyncio
import socket
import time
from asyncio import sleep
from typing import Any, Final

from aiohttp import WSMsgType, web
from engineio.async_drivers.aiohttp import WebSocket as EngineWebSocket
from engineio.exceptions import EngineIOError
from engineio.packet import CLOSE, MESSAGE, PONG, Packet

from signaling.auth.floods import full_bucket

_WAITS_AT_BYTES: Final = 16_384
"""So much may lie between a page's writer and its network, and as much in the kernel before it is sent: what follows
waits in the queue, where it is counted.
"""
_ENDS_S: Final = 1.0
"""Who has ended the connection, or says what is no packet, has so long to take what was on its way."""


class Transport(EngineWebSocket):  # type: ignore[misc]  # engine.io has no types
    """One connection, from its upgrade to its end.

    engine.io's own loop waits for each packet in a task of its own, and ends by an exception that holds itself: each
    connection that is over would leave garbage that nothing but a collection finds, and a collection stops everybody.

    Two things it has no word for: no permessage-deflate, which costs 100 KB a connection, and small buffers. As they
    come, a page that does not read would have 300 KB of ours in buffers and four megabytes in the kernel's before
    anybody noticed.

    Nor does it count: of whatever a page says, packets that nobody asked for among it, `per_s` are heard in a second.
    The others wait at the page.
    """

    def __init__(self, handler: Any, server: Any, per_s: float) -> None:
        super().__init__(handler, server)
        self._pace: Final = full_bucket(per_s, 1.0, time.monotonic())

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        """The answer to the request that began it, once it is over."""
        self.environ = environ
        self._sock = web.WebSocketResponse(
            compress=False,
            max_msg_size=self.server.max_http_buffer_size,
            # a page answers each ping
            receive_timeout=self.server.ping_interval + self.server.ping_timeout,
            writer_limit=_WAITS_AT_BYTES,
        )
        request = environ["aiohttp.request"]
        if request.transport is not None:
            _keep_small(request.transport)
        await self._sock.prepare(request)
        await self._carry(self.handler.__self__)
        return self._sock

    async def _carry(self, engine: Any) -> None:
        """All packets, both ways, until either side ends it."""
        engine.connected = engine.upgraded = True
        writing = asyncio.create_task(self._write(engine.queue))
        try:
            await self._read(engine)
        finally:
            # first, because it takes the page's timers with it: nobody else would cut the line then
            await engine.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
            engine.queue.put_nowait(None)  # ends the writer
            await asyncio.wait({writing}, timeout=_ENDS_S)
            if not writing.done() or self._is_behind():
                self._cut()
            await writing

    async def _read(self, engine: Any) -> None:
        while (packet := await self._next()) is not None:
            try:
                await engine.receive(packet)
            except (EngineIOError, ValueError):  # the socket is closed already
                return
            del packet  # whoever is silent keeps nothing of what they said last
            if (early_s := self._pace.spend(1, time.monotonic())) > 0:
                await sleep(early_s)

    async def _next(self) -> Packet | None:
        """What the page says next; None where nothing comes any more that is a packet."""
        try:
            message = await self._sock.receive()
        except TimeoutError:
            self._cut()
            return None
        if message.type is not WSMsgType.TEXT:  # the end, or bytes, which nothing of ours is
            return None
        try:
            packet = Packet(encoded_packet=message.data)
        except ValueError:
            return None
        # an upgrade is answered, and there is none where all begins as a WebSocket
        return packet if packet.packet_type in {MESSAGE, PONG, CLOSE} else None

    def _is_behind(self) -> bool:
        """Whether something lies in our buffer: closing the connection would wait for it, for ever."""
        transport = self.environ["aiohttp.request"].transport
        return transport is not None and transport.get_write_buffer_size() > 0

    def _cut(self) -> None:
        """Whoever says nothing any more may not read either: the writer would wait for them for ever."""
        transport = self.environ["aiohttp.request"].transport
        if transport is not None:
            transport.abort()

    async def _write(self, queue: "asyncio.Queue[Packet | None]") -> None:
        try:
            while await self._pass_on(queue):
                pass
        except ConnectionError:
            pass  # the reader finds out by itself
        finally:
            await self._sock.close()

    async def _pass_on(self, queue: "asyncio.Queue[Packet | None]") -> bool:
        """Give the next packet to the network, as soon as that takes it; False: it was the end.

        While the network takes nothing there is no more of it than its bytes, and of the last one nothing.
        """
        packet = await queue.get()
        if packet is None:
            return False
        queue.task_done()
        frame = packet.encode().encode()
        del packet
        await self._sock.send_frame(frame, WSMsgType.TEXT)
        return True


def _keep_small(transport: asyncio.Transport) -> None:
    """The connection's buffers, ours and where it can be told the kernel's."""
    transport.set_write_buffer_limits(high=_WAITS_AT_BYTES)
    connection = transport.get_extra_info("socket")
    if connection is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _WAITS_AT_BYTES)
