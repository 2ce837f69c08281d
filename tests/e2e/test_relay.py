"""A clerk's address is a clerk's own: until "Entrar" the desk's side goes through TURN alone."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Response, expect

from tests.e2e.house import House, data_folder
from tests.e2e.people import Person, Town
from tests.e2e.walls import RELAY, WITH_WALLS, walls
from tests.server.test_turn import SECRET, WITH_COTURN, coturn

pytestmark = WITH_COTURN

CONNECTED = "() => globalThis.legs.at(-1)?.connectionState === 'connected'"
ADDRESSES = """() => [...globalThis.legs.at(-1).localDescription.sdp.matchAll(/^a=candidate:.* typ (\\w+)/gm)]
  .map(([, kind]) => kind)"""
DIRECT = """() => globalThis.legs.at(-1).localDescription.sdp.includes(" typ host")"""

DESK = "189.30.4.77"
"""Nobody but the clerk's network has it."""

# Every candidate that this browser would give away if nothing kept it from it, asking the same servers.
OWN = """async () => {
  const { iceServers } = globalThis.legs.at(-1).getConfiguration();
  const alone = new RTCPeerConnection({ iceServers });
  globalThis.legs.pop();  // it is none
  alone.createDataChannel("");
  const found = [];
  alone.onicecandidate = ({ candidate }) => candidate?.candidate && found.push(candidate.candidate);
  await alone.setLocalDescription();
  while (alone.iceGatheringState !== "complete") await new Promise((later) => setTimeout(later, 50));
  alone.close();
  return found;
}"""

# What comes over the leg, written down.
WRITE_DOWN = """(() => {
  globalThis.brought = [];
  const create = RTCPeerConnection.prototype.createDataChannel;
  RTCPeerConnection.prototype.createDataChannel = function (...how) {
    const channel = create.apply(this, how);
    channel.addEventListener("message", ({ data }) => globalThis.brought.push(String(data)));
    return channel;
  };
})()"""

# What the visitor's own browser knows of the other side: descriptions, candidates, and whoever has asked it by STUN.
KNOWN = """async () => {
  const known = [...globalThis.brought];
  for (const leg of globalThis.legs) {
    known.push(leg.remoteDescription?.sdp ?? "");
    for (const entry of (await leg.getStats()).values())
      if (entry.type === "remote-candidate") known.push(JSON.stringify(entry));
  }
  return known;
}"""
CANDIDATE = re.compile(r"candidate:\S+ \d+ \w+ \d+ (\S+) \d+ typ (\w+)(?: raddr (\S+))?")
HIDDEN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.local")
"""A host's address as browsers hide it, by a name that its own network resolves (mDNS)."""


class Ears:
    """Every byte that a page gets, from now on: by HTTP, by its socket, over the leg, and what its browser knows."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._heard: list[str] = []
        self._reading: list[asyncio.Task[None]] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: self._heard.append(_text(frame))))
        page.on("response", lambda answer: self._reading.append(asyncio.create_task(self._read(answer))))

    async def all(self) -> str:
        await asyncio.gather(*self._reading)
        return "\n".join([*self._heard, *await self._page.evaluate(KNOWN)])

    def said_by(self, party: str) -> list[str]:
        """What this one has said in the call, as far as it came by the socket."""
        return [json.dumps(entry) for said in self._heard for entry in _entries(said, party)]

    async def _read(self, answer: Response) -> None:
        self._heard.append(str(await answer.all_headers()))
        if not 300 <= answer.status < 400:
            self._heard.append(_text(await answer.body()))


def _entries(said: str, party: str) -> Iterator[dict[str, Any]]:
    """The entries of a call's log that this one sent, in an event of Socket.IO."""
    if not said.startswith("4"):
        return
    left = [json.loads(said[said.index("[") :])] if "[" in said else []
    while left:
        match left.pop():
            case {"sender": sender, "body": _} as entry if sender == party:
                yield entry
            case list(parts):
                left += parts
            case dict(named):
                left += named.values()


def _text(said: str | bytes) -> str:
    return said if isinstance(said, str) else said.decode("latin-1")


def _named(candidates: list[str]) -> set[str]:
    """Every address in these but what each machine calls itself, what stands for none, and the relay's."""
    found = [CANDIDATE.search(candidate) for candidate in candidates]
    named = {address for one in found if one is not None for address in (one[1], one[3]) if address is not None}
    return named - {"127.0.0.1", "::1", "0.0.0.0", "::", RELAY}


async def _kinds(person: Person) -> set[str]:
    await person.page.wait_for_function(CONNECTED)
    return set(await person.page.evaluate(ADDRESSES))


@WITH_WALLS
async def test_nothing_that_a_visitor_gets_before_they_enter_names_an_address_of_the_clerk(built: None):
    async with walls("tcp") as there:
        clerk = await (await there.alone("clerk", address=DESK)).clerk()
        await (await clerk.signs_in()).goes_available()
        visitor = await (await there.alone("visitor")).visitor(script=WRITE_DOWN)
        ears = Ears(visitor.page)
        await visitor.takes_a_ticket()
        await visitor.chooses("video")
        await visitor.sees("local-video")
        await clerk.calls_the_next()
        await visitor.sees("enter-call")
        for person in (visitor, clerk):
            await person.hears_beats(4)
        addresses = _named(await clerk.page.evaluate(OWN))
        assert DESK in addresses
        heard = await ears.all()
        told = CANDIDATE.findall("\n".join(ears.said_by("attendant")))
        assert set(told) == {(RELAY, "relay", "0.0.0.0")}
        assert [address for address in addresses if address in heard] == []
        assert HIDDEN.search(heard) is None

        await visitor.enters()
        await clerk.page.wait_for_function(DIRECT)
        await visitor.page.wait_for_function(
            "(desk) => globalThis.legs.at(-1).remoteDescription.sdp.includes(desk)", arg=DESK
        )
        assert DESK in await ears.all(), "who listens would have heard it"
        await visitor.sees_and_hears()


async def test_the_desk_is_reached_through_turn_until_the_visitor_enters(browser: Browser, built: None, tmp_path: Path):
    async with coturn(tmp_path) as port:
        with data_folder() as folder:
            turn = {"BALCAO_TURN_URLS": f"turn:127.0.0.1:{port}?transport=udp", "BALCAO_TURN_SECRET": SECRET}
            house = House(Path(folder), settings=turn)
            await house.start()
            town = Town(browser, house)
            clerk = await (await town.clerk()).signs_in()
            await clerk.goes_available()
            visitor = await town.visitor()
            # A site without an echo: the relay is asked all the same.
            await visitor.page.goto(visitor.url)
            await visitor.press("check")
            await visitor.press("check-start")
            await expect(visitor.by("check-result")).to_contain_text("Via rápida (UDP)livre")
            await expect(visitor.by("check-result")).to_contain_text("Desvio (TURN)responde")
            await visitor.press("check-close")
            await visitor.takes_a_ticket()
            await visitor.chooses("video")
            await visitor.sees("local-video")
            await clerk.calls_the_next()
            await visitor.sees("enter-call")
            assert await _kinds(clerk) == {"relay"}
            assert "host" in await _kinds(visitor)
            await visitor.enters()
            await visitor.sees_and_hears()
            await clerk.page.wait_for_function(DIRECT)
            await clerk.sees_and_hears()
            await town.leaves()
            house.stop()
            assert town.strange == []
