"""TURN credentials open a real coturn, for the members of a ring only."""

import asyncio
import os
import shutil
from contextlib import asynccontextmanager

import pytest

from rooms.model.ticket import Media
from rooms.redis.client import Client
from signaling.protocol import commands as say
from tests.ports import free_port
from tests.server.conftest import Crowd
from tests.server.harness import talk

SECRET = "um-segredo-que-so-o-turn-conhece"
WITH_COTURN = pytest.mark.skipif(
    not (shutil.which("turnserver") and shutil.which("turnutils_uclient")) and not os.environ.get("CI"),
    reason="NOT TESTED: no coturn here; apt-get install coturn",
)
"""In CI its absence is a failure."""
pytestmark = WITH_COTURN


@asynccontextmanager
async def coturn(folder):
    """A TURN server on loopback with our secret; yields its port."""
    port = free_port()
    options = {
        "--listening-ip": "127.0.0.1",
        "--relay-ip": "127.0.0.1",
        "--listening-port": str(port),
        "--realm": "balcao.example",
        "--static-auth-secret": SECRET,
        "--pidfile": str(folder / "turn.pid"),
        "--userdb": str(folder / "turn.db"),
        "--log-file": "stdout",
    }
    flags = ["--use-auth-secret", "--lt-cred-mech", "--allow-loopback-peers", "--no-cli", "--no-tls", "--no-dtls"]
    flags += ["--fingerprint", "--simple-log"]
    async with running(port, folder, "-n", *flags, *(word for pair in options.items() for word in pair)):
        yield port


@asynccontextmanager
async def running(port, folder, *words):
    """A coturn that listens at this port, as these words of its command line want it."""
    process = await asyncio.create_subprocess_exec(
        "turnserver", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=folder
    )
    reading = asyncio.create_task(process.stdout.read())
    try:
        async with asyncio.timeout(20):
            while not await listens(port):
                assert process.returncode is None, (await reading).decode()
        yield
    finally:
        process.terminate()
        await process.wait()
        await reading


async def listens(port: int) -> bool:
    """Whether somebody accepts on the port by TCP; coturn opens both."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def relays(port: int, username: str, credential: str) -> bool:
    """Whether coturn relays a packet there and back for these credentials."""
    process = await asyncio.create_subprocess_exec(
        "turnutils_uclient", "-u", username, "-w", credential, "-p", str(port),
        "-y", "-n", "1", "-m", "1", "-l", "64", "-c", "127.0.0.1",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        async with asyncio.timeout(20):
            said, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        return False
    return process.returncode == 0 and b"401" not in said and b"error" not in said.lower()


async def test_the_credentials_of_a_ring_open_the_relay_and_forged_ones_do_not(place, tmp_path):
    """Issue 2, line 10."""
    async with coturn(tmp_path) as port:
        place.settings |= {"turn_urls": f"turn:127.0.0.1:{port}?transport=udp", "turn_secret": SECRET}
        async with place.server() as server:
            crowd = Crowd(server)
            visitor, clerk = await crowd.visitor(), await crowd.attendant()
            await clerk.available()
            await visitor.join()
            ringing = await clerk.do(say.CallNext())
            await visitor.until(lambda view: view.ticket.ring)
            ready = await visitor.do(say.RingSeen(call=ringing.call))
            for ice, party in ((ringing.ice, "attendant"), (ready.ice, "visitor")):
                (turn,) = ice.servers
                expiry, _, who = turn.username.partition(":")
                assert (int(expiry) > 0, who) == (True, f"{ringing.call}-{party}")
                assert await relays(port, turn.username, turn.credential)
                assert not await relays(port, f"{int(expiry) + 1}:{who}", turn.credential)
            assert ringing.ice.relay_until_go
            assert not ready.ice.relay_until_go
            await crowd.leave()


async def test_credentials_are_no_part_of_a_stored_answer(place):
    """The same request again gets the same ring, with credentials made anew; a stranger gets none."""
    place.settings |= {"turn_urls": "turn:127.0.0.1:9", "turn_secret": SECRET, "turn_ttl": 60}
    async with place.server() as server:
        crowd = Crowd(server)
        visitor, clerk, stranger = await crowd.visitor(), await crowd.attendant(), await crowd.visitor()
        await clerk.available()
        await visitor.join()
        first = await clerk.ask(say.CallNext(), request="once")
        again = await clerk.ask(say.CallNext(), request="once")
        assert (first.result.call, first.result.ticket) == (again.result.call, again.result.ticket)
        kept = await place_holds(place, "once")
        assert SECRET not in kept
        assert first.result.ice.servers[0].credential not in kept
        refused = await stranger.ask(say.Replay(call=first.result.call, after=None))
        assert refused.code == "not_member"
        await crowd.leave()


async def test_a_call_that_is_over_gives_no_credentials(place):
    place.settings |= {"turn_urls": "turn:127.0.0.1:9", "turn_secret": SECRET}
    async with place.server() as server:
        crowd = Crowd(server)
        visitor, clerk = await crowd.visitor(), await crowd.attendant()
        await clerk.available()
        await visitor.join()
        call = await talk(visitor, clerk, Media.TEXT)
        assert (await visitor.do(say.Replay(call=call, after=None))).ice.servers
        await visitor.do(say.HangUp(call=call))
        for person in (visitor, clerk):
            last = await person.until_said("end")
            assert (await person.do(say.Replay(call=call, after=None))).ice.servers == ()
            assert (await person.do(say.Replay(call=call, after=last.id))).ice.servers == ()
        await crowd.leave()


async def place_holds(place, request: str) -> str:
    """Everything that the store keeps of a request."""
    client = Client(place.store.url)
    keys = await client.call("KEYS", f"*{request}*")
    kept = []
    for key in keys:
        kind = await client.call("TYPE", key)
        read = {"hash": "HGETALL", "string": "GET"}[str(kind)]
        kept.append(str(await client.call(read, key)))
    await client.close()
    assert kept, "the request was not stored at all"
    return "\n".join(kept)
