"""The use of python-socketio: untyped packets come in here and leave typed, and nothing else does."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import socketio
from aiohttp import web
from engineio.packet import MESSAGE, Packet
from pydantic import ValidationError
from socketio.exceptions import ConnectionRefusedError as HandshakeRefusedError

from rooms.errors import Code, RoomsError
from rooms.services.house import House
from signaling.auth.capability import Cookie, key_of
from signaling.auth.floods import BURST_S, Floods, Refusals
from signaling.auth.gate import Gate
from signaling.logs import get_log
from signaling.protocol.answers import bad_message, refused
from signaling.protocol.base import MAX_MESSAGE_BYTES, EventName, Namespace
from signaling.protocol.commands import Accepted, Hello, Refused, WireCode
from signaling.settings import Settings
from signaling.sockets.books import Books
from signaling.sockets.packets import StrictPacket, StrictServer
from signaling.sockets.page import ConnectedPage
from signaling.sockets.seat import Handshake, RefusedError, Role, Seat
from signaling.sockets.text import Json, Text
from signaling.sockets.transport import Transport
from signaling.turns import LONG, Shares, Turns

PATH: Final = "/socket.io/"
RETRY_S: Final = 1
CLOSING_S: Final = 1.0
"""A page that has not closed its side by then is cut: aiohttp would wait ten seconds for each."""
SEATED_S: Final = 10.0
"""Who has come in no further by then is no page of ours, which says who it is at once."""
REFUSED_S: Final = 1.0
"""So long a page has to read why it was refused, or that it has to go; it goes by itself then."""
COMING_S: Final = 2.0
"""Who is just coming in when the server is told to end gets so long for it, and moves with the others."""
MOVES_WITHIN: Final = 0.8
"""Of the time that a server goes on: whoever moves at the last moment is still asked for nothing when it ends."""
_TRANSPORT_BYTES: Final = 2 * MAX_MESSAGE_BYTES
"""Up to here a message that is too long gets an answer; beyond, its connection is closed."""
_PACKET_BYTES: Final = 500
"""What one costs beside its text."""
_PACKETS: Final = 5
"""To each message that a page may say: acknowledgements, answers to pings, and what is none of ours."""
_OF_A_NETWORK: Final = 5
"""To each message that a page may say, refusals of all pages of its network: a forum is one address."""
_ANYBODY: Final = frozenset({Namespace.VISITOR, Namespace.GUEST})
"""Who need not have signed in. A court's own people are behind one address, and known."""
_NOT_THEIRS: Final = frozenset({Code.STORE_AWAY, Code.STORE_FULL})
"""Refusals of ours, which nobody is kept back for."""
_SEATS: Final = web.RequestKey("seats", int)
"""How many of a connection's sockets have been admitted, kept with its request."""
_log = get_log()


class Door:
    """Every socket of this node. Mount `handle` at `PATH`; call `close()` before the web server stops."""

    def __init__(self, roles: Sequence[Role], gate: Gate, house: House, settings: Settings) -> None:
        self._server: Any = StrictServer(
            async_mode="aiohttp",
            client_manager=Books(),
            serializer=StrictPacket,
            json=Json,
            transports=["websocket"],
            max_http_buffer_size=_TRANSPORT_BYTES,
            # Events of a page are handled one after the other: a candidate must not overtake its offer.
            async_handlers=False,
            # A refused handshake is told why; with True it would be connected first and disconnected without a word.
            always_connect=False,
            # Named, because an empty list would let the default namespace in.
            namespaces=[role.namespace.value for role in roles],
            # Whose page it is, is checked by our own rule, before a request comes here.
            cors_allowed_origins=[],
        )
        carry = partial(Transport, per_s=_PACKETS * settings.flood_messages)
        self._server.eio._async = {**self._server.eio._async, "websocket": carry}  # noqa: SLF001
        self._open: Final[dict[asyncio.Task[Any], web.Request]] = {}
        self._ends_s: float | None = None
        messages = settings.flood_messages
        limits = _Limits(
            Floods(messages, settings.flood_bytes),
            of_a_browser=Refusals(messages),
            of_a_network=Refusals(_OF_A_NETWORK * messages, BURST_S),
            shares=Shares(),
            turns=Turns(),
        )
        self._namespaces: Final = [
            _Namespace(role, gate, house, limits, settings.public_url, self._left_ms) for role in roles
        ]
        for namespace in self._namespaces:
            self._server.register_namespace(namespace)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The upgrade to a WebSocket, of a page of ours."""
        handling = asyncio.current_task()
        assert handling is not None  # noqa: S101  # aiohttp runs every handler in a task
        self._open[handling] = request
        outside = asyncio.get_running_loop().call_later(SEATED_S, _abort_if_outside, request)
        try:
            response: web.StreamResponse = await self._server.handle_request(request)
        finally:
            outside.cancel()
            del self._open[handling]
        return response

    @property
    def ending(self) -> bool:
        """Whether pages are asked to go to another server."""
        return self._ends_s is not None

    async def drain(self, within_s: float) -> None:
        """Every page is asked to connect anew at a random moment; return when all have, or that time is over.

        The moments end before the time does, so that nobody is cut who was about to go. Who comes meanwhile is served,
        and asked the same: a proxy takes a moment to look elsewhere, and where this is the only server, it is better
        than none.
        """
        self._ends_s = time.monotonic() + within_s
        for namespace in self._namespaces:
            namespace.move()
        for request in self._open.values():
            asyncio.get_running_loop().call_later(COMING_S, _abort_if_outside, request)
        while self._open and (left_s := self._ends_s - time.monotonic()) > 0:
            await asyncio.wait(tuple(self._open), timeout=left_s)

    def _left_ms(self) -> int | None:
        """Within what time who is here is to move; None: they need not."""
        return None if self._ends_s is None else max(0, int(1000 * MOVES_WITHIN * (self._ends_s - time.monotonic())))

    async def close(self) -> None:
        """Close every transport; pages come back by themselves, to this node or another.

        Not by `eio.disconnect()`: it waits until each page has taken all that was sent, and a dead one never does.
        """
        for transport in list(self._server.eio.sockets.values()):
            await transport.close(wait=False, abort=True)
            await transport.queue.put(None)  # ends the writer, which then closes the WebSocket
        if self._open:
            await asyncio.wait(tuple(self._open), timeout=CLOSING_S)
        for request in self._open.values():
            _abort(request)
        await self._server.shutdown()


class _Line:
    """One socket of one namespace."""

    __slots__ = ("_namespace", "_request", "_server", "_sid", "_transport")

    def __init__(self, server: Any, namespace: str, sid: str, request: web.Request) -> None:
        self._server = server
        self._request = request
        self._namespace = namespace
        self._sid = sid
        self._transport: str = server.manager.eio_sid_from_sid(sid, namespace)

    def emit(self, event: EventName, body: str, taken: Callable[[], None] | None) -> None:
        """Send an event with this JSON; `taken` is called when the page acknowledges it.

        The packet of Socket.IO's EVENT is written here: the server's own `emit` looks for the people of a room, walks
        through what they are told in search of bytes, and makes a task for each. That was half of what a view cost.
        """
        manager = self._server.manager
        engine = self._server.eio.sockets.get(self._transport)
        if engine is None or engine.closed or not manager.is_connected(self._sid, self._namespace):
            return
        number = "" if taken is None else manager._generate_ack_id(self._sid, lambda *_words: taken())  # noqa: SLF001
        engine.queue.put_nowait(Packet(MESSAGE, f'2{self._namespace},{number}["{event.value}",{body}]'))

    @property
    def is_open(self) -> bool:
        """Whether engine.io has not closed it."""
        engine = self._server.eio.sockets.get(self._transport)
        return engine is not None and not engine.closing and not engine.closed

    def cut(self) -> None:
        """Close the transport: socket.io-client comes back by itself.

        The connection itself, because engine.io's own `disconnect` waits for a page that does not read.
        """
        _abort(self._request)

    async def end(self) -> None:
        """Disconnect the namespace: socket.io-client stays away."""
        await self._server.disconnect(self._sid, namespace=self._namespace)

    def unsent(self) -> int:
        """How much waits in engine.io's unbounded queue, and behind it for the network."""
        network, engine = self._request.transport, self._server.eio.sockets.get(self._transport)
        waits = 0 if network is None else network.get_write_buffer_size()
        if engine is None or engine.queue.empty():
            return waits
        queued = (packet for packet in engine.queue._queue if packet is not None)  # noqa: SLF001
        return waits + sum(_PACKET_BYTES + len(packet.data or "") for packet in queued)


_TOO_MANY: Final = Text(Refused(code=WireCode.TOO_MANY_MESSAGES, details={"retry_s": RETRY_S}).model_dump_json())
_TOO_LARGE: Final = Text(Refused(code=WireCode.TOO_LARGE, details={"limit": MAX_MESSAGE_BYTES}).model_dump_json())


@dataclass(frozen=True, slots=True)
class _Limits:
    """What holds everybody back who says too much, whatever they are."""

    floods: Floods
    of_a_browser: Refusals
    of_a_network: Refusals
    shares: Shares
    turns: Turns


class _Namespace(socketio.AsyncNamespace):  # type: ignore[misc]  # python-socketio ships no types
    """One role's sockets.

    `trigger_event` is overridden whole: the library's own looks handlers up by name, lets a wrong number of arguments
    raise, runs `on_disconnect` twice when it raises TypeError, and swallows cancellation. It also hands on an event
    that a page has *named* `connect` or `disconnect` as if it were one; the two are told apart here.
    """

    def __init__(
        self,
        role: Role,
        gate: Gate,
        house: House,
        limits: _Limits,
        public_url: str | None,
        left_ms: Callable[[], int | None],
    ) -> None:
        """`left_ms` answers within what time pages are to move, while this server ends."""
        super().__init__(role.namespace.value)
        self._role = role
        self._gate = gate
        self._house = house
        self._limits = limits
        self._public_url = public_url
        self._left_ms = left_ms
        self._seats: dict[str, tuple[Seat, ConnectedPage, web.Request, str]] = {}
        """With the network that it is counted by; empty: by none."""

    async def trigger_event(self, event: str, *args: Any) -> Any:
        """Everything that a socket may say."""
        match event, args:
            case "connect", (sid, {"aiohttp.request": web.Request() as request}, auth):
                return await self._connect(sid, request, auth)
            case "disconnect", (sid, *_) if not self.server.manager.is_connected(sid, self.namespace):
                return self._disconnect(sid)
            case EventName.COMMAND, (sid, payload):
                return await self._command(sid, payload)
            case _:
                return Refused(code=WireCode.BAD_MESSAGE, details={"field": "event"}).model_dump(mode="json")

    async def _connect(self, sid: str, request: web.Request, auth: object) -> None:
        try:
            handshake = self._handshake(request, auth)
            seat, page = await self._admitted(_Line(self.server, self.namespace, sid, request), handshake)
        except RefusedError as error:
            raise self._told(request, error.refused) from None
        except ValidationError as error:
            raise self._told(request, bad_message(error)) from None
        except RoomsError as error:
            raise self._told(request, refused(error)) from None
        is_anybody = self._role.namespace in _ANYBODY
        self._seats[sid] = (seat, page, request, handshake.network if is_anybody else "")
        request[_SEATS] = request.get(_SEATS, 0) + 1
        self._limits.floods.come(seat.capability, time.monotonic())
        # Last, and without waiting: python-socketio sends CONNECT as soon as this returns, and views only after it.
        seat.come()
        if (left_ms := self._left_ms()) is not None:
            page.move(left_ms)

    async def _admitted(self, line: _Line, handshake: Handshake) -> tuple[Seat, ConnectedPage]:
        page = ConnectedPage(line)
        seat = await self._role.admit(handshake, page)
        if not line.is_open:
            # python-socketio tells nobody of the end of a line that was still being admitted
            raise RefusedError(WireCode.STARTING)
        return seat, page

    @staticmethod
    def _told(request: web.Request, answer: Refused) -> HandshakeRefusedError:
        """The refusal as socket.io-client's `connect_error` carries it, in `data`; then the line is cut."""
        asyncio.get_running_loop().call_later(REFUSED_S, _abort_if_outside, request)
        return HandshakeRefusedError(answer.code.value, answer.model_dump(mode="json"))

    def move(self) -> None:
        """Everybody here is asked to connect anew."""
        left_ms = self._left_ms()
        for _, page, _, _ in self._seats.values():
            page.move(left_ms or 0)

    def _handshake(self, request: web.Request, auth: object) -> Handshake:
        capability = key_of(request.cookies.get(Cookie[self._role.namespace.name]))  # one cookie a role
        said = _written(auth)
        if capability is not None and not self._limits.floods.knocks(capability, len(said), time.monotonic()):
            raise RefusedError(WireCode.TOO_MANY_MESSAGES, retry_s=RETRY_S)
        court = self._house.court_of(request.host)
        if court is None:
            raise RefusedError(WireCode.STARTING)
        hello = Hello.model_validate_json(said)
        network = self._gate.network(request.remote, request.headers)
        site = self._public_url or f"{request.scheme}://{request.host}"
        return Handshake(court.id, request.cookies, network, hello, site)

    def _disconnect(self, sid: str) -> None:
        found = self._seats.pop(sid, None)
        if found is None:
            return
        seat, page, request, _ = found
        seat.go()
        page.close()
        self._limits.floods.go(seat.capability, time.monotonic())
        request[_SEATS] -= 1
        asyncio.get_running_loop().call_later(REFUSED_S, _abort_if_outside, request)

    async def _command(self, sid: str, payload: object) -> Text:
        seat, page, _, network = self._seats[sid]
        message = payload.json if isinstance(payload, Text) else _written(payload)
        if page.cut_if_behind():
            return _TOO_MANY
        size = len(message) if message.isascii() else len(message.encode())
        if not self._limits.floods.allows(seat.capability, size, time.monotonic()):
            return await self._too_many(seat)
        if size > MAX_MESSAGE_BYTES:
            return _TOO_LARGE
        if not await self._limits.shares.enter(network):
            return await self._too_many(seat)
        try:
            async with self._limits.turns if size >= LONG else nullcontext():
                answer = await self._answer(seat, message)
        finally:
            self._limits.shares.leave(network)
        if network and isinstance(answer, Refused) and answer.code not in _NOT_THEIRS:
            late_s = self._limits.of_a_network.wait_s(network, time.monotonic())
            if late_s > 0:
                await asyncio.sleep(late_s)
        return Text(answer.model_dump_json())

    async def _too_many(self, seat: Seat) -> Text:
        """The refusal, when it may be answered; the page is not heard further before it is."""
        await asyncio.sleep(self._limits.of_a_browser.wait_s(seat.capability, time.monotonic()))
        return _TOO_MANY

    async def _answer(self, seat: Seat, message: str) -> Accepted | Refused:
        try:
            return Accepted(result=await seat.answer(message))
        except ValidationError as error:
            return bad_message(error)
        except RefusedError as error:
            return error.refused
        except RoomsError as error:
            return refused(error)


def _abort_if_outside(request: web.Request) -> None:
    """Nobody has a seat on this connection: it is nobody's."""
    if not request.get(_SEATS, 0):
        _abort(request)


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _written(payload: object) -> str:
    """A decoded payload as the JSON it was, in ASCII: the models are strict, and only JSON's own types are in it.

    What is nested deeper than it can be written becomes null, which is not of the wire.
    """
    try:
        return json.dumps(payload)
    except RecursionError:
        return "null"
