"""The line check's echo, as a process beside a real server: one's own packets come back, and people wait their turn."""

import asyncio
import os
import signal
from pathlib import Path

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from signaling.bots.clip import ClipTrack, picture, tone
from signaling.bots.leg import listen_without_decoding
from signaling.protocol.http import ECHO_TURN, CheckCard, EchoAnswer, EchoAsk, EchoWait
from tests.inside import Inside, only_at
from tests.server.harness import Visitor


class Checking(Visitor):
    """A browser that checks its line: aiortc stands for Chromium."""

    async def begin(self) -> CheckCard:
        assert (await self.request("POST", "session"))[0] == 200
        status, card = await self.request("POST", "check")
        assert status == 200, card
        begun = CheckCard.model_validate(card, strict=False)
        self.permit = begun.permit
        return begun

    async def offer(self):
        listen_without_decoding()
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.connection.addTrack(ClipTrack(tone()))
        self.connection.addTrack(ClipTrack(picture(0)))
        await self.connection.setLocalDescription(await self.connection.createOffer())
        self.sdp = self.connection.localDescription.sdp

    async def turn(self) -> EchoAnswer | EchoWait:
        status, body = await self.asks()
        assert status in {200, 202}, body
        return ECHO_TURN.validate_python(body, strict=False)

    async def asks(self):
        while True:
            ask = EchoAsk(permit=self.permit, sdp=self.sdp).model_dump()
            status, body = await self.request("POST", "check/echo", ask)
            if status != 503:
                return status, body
            await asyncio.wait([asyncio.create_task(asyncio.sleep(0.05))])  # the child is only starting

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
        assert card.permit
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


async def test_the_echo_is_asked_for_a_check_that_was_counted_once_and_by_whom_it_is(place):
    async with place.server(echo_private=True, echo_places=8, checks_per_browser=2) as server:
        ana, bia = Checking(server), Checking(server)
        for person in (ana, bia):
            await person.begin()
            await person.offer()
        assert isinstance(await ana.turn(), EchoAnswer)
        await ana.leaves()
        await ana.offer()
        status, refused = await ana.asks()
        assert (status, refused["code"]) == (409, "check_over"), "a permit is good for one answer"
        hers, bia.permit = bia.permit, ana.permit
        assert (await bia.asks())[1]["code"] == "check_over", "somebody else's is good for nothing"
        bia.permit = hers.replace(hers[0], "0" if hers[0] != "0" else "1")
        assert (await bia.asks())[1]["code"] == "check_over", "nor is one that nobody gave"
        bia.permit = hers
        assert isinstance(await bia.turn(), EchoAnswer)
        await ana.begin()
        assert isinstance(await ana.turn(), EchoAnswer), "the next check has its own"
        assert (await ana.request("POST", "check"))[1]["code"] == "too_many_attempts", "and those are counted"
        for person in (ana, bia):
            await person.leaves()


async def test_an_echo_of_the_internet_sends_nothing_to_an_address_inside(place):
    """A stranger's description names an address of this machine, on a site whose settings say nothing of the inside."""
    async with place.server(echo_places=1) as server:
        ana, bia = Checking(server), Checking(server)
        for person in (ana, bia):
            await person.begin()
            await person.offer()
        inside, heard = await asyncio.get_running_loop().create_datagram_endpoint(Inside, local_addr=("127.0.0.1", 0))
        ana.sdp = only_at(inside.get_extra_info("sockname"), ana.sdp)
        assert isinstance(await ana.turn(), EchoAnswer)
        while isinstance(await bia.turn(), EchoWait):  # until ana's echo has given up
            await asyncio.wait([asyncio.create_task(asyncio.sleep(0.1))])
        assert not heard.something.is_set()
        inside.close()
        for person in (ana, bia):
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
        await browser.begin()
        await browser.offer()
        assert isinstance(await browser.turn(), EchoAnswer)
        assert echoes() != [pid]
        await browser.leaves()
    assert echoes() == [], "it ends with the server"


async def test_checks_are_limited_and_a_site_may_have_no_echo(place):
    async with place.server(echo_places=0, checks_per_browser=2) as server:
        browser = Checking(server)
        assert (await browser.request("POST", "check"))[1]["code"] == "no_session"
        assert (await browser.begin()).permit is None
        assert (await browser.request("POST", "check"))[0] == 200
        status, refused = await browser.request("POST", "check")
        assert (status, refused["code"]) == (429, "too_many_attempts")
        browser.permit, browser.sdp = "0-0-0", "v=0"
        assert (await browser.asks())[1]["code"] == "not_found"


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
