"""One RTCPeerConnection of a simulated person. With `clip` and `echo`, the only place that knows aiortc."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import aiortc.rtcrtpreceiver
from aiortc import RTCConfiguration, RTCDataChannel, RTCIceServer, RTCPeerConnection, RTCSessionDescription
from aiortc.codecs.base import Decoder
from aiortc.jitterbuffer import JitterFrame
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCIceTransportPolicy
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.sdp import candidate_from_sdp
from av.frame import Frame

from signaling.bots.clip import ClipTrack
from signaling.bots.negotiation import Accept, Add, Answer, Negotiation, Offer, Rebuild, Say, Step
from signaling.protocol.signals import Candidate, Description, Ice, MediaState, Party, Rejoin

BEAT_S: Final = 0.5
_BEAT: Final = json.dumps({"type": "beat"})
_BYE: Final = json.dumps({"type": "bye"})


def listen_without_decoding() -> None:
    """From now on this process counts what it receives and decodes none of it: nobody looks.

    aiortc has no setting for it. Everything before the decoder stays: reports to the sender, requests for what is
    missing, the estimate of the line; so that a real browser on the other side finds an ordinary partner.
    """
    aiortc.rtcrtpreceiver.get_decoder = _not_decoding  # type: ignore[attr-defined]


class _Undecoded(Decoder):
    def decode(self, encoded_frame: JitterFrame) -> list[Frame]:  # noqa: ARG002  # aiortc's signature
        return []


def _not_decoding(codec: RTCRtpCodecParameters) -> Decoder:  # noqa: ARG001  # the same
    return _Undecoded()


@dataclass(frozen=True, slots=True)
class Packets:
    """RTP packets of a call so far."""

    sent: int = 0
    received: int = 0
    lost: int = 0
    """Of those sent to us."""

    def __add__(self, other: "Packets") -> "Packets":
        return Packets(self.sent + other.sent, self.received + other.received, self.lost + other.lost)


class Leg:
    """Builds the connection that `Negotiation` decides about, again where it must be; beats while it stands."""

    def __init__(
        self, party: Party, ice: Ice, say: Callable[[Description | Candidate | Rejoin | MediaState], None]
    ) -> None:
        """`say` puts a word into the call's log."""
        self._party: Final = party
        self._negotiation: Final = Negotiation(party)
        self._ice = ice
        self._say = say
        self._audio: ClipTrack | None = None
        self._video: ClipTrack | None = None
        self._before = Packets()
        self._connection = self._build()
        self._beating = asyncio.create_task(self._beat())

    @property
    def state(self) -> str:
        """`connected`, `failed`, …, as WebRTC names it."""
        return self._connection.connectionState

    async def begin(self) -> None:
        """The first to speak does so."""
        await self._perform(self._negotiation.begin())

    def remember(self, body: Description | Candidate | Rejoin) -> None:
        """An earlier page of this person said this about a leg of its own."""
        self._negotiation.remember(body)

    async def rejoin(self) -> None:
        """Give the leg up and build it again."""
        await self._perform(self._negotiation.rejoin())

    async def receive(self, body: Description | Candidate | Rejoin) -> None:
        """The other side said this about the leg."""
        await self._perform(self._negotiation.receive(body))

    def send(self, audio: ClipTrack | None, video: ClipTrack | None) -> None:
        """Send these from now on; None: nothing of that kind."""
        self._audio, self._video = audio, video
        self._attach()

    async def packets(self) -> Packets:
        """What went over this leg, over all its connections."""
        return self._before + await self._count()

    def bye(self) -> None:
        """Tell the other side directly that the call is over."""
        self._word(_BYE)

    async def close(self) -> None:
        """The connection is over; may be repeated."""
        self._beating.cancel()
        await self._connection.close()

    # ---------------------------------------------------------------------------------------------------------

    def _build(self) -> RTCPeerConnection:
        self._channel: RTCDataChannel | None = None
        relay = self._ice.relay_until_go and any(
            url.startswith("turn") for server in self._ice.servers for url in server.urls
        )
        connection = RTCPeerConnection(
            RTCConfiguration(
                iceServers=[
                    RTCIceServer(list(each.urls), each.username, each.credential) for each in self._ice.servers
                ],
                bundlePolicy=RTCBundlePolicy.MAX_BUNDLE,
                # Until "Entrar" only is for a browser, which can open up without a new connection.
                iceTransportPolicy=RTCIceTransportPolicy.RELAY if relay else RTCIceTransportPolicy.ALL,
            )
        )
        if self._party is not Party.ATTENDANT:
            connection.addTransceiver("audio", "sendrecv")
            connection.addTransceiver("video", "sendrecv")
            self._channel = _channel_of(connection)
        return connection

    async def _perform(self, steps: list[Step]) -> None:
        for step in steps:
            await self._do(step)

    async def _do(self, step: Step) -> None:
        connection = self._connection
        match step:
            case Offer(number=number):
                await connection.setLocalDescription(await connection.createOffer())
                self._describe(number, "offer")
            case Answer(number=number, sdp=sdp):
                await self._take("offer", sdp)
                # Not before: aiortc throws a transport away that a channel was made for, when media is to share it.
                self._channel = self._channel or _channel_of(connection)
                for transceiver in connection.getTransceivers():
                    transceiver.direction = "sendrecv"
                await connection.setLocalDescription(await connection.createAnswer())
                self._describe(number, "answer")
                self._attach()
            case Accept(sdp=sdp):
                await self._take("answer", sdp)
                self._attach()
            case Add(candidate=candidate):
                await self._add(candidate)
            case Say(body=body):
                self._say(body)
            case Rebuild():
                self._before += await self._count()
                await connection.close()
                self._connection = self._build()

    async def _take(self, kind: str, sdp: str) -> None:
        await self._connection.setRemoteDescription(RTCSessionDescription(sdp, kind))

    def _describe(self, number: int, kind: str) -> None:
        sdp = self._connection.localDescription.sdp
        self._say(Description.model_validate({"number": number, "kind": kind, "sdp": sdp}))

    async def _add(self, said: Candidate) -> None:
        if not said.candidate:
            await self._connection.addIceCandidate(None)
            return
        candidate = candidate_from_sdp(said.candidate.removeprefix("candidate:"))
        candidate.sdpMid, candidate.sdpMLineIndex = said.mid, said.line
        await self._connection.addIceCandidate(candidate)

    def _attach(self) -> None:
        for transceiver in self._connection.getTransceivers():
            track = self._audio if transceiver.kind == "audio" else self._video
            sender = transceiver.sender
            if sender.track is not track:
                sender.replaceTrack(track)
            if track is not None:
                # Asked for a whole picture, an encoder makes one; a clip begins again.
                sender._send_keyframe = track.restart  # type: ignore[method-assign]  # noqa: SLF001

    def _word(self, text: str) -> None:
        if self._channel is not None and self._channel.readyState == "open":
            self._channel.send(text)

    async def _beat(self) -> None:
        while True:
            self._word(_BEAT)
            await asyncio.sleep(BEAT_S)

    async def _count(self) -> Packets:
        report = await self._connection.getStats()
        counted = Packets()
        for each in report.values():
            if each.type == "outbound-rtp":
                counted += Packets(sent=each.packetsSent)
            elif each.type == "inbound-rtp":
                counted += Packets(received=each.packetsReceived, lost=each.packetsLost)
        return counted


def _channel_of(connection: RTCPeerConnection) -> RTCDataChannel:
    return connection.createDataChannel("words", negotiated=True, id=0)
