"""Where UDP does not pass at all: calls through TURN over TCP and over TLS, by a real coturn with our rules."""

import asyncio
import ipaddress
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from signaling.lan import self_signed
from tests.e2e.apart import apart, door, program, refused
from tests.e2e.conftest import FLAGS, SEEN
from tests.e2e.house import ROOT, House, data_folder
from tests.e2e.people import Town
from tests.server.test_turn import SECRET, WITH_COTURN

pytestmark = [
    WITH_COTURN,
    pytest.mark.skipif(
        (WHY_NOT := refused()) is not None and not os.environ.get("CI"), reason=f"NOT TESTED: {WHY_NOT}"
    ),
]

IN_THERE = [*FLAGS, "--ignore-certificate-errors", "--allow-loopback-in-peer-connection"]
"""The relay's certificate is its own, and there is no network but the loopback."""
RELAY = "177.43.10.9"
"""An address of the internet as far as the deny list knows; it is of the relay's own network alone."""
PORTS = {"tcp": 3478, "tls": 5349}
SCHEMES = {"tcp": "turn", "tls": "turns"}
HERE = 49_999
"""The relay's port in the network of the people, where nobody else has any."""

# How the pair in use goes out of this browser: the kind of its own end, and by what it reaches the relay.
WAY = """async () => {
  const entries = [...(await globalThis.legs.at(-1).getStats()).values()];
  const pair = entries.find(({ type, nominated, state }) =>
    type === "candidate-pair" && nominated && state === "succeeded");
  const { candidateType, relayProtocol } = entries.find(({ id }) => id === pair.localCandidateId);
  return [candidateType, relayProtocol];
}"""
ASK_BY_UDP = f"import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'?', ('{RELAY}', 3478))"


@asynccontextmanager
async def relay_of(folder: Path, inside: list[str]) -> AsyncIterator[None]:
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


@pytest.mark.parametrize("by", ["tcp", "tls"])
async def test_two_people_without_udp_see_and_hear_each_other(built: None, by: str):
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(data_folder()))
        relay, here = str(folder / "relay"), str(folder / "house")
        relays = await opened.enter_async_context(apart({relay: f"{RELAY}:{PORTS[by]}"}, RELAY))
        await opened.enter_async_context(relay_of(folder, relays))
        urls = f"{SCHEMES[by]}:127.0.0.1:{HERE}?transport=tcp"
        house = House(folder, settings={"BALCAO_TURN_URLS": urls, "BALCAO_TURN_SECRET": SECRET})
        await house.start()
        opened.callback(house.stop)
        outside = f"127.0.0.1:{house.port}"
        await opened.enter_async_context(door(here, outside))
        playwright = await opened.enter_async_context(async_playwright())
        towns = []
        for person in ("visitor", "clerk"):
            # Each of the two alone: the one loopback that they shared would be a way between them.
            inside = await opened.enter_async_context(apart({f"127.0.0.1:{HERE}": relay, outside: here}))
            assert await _code(*inside, sys.executable, "-c", ASK_BY_UDP) != 0, "UDP leads out of here"
            (folder / person).mkdir()
            chromium = program(folder / person, "chromium", inside)
            towns.append(Town(await playwright.chromium.launch(executable_path=chromium, args=IN_THERE), house))
        try:
            visitor, clerk = await towns[0].visitor(), await towns[1].clerk()
            await (await clerk.signs_in()).goes_available()
            await visitor.takes_a_ticket()
            await visitor.chooses("video")
            await clerk.calls_the_next()
            await visitor.enters()
            for who in (visitor, clerk):
                await who.sees_and_hears()
                assert await who.page.evaluate(WAY) == ["relay", by]
        except BaseException:
            for place, town in enumerate(towns):
                await town.shows(SEEN / "failed", f"no-udp-{by}-{place}")
            raise
        for town in towns:
            await town.leaves()
            assert town.strange == []
