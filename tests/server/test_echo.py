"""The line check's echo, as a process beside a real server: one's own packets come back, and people wait their turn."""

import asyncio
import os
import signal
from pathlib import Path

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from signaling.bots.clip import ClipTrack, picture, tone
from signaling.bots.leg import listen_without_decoding
from signaling.protocol.http import ECHO_TURN, CheckCard, EchoAnswer, EchoAsk, EchoWait
from tests.server.harness import Visitor


class Checking(Visitor):
    """A browser that checks its line: aiortc stands for Chromium."""

    async def begin(self) -> CheckCard:
        assert (await self.request("POST", "session"))[0] == 200
        status, card = await self.request("POST", "check")
        assert status == 200, card
        return CheckCard.model_validate(card, strict=False)

    async def offer(self):
        listen_without_decoding()
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.connection.addTrack(ClipTrack(tone()))
        self.connection.addTrack(ClipTrack(picture(0)))
        await self.connection.setLocalDescription(await self.connection.createOffer())
        self.sdp = self.connection.localDescription.sdp

    async def turn(self) -> EchoAnswer | EchoWait:
        status, body = await self.request("POST", "check/echo", EchoAsk(sdp=self.sdp).model_dump())
        assert status in {200, 202, 503}, body
        if status == 503:  # the child is only starting
            await asyncio.sleep(0.05)
            return await self.turn()
        return ECHO_TURN.validate_python(body, strict=False)

    async def connect_to(self, answer: EchoAnswer) -> None:
        await self.connection.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))

    async def received(self) -> dict[str, int]:
        report = await self.connection.getStats()
        return {each.kind: each.packetsReceived for each in report.values() if each.type == "inbound-rtp"}

    async def leaves(self) -> None:
        await self.connection.close()
        await self.close()


async def test_ones_own_picture_and_sound_come_back(place):
    async with place.server(echo_private=True, echo_places=8) as server:
        browser = Checking(server)
        card = await browser.begin()
        assert card.echo
        await browser.offer()
        answer = await browser.turn()
        assert isinstance(answer, EchoAnswer)
        await browser.connect_to(answer)
        gone = asyncio.Event()
        browser.connection.on(
            "connectionstatechange", lambda: browser.connection.connectionState == "closed" and gone.set()
        )
        while set(await browser.received()) != {"audio", "video"}:
            await asyncio.wait([asyncio.create_task(gone.wait())], timeout=0.05)
            assert not gone.is_set(), "the echo ended before anything came back"
        await browser.leaves()


async def test_who_comes_when_all_places_are_taken_waits_and_is_told(place):
    async with place.server(echo_private=True, echo_places=1) as server:
        people = [Checking(server) for _ in range(3)]
        for person in people:
            await person.begin()
            await person.offer()
        ana, bia, caio = people
        first = await ana.turn()
        assert isinstance(first, EchoAnswer)
        assert await bia.turn() == EchoWait(ahead=0, retry_s=2)
        assert await caio.turn() == EchoWait(ahead=1, retry_s=2)
        await ana.connect_to(first)
        while ana.connection.connectionState != "connected":
            await asyncio.wait([asyncio.create_task(asyncio.sleep(0.02))])
        await ana.leaves()
        while isinstance(turn := await bia.turn(), EchoWait):
            assert turn.ahead == 0
            await asyncio.wait([asyncio.create_task(asyncio.sleep(0.1))])
        assert isinstance(await caio.turn(), EchoWait)
        for person in (bia, caio):
            await person.leaves()


async def test_an_echo_that_dies_is_started_again(place):
    async with place.server(echo_private=True, echo_places=8) as server:
        browser = Checking(server)
        await browser.begin()
        await browser.offer()
        assert isinstance(await browser.turn(), EchoAnswer)
        [pid] = echoes()
        os.kill(pid, signal.SIGKILL)
        await browser.leaves()
        await browser.offer()
        assert isinstance(await browser.turn(), EchoAnswer)
        assert echoes() != [pid]
        await browser.leaves()
    assert echoes() == [], "it ends with the server"


async def test_checks_are_limited_and_a_site_may_have_no_echo(place):
    async with place.server(echo_places=0, checks_per_browser=2) as server:
        browser = Checking(server)
        assert (await browser.request("POST", "check"))[1]["code"] == "no_session"
        assert not (await browser.begin()).echo
        assert (await browser.request("POST", "check"))[0] == 200
        status, refused = await browser.request("POST", "check")
        assert (status, refused["code"]) == (429, "too_many_attempts")
        assert (await browser.request("POST", "check/echo", {"sdp": "v=0"}))[1]["code"] == "not_found"


def echoes():
    """The echoes that this test's process started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if b"echo" in words and parent == str(os.getpid()):
            found.append(int(folder.name))
    return found
