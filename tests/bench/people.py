"""Simulated people and echoes at work, measured from outside: `python -m tests.bench.people WHAT HOW_MANY SECONDS`.

`light` and `heavy` are callers in pairs: with the clip, or each encoding and decoding a picture of the same size.
`browsers` are people who ask an echo at ECHO_URL; they send what a browser sends, in packets.
Prints what it used, as JSON.
"""

import asyncio
import json
import os
import resource
import sys
import time
from fractions import Fraction

import aiohttp
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack

from signaling.bots import clip
from signaling.bots.clip import FRAMES_PER_S, LOOP_S, Clip, ClipTrack, picture, tone
from signaling.bots.leg import listen_without_decoding

BROWSER_SOUND = Clip("audio", clip.AUDIO_CLOCK, 960, [bytes(80)])
"""Fifty packets a second."""
BROWSER_PICTURE = Clip("video", clip.VIDEO_CLOCK, 3_000, [bytes(2_000)])
"""Thirty pictures a second of two packets each: 480 kbit/s."""


class Drawn(MediaStreamTrack):
    """The clip's picture before it is encoded, over and over."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self._frames = [clip._drawn(number, *clip.COLOURS[0]) for number in range(FRAMES_PER_S * LOOP_S)]
        self._number = 0
        self._began = None

    async def recv(self):
        now = asyncio.get_running_loop().time()
        self._began = now if self._began is None else self._began
        await asyncio.sleep(max(0, self._began + self._number / FRAMES_PER_S - now))
        frame = self._frames[self._number % len(self._frames)]
        frame.pts, frame.time_base = self._number, Fraction(1, FRAMES_PER_S)
        self._number += 1
        return frame


def caller(tracks) -> RTCPeerConnection:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    for track in tracks:
        connection.addTrack(track)
    return connection


async def pair(*, light: bool) -> list[RTCPeerConnection]:
    """Two people who send and receive."""
    people = [caller([ClipTrack(tone()), ClipTrack(picture(0)) if light else Drawn()]) for _ in range(2)]
    first, second = people
    await first.setLocalDescription(await first.createOffer())
    await second.setRemoteDescription(first.localDescription)
    await second.setLocalDescription(await second.createAnswer())
    await first.setRemoteDescription(second.localDescription)
    return people


async def browser(number: int) -> list[RTCPeerConnection]:
    """One person who sees themself in the echo."""
    connection = caller([ClipTrack(BROWSER_SOUND), ClipTrack(BROWSER_PICTURE)])
    await connection.setLocalDescription(await connection.createOffer())
    who = f"browser-{number}"
    call = {"who": who, "check": who, "network": "", "sdp": connection.localDescription.sdp}
    headers = {"Authorization": f"Bearer {os.environ['BALCAO_ECHO_SECRET']}"}
    async with aiohttp.ClientSession() as http, http.post(os.environ["ECHO_URL"], json=call, headers=headers) as said:
        answer = await said.json()
    await connection.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
    return [connection]


async def received(people) -> int:
    reports = [await person.getStats() for person in people]
    return sum(each.packetsReceived for report in reports for each in report.values() if each.type == "inbound-rtp")


def used() -> float:
    now = resource.getrusage(resource.RUSAGE_SELF)
    return now.ru_utime + now.ru_stime


async def main(what: str, how_many: int, seconds: float) -> None:
    if what != "heavy":
        listen_without_decoding()
    clip.prepare()
    people = []
    for number in range(how_many if what == "browsers" else how_many // 2):
        people += await (browser(number) if what == "browsers" else pair(light=what == "light"))
    while any(person.connectionState != "connected" for person in people):  # noqa: ASYNC110  # aiortc has no event for it
        await asyncio.sleep(0.05)
    print("connected", flush=True)
    before, cpu, began = await received(people), used(), time.monotonic()
    await asyncio.sleep(seconds)
    told = {"cpu_s": used() - cpu, "wall_s": time.monotonic() - began, "received": await received(people) - before}
    print(json.dumps(told), flush=True)
    await asyncio.gather(*(person.close() for person in people))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
