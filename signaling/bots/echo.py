"""The other side of the line check: sends a browser's own picture and sound back to it, for ten seconds.

Nothing is decoded: each RTP packet goes back as it came, under the echo's own source (RFC 3550 §5.1). A process of its
own, beside the server or on a host of its own; the servers ask it over HTTP, browsers ask the servers.
"""

import asyncio
import hmac
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from weakref import WeakValueDictionary

from aiohttp import web
from aioice import Connection
from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc.exceptions import OperationError
from aiortc.rtcconfiguration import RTCBundlePolicy
from aiortc.rtcrtptransceiver import RTCRtpTransceiver
from aiortc.rtp import RtpPacket
from pydantic import ValidationError

from signaling.bots.addresses import is_public, without_private
from signaling.bots.leg import listen_without_decoding
from signaling.bots.places import Places
from signaling.protocol.http import PERMIT_S, EchoAnswer, EchoCall, EchoWait
from signaling.settings import Settings, StartupError

ECHO_S: Final = 10
"""How long one's own picture comes back."""
CONNECT_S: Final = 12
"""An echo that nobody has connected to by then gives its place up; pages do after ten seconds."""
RETRY_S: Final = 2
MAX_BODY_BYTES: Final = 32 * 1024
_REQUESTS: Final = "request_received"
"""What aioice calls with every STUN request, before it answers."""
CODECS: Final = {"audio/opus", "video/VP8", "video/H264"}
"""Without retransmission under a source of its own, which would have to be taken apart and put together again."""
_NO_OFFER: Final = (ValueError, KeyError, IndexError, AttributeError, AssertionError, OperationError)
"""How aiortc says of a description that it is none, or has nothing in common with ours."""


class BadOfferError(Exception):
    """What came is no offer that an echo can answer."""


class AnsweredError(Exception):
    """This check has had its answer."""


@dataclass(slots=True)
class _Running:
    """Somebody's echo."""

    call: EchoCall
    connection: RTCPeerConnection
    watching: asyncio.Task[None]
    answer: EchoAnswer | None = None


class Echoes:
    """Everybody who is being echoed by this process."""

    def __init__(self, places: int, *, private: bool, stun_urls: tuple[str, ...] = ()) -> None:
        """`private`: addresses of one's own network are answered too.

        Raises:
            StartupError: they are not to be, and aioice has no longer the place where that is seen to.

        """
        if not private and not hasattr(Connection, _REQUESTS):
            raise StartupError("Esta versão de aioice não serve: o eco não saberia recusar a rede interna.")
        self._places: Final = Places(places)
        self._private: Final = private
        self._servers: Final = [RTCIceServer(list(stun_urls))] if stun_urls else []
        self._running: Final[dict[str, _Running]] = {}
        self._answered: Final[dict[str, float]] = {}
        """The checks that have had their answer, and until when somebody may come back with one."""
        self._asking: Final[WeakValueDictionary[str, asyncio.Lock]] = WeakValueDictionary()

    async def ask(self, call: EchoCall) -> EchoAnswer | EchoWait:
        """An answer to this offer, or how many wait first. A second check of the same person replaces the first.

        The same offer again has the same answer as long as its echo goes on: one may be lost on its way.

        Raises:
            BadOfferError: it is none.
            AnsweredError: this check has had its answer.

        """
        # One offer of a person at a time, or the second would end what the first is still building.
        async with self._asking.setdefault(call.who, asyncio.Lock()):
            now_s = asyncio.get_running_loop().time()
            for old in [check for check, until_s in self._answered.items() if until_s <= now_s]:
                del self._answered[old]
            if call.check in self._answered:
                before = self._running.get(call.who)
                if before is None or before.call != call or before.answer is None:
                    raise AnsweredError
                return before.answer
            ahead = self._places.come(call.who, call.network, now_s)
            if ahead is not None:
                return EchoWait(ahead=ahead, retry_s=RETRY_S)
            self._answered[call.check] = now_s + PERMIT_S
            await self._stop(call.who)
            connection = self._connection()
            watching = asyncio.create_task(self._until_over(call.who, connection))
            running = self._running[call.who] = _Running(call, connection, watching)
            try:
                running.answer = EchoAnswer(sdp=await self._answer(connection, call.sdp), seconds=ECHO_S)
            except _NO_OFFER:
                await self._end(call.who)
                raise BadOfferError from None
            return running.answer

    async def close(self) -> None:
        """Everybody is gone."""
        for who in list(self._running):
            await self._end(who)

    def _connection(self) -> RTCPeerConnection:
        connection = RTCPeerConnection(
            RTCConfiguration(iceServers=self._servers, bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        for kind in ("audio", "video"):
            transceiver = connection.addTransceiver(kind, "sendrecv")
            known = RTCRtpReceiver.getCapabilities(kind)
            assert known is not None  # noqa: S101  # both kinds are
            transceiver.setCodecPreferences([codec for codec in known.codecs if codec.mimeType in CODECS])
            _relay(transceiver)
        if not self._private:
            _refuse_private(connection)
        return connection

    async def _answer(self, connection: RTCPeerConnection, offer: str) -> str:
        reachable = offer if self._private else without_private(offer)
        await connection.setRemoteDescription(RTCSessionDescription(reachable, "offer"))
        await connection.setLocalDescription(await connection.createAnswer())
        return connection.localDescription.sdp

    async def _until_over(self, who: str, connection: RTCPeerConnection) -> None:
        """Ten seconds from the connection, or no connection in time, or the other side has gone."""
        connected, over = asyncio.Event(), asyncio.Event()

        def changed() -> None:
            if connection.connectionState == "connected":
                connected.set()
            elif connection.connectionState in {"failed", "closed"}:
                connected.set()
                over.set()

        connection.on("connectionstatechange", changed)
        with suppress(TimeoutError):
            async with asyncio.timeout(CONNECT_S):
                await connected.wait()
            async with asyncio.timeout(ECHO_S):
                await over.wait()
        del self._running[who]
        self._places.go(who)
        await connection.close()

    async def _end(self, who: str) -> None:
        await self._stop(who)
        self._places.go(who)

    async def _stop(self, who: str) -> None:
        if who in self._running:
            running = self._running.pop(who)
            running.watching.cancel()
            with suppress(asyncio.CancelledError):
                await running.watching
            await running.connection.close()


def _relay(transceiver: RTCRtpTransceiver) -> None:
    """What comes in on this line goes out on it.

    aiortc's own handling stays behind it: it reports loss to the browser and estimates the line. Its methods are
    wrapped on the one object, since the library has no place between receiving and decoding.
    """
    receiver, sender = transceiver.receiver, transceiver.sender
    handle: Callable[..., Awaitable[None]] = receiver._handle_rtp_packet  # noqa: SLF001  # see above
    source: int | None = None
    asking: set[asyncio.Task[None]] = set()

    async def relay(packet: RtpPacket, arrival_time_ms: int) -> None:
        nonlocal source
        source = packet.ssrc
        back = RtpPacket(packet.payload_type, packet.marker, packet.sequence_number, packet.timestamp, sender._ssrc)  # noqa: SLF001  # as above
        back.payload = packet.payload
        back.extensions.mid = transceiver.mid
        transport = sender.transport
        with suppress(ConnectionError):
            await transport._send_rtp(back.serialize(transport._rtp_header_extensions_map))  # noqa: SLF001  # as above
        await handle(packet, arrival_time_ms=arrival_time_ms)

    def ask_for_a_whole_picture() -> None:
        if source is not None:
            task = asyncio.create_task(receiver._send_rtcp_pli(source))  # noqa: SLF001  # as above
            asking.add(task)
            task.add_done_callback(asking.discard)

    receiver._handle_rtp_packet = relay  # type: ignore[method-assign]  # noqa: SLF001  # as above
    sender._send_keyframe = ask_for_a_whole_picture  # type: ignore[method-assign]  # noqa: SLF001  # as above


def _refuse_private(connection: RTCPeerConnection) -> None:
    """Nor is a request heard that comes from such an address: aioice would send to wherever one seems to come from."""
    ice: Any = connection.getTransceivers()[0].receiver.transport.transport._connection  # noqa: SLF001  # no setting
    heard = getattr(ice, _REQUESTS)

    def hear_public(message: object, source: tuple[str, int], protocol: object) -> None:
        if is_public(source[0]):
            heard(message, source, protocol)

    setattr(ice, _REQUESTS, hear_public)


# ------------------------------------------------------------------------------------------------- asked over HTTP


def application(echoes: Echoes, secret: str) -> web.Application:
    """`POST /` with an `EchoCall`, for servers that know the secret; `GET /healthz` for whoever watches."""
    listen_without_decoding()

    async def ask(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {secret}"):
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        try:
            answer = await echoes.ask(EchoCall.model_validate_json(await request.read()))
        except (ValidationError, BadOfferError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        except AnsweredError:
            return web.Response(status=HTTPStatus.CONFLICT)
        return web.Response(text=answer.model_dump_json(), content_type="application/json")

    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def close(_app: web.Application) -> None:
        await echoes.close()

    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.add_routes([web.post("/", ask), web.get("/healthz", alive)])
    app.on_cleanup.append(close)
    return app


async def serve(settings: Settings, ending: asyncio.Event, host: str, port: int, opened: int | None) -> None:
    """Be the echo until `ending` is set: on this open socket where there is one, else on this address.

    Raises:
        StartupError: the address is taken or not ours, or there is no secret to know servers by.

    """
    if settings.echo_secret is None:
        raise StartupError("Diga em BALCAO_ECHO_SECRET o segredo comum com os servidores.")
    echoes = Echoes(settings.echo_places, private=settings.echo_private, stun_urls=settings.stun_urls)
    app = application(echoes, settings.echo_secret.get_secret_value())
    runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        here = None if opened is None else socket.socket(fileno=opened)
        await (web.TCPSite(runner, host, port) if here is None else web.SockSite(runner, here)).start()
        await ending.wait()
    except OSError:
        raise StartupError(f"Não é possível atender em {host}, porta {port}. Escolha outra com --port.") from None
    finally:
        await runner.cleanup()
