"""deploy/turn's own configuration, in a real coturn: it relays to nothing inside, carries no TCP, and has quotas."""

import asyncio
import time
from pathlib import Path

import pytest
from aioice import stun
from aioice.turn import TurnClientUdpProtocol

from signaling.protocol.signals import Party
from signaling.settings import Settings
from signaling.turn import CHECK_S, Turn
from tests.ports import free_port
from tests.server.test_turn import SECRET, WITH_COTURN, running

CONF = Path(__file__).parents[2] / "deploy/turn/turnserver.conf"
QUOTA = int(dict(line.partition("=")[::2] for line in CONF.read_text().splitlines())["user-quota"])
ON_THE_MACHINE = ("log-file", "cert", "pkey", "listening-port", "tls-listening-port")
"""What a test's machine has otherwise; everything else is the file's own."""
UDP, TCP = 0x11000000, 0x06000000
BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, UNSUPPORTED, QUOTA_REACHED = 400, 401, 403, 442, 486
TTL_S = 600
"""How long a ring's credentials are good."""
INSIDE = (
    "0.0.0.0", "10.0.0.1", "10.255.255.254", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1",
    "172.31.255.254", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "255.255.255.255",
)  # fmt: skip
INSIDE_6 = (
    "::", "::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:db8::1", "2002:a00:1::1", "fc00::1", "fd00:ec2::254", "fe80::1", "ff02::1",
)  # fmt: skip
OUTSIDE, OUTSIDE_6 = ("8.8.8.8", "177.43.10.9", "172.32.0.1"), ("2804:14d::1", "2606:4700::1")
RELAY_V6 = 0x02000000
"""REQUESTED-ADDRESS-FAMILY: IPv6 (RFC 8656 §18.6), an attribute that aioice has no word for."""
FAMILY = (0x0017, "REQUESTED-ADDRESS-FAMILY", stun.pack_unsigned, stun.unpack_unsigned)
pytestmark = WITH_COTURN


@pytest.fixture
async def relay(tmp_path, monkeypatch):
    """A coturn of this machine with the file's own rules; its port."""
    monkeypatch.setitem(stun.ATTRIBUTES_BY_NAME, FAMILY[1], FAMILY)
    port = free_port()
    kept = [line for line in CONF.read_text().splitlines() if line.partition("=")[0] not in ON_THE_MACHINE]
    (tmp_path / "turnserver.conf").write_text("\n".join(kept))
    words = (
        "-c", str(tmp_path / "turnserver.conf"), "--realm=balcao.example", f"--static-auth-secret={SECRET}",
        f"--listening-port={port}", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--relay-ip=::1",
        f"--userdb={tmp_path / 'turn.db'}", f"--pidfile={tmp_path / 'pid'}", "--log-file=stdout", "--no-cli",
        "--no-tls", "--no-dtls",
    )  # fmt: skip
    async with running(port, tmp_path, *words):
        yield port


def given(*, late_s=0.0, secret=SECRET):
    """What a server gives that knows this secret, and whose clock is so late."""
    settings = Settings(turn_urls="turn:127.0.0.1", turn_secret=secret, turn_ttl=TTL_S)
    return Turn(settings, lambda: time.time() - late_s)


async def client(port, ice=None):
    """A client of the relay with these credentials; without any, with those for a check."""
    (turn,) = (ice or given().check("ana")).servers
    _, protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: TurnClientUdpProtocol(("127.0.0.1", port), turn.username, turn.credential, 600, 500),
        remote_addr=("127.0.0.1", port),
    )
    return protocol


async def refusal(protocol, method, **attributes):
    """The code with which the relay refuses this; None where it does it."""
    request = stun.Message(message_method=method, message_class=stun.Class.REQUEST)
    for name, value in attributes.items():
        request.attributes[name.replace("_", "-")] = value
    try:
        await protocol.request_with_retry(request)
    except stun.TransactionFailed as failed:
        return failed.response.error_code
    return None


async def allocated(port, *, v6=False):
    """A client with an allocation of that family."""
    protocol = await client(port)
    family = {"REQUESTED_ADDRESS_FAMILY": RELAY_V6} if v6 else {}
    assert await refusal(protocol, stun.Method.ALLOCATE, REQUESTED_TRANSPORT=UDP, **family) is None
    return protocol


async def test_the_relay_reaches_no_address_inside_by_permission_or_by_channel(relay):
    four, six = await allocated(relay), await allocated(relay, v6=True)
    for protocol, inside, outside in ((four, INSIDE, OUTSIDE), (six, INSIDE_6, OUTSIDE_6)):
        for address in inside:
            peer = (address, 9_999)
            assert await refusal(protocol, stun.Method.CREATE_PERMISSION, XOR_PEER_ADDRESS=peer) == FORBIDDEN, address
            bound = await refusal(protocol, stun.Method.CHANNEL_BIND, CHANNEL_NUMBER=0x4000, XOR_PEER_ADDRESS=peer)
            assert bound == FORBIDDEN, address
        for address in outside:
            assert await refusal(protocol, stun.Method.CREATE_PERMISSION, XOR_PEER_ADDRESS=(address, 9_999)) is None
        protocol.transport.close()


async def test_the_relay_carries_no_tcp(relay):
    protocol = await client(relay)
    assert await refusal(protocol, stun.Method.ALLOCATE, REQUESTED_TRANSPORT=TCP) in {BAD_REQUEST, UNSUPPORTED}
    protocol.transport.close()


async def allocations(port, ices):
    """How the relay refuses each of these an address, None where it does not; all of them at the same time."""
    clients = [await client(port, ice) for ice in ices]
    told = [await refusal(each, stun.Method.ALLOCATE, REQUESTED_TRANSPORT=UDP) for each in clients]
    for each in clients:
        each.transport.close()
    return told


async def test_one_side_of_a_call_holds_no_more_than_its_quota(relay):
    """With credentials renewed before each, as a call of many repairs has them: a new expiry is no new quota."""
    ices = [given(late_s=late_s).ice("call", Party.VISITOR) for late_s in range(QUOTA + 1)]
    other = given().ice("call", Party.ATTENDANT)
    assert await allocations(relay, [*ices, other]) == [None] * QUOTA + [QUOTA_REACHED, None], "another's is another's"


async def test_checks_hold_together_what_the_names_that_they_share_may(relay):
    """Of one name, by as many browsers: what is not theirs is left to calls."""
    browsers = [given(late_s=number % 60).check(f"browser-{number}") for number in range(20 * QUOTA)]
    names = [ice.servers[0].username.partition(":")[2] for ice in browsers]
    ices = [ice for ice, name in zip(browsers, names, strict=True) if name == names[0]][: QUOTA + 1]
    call = given().ice("call", Party.VISITOR)
    assert await allocations(relay, [*ices, call]) == [None] * QUOTA + [QUOTA_REACHED, None]


async def test_a_credential_that_is_over_or_somebody_elses_opens_nothing(relay):
    """A ring's and a check's, as a server makes them: now, before their end, after it, and under another secret."""
    rings = [given(late_s=late_s).ice("call", Party.VISITOR) for late_s in (0, TTL_S - 60, TTL_S + 1)]
    checks = [given(late_s=late_s).check("ana") for late_s in (0, CHECK_S - 60, CHECK_S + 1)]
    foreign = given(secret="somebody-elses-secret")
    ices = [*rings, *checks, foreign.ice("call", Party.VISITOR), foreign.check("ana")]
    assert await allocations(relay, ices) == [None, None, UNAUTHORIZED] * 2 + [UNAUTHORIZED] * 2
