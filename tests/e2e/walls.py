"""People behind walls, each alone in a network that no UDP leaves, and a relay in one of its own: by TCP, by TLS.

The relay is a real coturn with the file of `deploy/turn`. What the deny list allows it is an address of the internet,
which nobody but its own network has.
"""

import asyncio
import ipaddress
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Playwright, async_playwright

from signaling.lan import self_signed
from tests.e2e.air import Air
from tests.e2e.apart import apart, borrowed, door, program, refused
from tests.e2e.conftest import FLAGS, SEEN
from tests.e2e.house import ROOT, House, data_folder
from tests.e2e.people import Town
from tests.server.test_turn import SECRET

WITH_WALLS = pytest.mark.skipif(
    (WHY_NOT := refused()) is not None and not os.environ.get("CI"), reason=f"NOT TESTED: {WHY_NOT}"
)
BY = ("tcp", "tls")
"""How people reach the relay."""
IN_THERE = [*FLAGS, "--ignore-certificate-errors", "--allow-loopback-in-peer-connection"]
"""The relay's certificate is its own, and there is no network but the loopback."""
RELAY = "177.43.10.9"
PORTS = {"tcp": 3478, "tls": 5349}
SCHEMES = {"tcp": "turn", "tls": "turns"}
HERE = 49_999
"""The relay's port in the networks of the people, where nobody else has any."""

# How the pairs in use go out of this browser, one for each leg that stands: the kind of its own end, and by what it
# reaches the relay.
WAYS = """async () => {
  const ways = [];
  for (const leg of globalThis.legs) {
    if (leg.connectionState !== "connected") continue;
    const entries = [...(await leg.getStats()).values()];
    const { selectedCandidatePairId } = entries.find(({ type }) => type === "transport");
    const pair = entries.find(({ id }) => id === selectedCandidatePairId);
    const { candidateType, relayProtocol } = entries.find(({ id }) => id === pair.localCandidateId);
    ways.push([candidateType, relayProtocol ?? null]);
  }
  return ways;
}"""
ASK_BY_UDP = f"import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'?', ('{RELAY}', 3478))"


@dataclass
class Walls:
    """A house, a relay, and whoever was given a network of their own."""

    by: str
    house: House
    towns: dict[str, Town] = field(default_factory=dict)
    _folder: Path = Path()
    _opened: AsyncExitStack = field(default_factory=AsyncExitStack)
    _playwright: Playwright | None = None

    async def alone(self, person: str, *, address: str | None = None, air: Air | None = None) -> Town:
        """A browser in a network that nobody shares; `address` is one that it has there, `air` what passes its UDP."""
        assert self._playwright is not None
        folder = self._folder / person
        folder.mkdir()
        doors = {f"127.0.0.1:{HERE}": str(self._folder / "relay"), self._outside: str(self._folder / "house")}
        # The one loopback that two would share would be a way between them.
        inside = await self._opened.enter_async_context(apart(doors, address, lends=folder / "lends"))
        assert await _code(*inside, sys.executable, "-c", ASK_BY_UDP) != 0, "UDP leads out of here"
        chromium = program(folder, "chromium", inside)
        browser = await self._playwright.chromium.launch(executable_path=chromium, args=IN_THERE)
        town = self.towns[person] = Town(browser, self.house, air)
        return town

    def pass_udp(self, air: Air, one: str, other: str) -> None:
        """Between these two it passes through the air, and only there."""
        for each, peer in ((one, other), (other, one)):
            air.among[each] = partial(borrowed, self._folder / peer / "lends")

    @property
    def _outside(self) -> str:
        return f"127.0.0.1:{self.house.port}"


@asynccontextmanager
async def walls(by: str, settings: Mapping[str, str] | None = None) -> AsyncIterator[Walls]:
    """`by` is how people reach the relay; nobody is there yet. At the end nothing strange may have happened."""
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(data_folder()))
        relays = await opened.enter_async_context(apart({str(folder / "relay"): f"{RELAY}:{PORTS[by]}"}, RELAY))
        await opened.enter_async_context(_relay_of(folder, relays))
        urls = f"{SCHEMES[by]}:127.0.0.1:{HERE}?transport=tcp"
        turn = {"BALCAO_TURN_URLS": urls, "BALCAO_TURN_SECRET": SECRET}
        house = House(folder, settings=turn | dict(settings or {}))
        await house.start()
        opened.callback(house.stop)
        await opened.enter_async_context(door(str(folder / "house"), f"127.0.0.1:{house.port}"))
        playwright = await opened.enter_async_context(async_playwright())
        made = Walls(by, house, _folder=folder, _opened=opened, _playwright=playwright)
        try:
            yield made
        except BaseException:
            for person, town in made.towns.items():
                await town.shows(SEEN / "failed", f"walls-{by}-{person}")
            raise
        for town in made.towns.values():
            await town.leaves()
            assert town.strange == []


@asynccontextmanager
async def _relay_of(folder: Path, inside: list[str]) -> AsyncIterator[None]:
    """A coturn in that network, with the file of `deploy/turn` and a certificate of its own."""
    certificate, key = self_signed(folder, ipaddress.IPv4Address("127.0.0.1"), datetime.now(UTC))
    told = (ROOT / "deploy/turn/turnserver.conf").read_text().splitlines()
    kept = [line for line in told if line.partition("=")[0] not in {"log-file", "cert", "pkey"}]
    (folder / "turnserver.conf").write_text("\n".join(kept))
    process = await asyncio.create_subprocess_exec(
        *inside, "turnserver", "-c", str(folder / "turnserver.conf"), "--realm=balcao.example",
        f"--static-auth-secret={SECRET}", f"--listening-ip={RELAY}", f"--relay-ip={RELAY}", f"--cert={certificate}",
        f"--pkey={key}", f"--userdb={folder / 'turn.db'}", f"--pidfile={folder / 'pid'}", "--log-file=stdout",
        "--no-cli", stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    try:
        async with asyncio.timeout(30):
            for port in PORTS.values():
                knock = f"import socket; socket.create_connection(('{RELAY}', {port}), 1).close()"
                while await _code(*inside, sys.executable, "-c", knock) != 0:
                    assert process.returncode is None, "coturn ended"
        yield
    finally:
        process.terminate()
        await process.wait()


async def _code(*words: str) -> int:
    quiet = asyncio.subprocess.DEVNULL
    return await (await asyncio.create_subprocess_exec(*words, stdout=quiet, stderr=quiet)).wait()
