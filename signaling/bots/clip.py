"""What simulated people send: a picture that moves and a tone that pulses, encoded once and played by everybody.

Nothing is encoded per person: aiortc sends an `av.Packet` as it is, so that a person costs its packets and no more.
"""

import asyncio
import itertools
import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Final, Literal

from aiortc.mediastreams import MediaStreamTrack
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

WIDTH: Final = 240
HEIGHT: Final = 180
FRAMES_PER_S: Final = 10
LOOP_S: Final = 2
VIDEO_CLOCK: Final = Fraction(1, 90_000)
AUDIO_CLOCK: Final = Fraction(1, 48_000)
SAMPLES: Final = 2_880
"""60 ms of sound a packet: a third of the packets that a browser sends, and any browser plays them."""
TONE_HZ: Final = 440
LOUD: Final = 4_000
NECK: Final = 110
"""Where the shoulders begin, from above."""
COLOURS: Final = ((96, 110), (110, 170), (160, 110))
"""(U, V) of the people's clothes, so that one is told from another."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Encoded pieces of equal length, played round and round; the first can be understood without the others."""

    kind: Literal["audio", "video"]
    clock: Fraction
    ticks: int
    """Of `clock`, a piece."""
    pieces: Sequence[bytes]


def prepare() -> None:
    """Encode all there is to send, now rather than in somebody's call; once a process."""
    tone()
    for colour in range(len(COLOURS)):
        _picture(colour)


def picture(colour: int) -> Clip:
    """Somebody at a desk who nods: VP8, 240 by 180, ten pictures a second, some 30 kbit/s."""
    return _picture(colour % len(COLOURS))


@cache
def _picture(colour: int) -> Clip:
    codec = VideoCodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, FRAMES_PER_S), Fraction(FRAMES_PER_S)
    codec.bit_rate, codec.gop_size = 60_000, FRAMES_PER_S * LOOP_S
    # By default one a core, which wait for each other twenty times as long as such a picture takes.
    codec.thread_count = 1
    codec.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "auto-alt-ref": "0"}
    pieces = [
        b"".join(bytes(packet) for packet in codec.encode(_drawn(number, *COLOURS[colour])))
        for number in range(FRAMES_PER_S * LOOP_S)
    ]
    return Clip("video", VIDEO_CLOCK, 90_000 // FRAMES_PER_S, pieces)


@cache
def tone() -> Clip:
    """Half a second of a low tone, half a second of silence: Opus in pieces of 60 ms."""
    codec = AudioCodecContext.create("libopus", "w")
    codec.sample_rate, codec.layout, codec.format = 48_000, "stereo", "s16"
    codec.bit_rate = 24_000
    codec.options = {"application": "voip", "frame_duration": "60"}
    frames = [_sounding(number) for number in range(LOOP_S * 48_000 // SAMPLES)]
    packets = [packet for frame in [*frames, None] for packet in codec.encode(frame)]
    return Clip("audio", AUDIO_CLOCK, SAMPLES, [bytes(packet) for packet in packets])


class ClipTrack(MediaStreamTrack):
    """A clip as one person sends it; `restart` plays it from its first piece, for somebody who has just come."""

    def __init__(self, clip: Clip) -> None:
        super().__init__()
        self.kind = clip.kind
        self._clip = clip
        self._pieces = self._round()
        self._began: float | None = None
        self._number = 0

    def restart(self) -> None:
        """The next piece is the first."""
        self._pieces = self._round()

    async def recv(self) -> "Packet[Any]":
        """The next piece, when it is due."""
        now = asyncio.get_running_loop().time()
        if self._began is None:
            self._began = now
        due = self._began + float(self._number * self._clip.ticks * self._clip.clock)
        if due > now:
            await asyncio.sleep(due - now)
        elif now - due > 1:  # after a stall, what is late is left out rather than sent at once
            self._began += now - due
        packet = Packet(next(self._pieces))
        packet.pts = self._number * self._clip.ticks
        packet.time_base = self._clip.clock
        self._number += 1
        return packet

    def _round(self) -> Iterator[bytes]:
        return itertools.cycle(self._clip.pieces)


def _drawn(number: int, blue: int, red: int) -> VideoFrame:
    """A light wall, shoulders in a colour, a head that nods."""
    frame = VideoFrame(WIDTH, HEIGHT, "yuv420p")
    nod = round(6 * math.sin(2 * math.pi * number / (FRAMES_PER_S * LOOP_S)))
    planes = ((1, (210, 120, 90)), (2, (124, blue, 112)), (2, (130, red, 150)))
    for plane, (scale, colours) in zip(frame.planes, planes, strict=True):
        padding = bytes(plane.line_size - plane.width)
        rows = (_row(plane.width, scale, y * scale, nod, colours) + padding for y in range(plane.height))
        plane.update(b"".join(rows))
    frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_S)
    return frame


def _row(width: int, scale: int, y: int, nod: int, colours: tuple[int, int, int]) -> bytes:
    """What is seen at this height: the wall, before it the shoulders, before both the head."""
    wall, *others = colours
    row = bytearray((wall,)) * width
    covered = (_across(y, 92, 76, 190) if y > NECK else 0, _across(y - nod, 34, 44, 72))
    for colour, half in zip(others, covered, strict=True):
        begin, end = math.floor((WIDTH / 2 - half) / scale) + 1, math.ceil((WIDTH / 2 + half) / scale)
        row[begin:end] = bytes((colour,)) * (end - begin)
    return bytes(row)


def _across(y: int, wide: int, high: int, middle: int) -> float:
    """Half of what an ellipse covers at this height."""
    return wide * math.sqrt(max(0.0, 1 - ((y - middle) / high) ** 2))


def _sounding(number: int) -> AudioFrame:
    """Both channels, 16 bit; loud in the first half of each second, with soft edges so that it does not click."""
    frame = AudioFrame("s16", "stereo", SAMPLES)
    samples = array("h")
    for at in range(number * SAMPLES, (number + 1) * SAMPLES):
        envelope = max(0.0, math.sin(2 * math.pi * at / 48_000)) ** 0.5
        level = round(LOUD * envelope * math.sin(2 * math.pi * TONE_HZ * at / 48_000))
        samples.extend((level, level))
    frame.planes[0].update(samples.tobytes())
    frame.sample_rate, frame.pts, frame.time_base = 48_000, number * SAMPLES, AUDIO_CLOCK
    return frame
