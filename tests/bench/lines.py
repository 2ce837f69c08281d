"""The least that a page says in Socket.IO, so that it is the server that is measured and not its client.

One WebSocket, one namespace; every event that asks for an acknowledgement gets one at once and is not read any further.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import aiohttp

ANSWERS_WITHIN_S = 30
"""Bounds a benchmark that cannot measure; measures nothing."""
_PACKET = re.compile(r"4(?P<kind>[0-4])(?:/[^,]*,)?(?P<id>\d*)(?P<body>.*)", re.DOTALL)
CONNECTED, EVENT, ANSWERED = "0", "2", "3"


@dataclass
class Line:
    """One connected page."""

    socket: aiohttp.ClientWebSocketResponse
    namespace: str
    heard: Callable[[str, Any], None] | None = None
    """Told of each event; without it they are not read any further than to acknowledge them."""
    answered: Callable[[Any], None] | None = None
    """Told of each answer that nobody waits for."""
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: dict[str, asyncio.Future[tuple[float, str]]] = field(default_factory=dict)
    _asked: int = 0
    packets: list[int] = field(default_factory=lambda: [0])
    """How many were taken and said so far; all lines of a `Lines` count in the same place."""

    async def ask(self, event: str, payload: Any) -> tuple[float, Any]:
        """Say one event; answers the seconds from its last byte given away to its answer taken, and the answer."""
        number, text = self._packet(event, payload)
        waited = self._waiting[number] = asyncio.get_running_loop().create_future()
        said_s = perf_counter()
        try:
            await self.socket.send_str(text)
            async with asyncio.timeout(ANSWERS_WITHIN_S):
                heard_s, body = await waited
        except BaseException:
            self._waiting.pop(number, None)  # nobody is going to ask what became of it
            raise
        return heard_s - said_s, json.loads(body)[0]

    async def tell(self, event: str, payload: Any) -> None:
        """Say one event and wait for nothing but that the network takes it."""
        await self.socket.send_str(self._packet(event, payload)[1])

    def _packet(self, event: str, payload: Any) -> tuple[str, str]:
        self._asked += 1
        return str(self._asked), f"42{self.namespace},{self._asked}{json.dumps([event, payload])}"

    async def listen(self) -> None:
        """Take what comes until the line ends; who still waits for an answer is told."""
        try:
            async for message in self.socket:
                if message.type is not aiohttp.WSMsgType.TEXT or not await self._take(message.data):
                    break
        except (ConnectionError, aiohttp.ClientError):
            pass
        finally:
            self._end()

    def _end(self) -> None:
        self.ended.set()
        for waited in self._waiting.values():
            if not waited.done():
                waited.set_exception(ConnectionResetError())

    async def _take(self, text: str) -> bool:
        """One packet; False where the server has disconnected us."""
        heard_s = perf_counter()
        self.packets[0] += 1
        if text == "2":
            await self.socket.send_str("3")
        elif packet := _PACKET.fullmatch(text):
            match packet["kind"]:
                case "1":
                    return False
                case "2":
                    if packet["id"]:
                        await self.socket.send_str(f"43{self.namespace},{packet['id']}[true]")
                    if self.heard is not None:
                        self.heard(*json.loads(packet["body"]))
                case "3" if (waited := self._waiting.pop(packet["id"], None)) and not waited.done():
                    waited.set_result((heard_s, packet["body"]))
                case "3" if self.answered is not None:
                    self.answered(json.loads(packet["body"])[0])
                case _:
                    pass
        return True

    def abort(self) -> None:
        """The network is gone: nobody says goodbye."""
        if (transport := self._transport()) is not None:
            transport.abort()

    def stop_reading(self) -> None:
        """Nothing is taken from the socket any more: what the server sends fills the buffers of the network."""
        if (transport := self._transport()) is not None:
            transport.pause_reading()

    def lose(self) -> None:
        """The network is gone and tells the other side nothing: there, the socket stays as it was."""
        self.stop_reading()
        self._end()

    def read_on(self) -> None:
        """What has come meanwhile is taken."""
        if (transport := self._transport()) is not None:
            transport.resume_reading()

    def _transport(self) -> Any:
        connection = self.socket._conn
        return None if connection is None else connection.transport


class TurnedAwayError(Exception):
    """The server does not want this page."""


class Lines:
    """Many pages of one client."""

    def __init__(self, url: str, client: aiohttp.ClientSession, tasks: asyncio.TaskGroup) -> None:
        self._url = url
        self._client = client
        self._tasks = tasks
        self._listening: list[asyncio.Task[None]] = []
        self._packets = [0]

    @property
    def packets(self) -> int:
        """How many all pages have taken and said, but for acknowledgements and pongs."""
        return self._packets[0]

    async def open(
        self,
        namespace: str,
        auth: Any,
        cookies: Mapping[str, str] | None = None,
        *,
        heard: Callable[[str, Any], None] | None = None,
        url: str | None = None,
    ) -> Line:
        """One more page, connected (to `url`, if not to the usual). As a browser does, it offers permessage-deflate.

        Raises:
            TurnedAwayError: the server refuses the page; its argument is what it said.

        """
        url = url or self._url
        headers = {"Origin": url}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        socket = await self._client.ws_connect(
            f"{url}/socket.io/?EIO=4&transport=websocket", headers=headers, compress=15
        )
        try:
            assert (await socket.receive_str()).startswith("0"), "no Engine.IO"
            await socket.send_str(f"40{namespace},{json.dumps(auth)}")
            said = await socket.receive_str()
        except aiohttp.WSMessageTypeError as closed:
            raise ConnectionResetError from closed
        if not said.startswith(f"40{namespace},"):
            await socket.close()
            raise TurnedAwayError(said)
        line = Line(socket, namespace, heard, packets=self._packets)
        self._listening.append(self._tasks.create_task(line.listen()))
        return line

    def hang_up(self) -> None:
        """Nobody listens any more."""
        for task in self._listening:
            task.cancel()


@asynccontextmanager
async def lines(url: str, address: str | None = None) -> AsyncIterator[Lines]:
    """Pages of the server at `url`, from that address of this machine; all are closed when the block ends."""
    local = None if address is None else (address, 0)
    connector = aiohttp.TCPConnector(limit=0, local_addr=local)
    async with (
        aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as client,
        asyncio.TaskGroup() as tasks,
    ):
        pages = Lines(url, client, tasks)
        try:
            yield pages
        finally:
            pages.hang_up()
