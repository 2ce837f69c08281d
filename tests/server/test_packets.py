"""What is no packet, or too many of them, below the commands: frames, Engine.IO, Socket.IO. One server for all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest

from signaling.app import Server
from signaling.protocol.base import MAX_MESSAGE_BYTES
from signaling.protocol.commands import WireCode
from tests.server.conftest import is_unharmed
from tests.server.harness import WITHIN_S, Visitor


@pytest.fixture(autouse=True)
async def _unharmed(town, bugs) -> AsyncIterator[None]:
    yield
    await is_unharmed(town[1].server, bugs)


HELLO = '{"tab":"0123456789abcdef","opened":false}'
NONE = [
    "", "4", "42", "42/visitor,", "42/visitor,0", "42/visitor,{", "42/visitor,[]", "42/visitor,[1]",
    "42/visitor,[null]", "43/visitor,", "43/visitor,[]", "43/visitor,1{}", "44/visitor,", "45/visitor,",
    "451-/visitor,[]", "459999999999-x", '451-/visitor,1["command",{"_placeholder":true,"num":0}]', "46/visitor,1[]",
    "47", "4x", "4{", "4{}", "4true", "4[]", "9", "5", "2", "0", "6", "b", "b====", "x",
    "42/visitor," + "9" * 101, '42/visitor,["command",' + "9" * 5_000 + "]",
    "4" + "[" * 60_000, "42/visitor," + "[" * 60_000, f"40/visitor,{HELLO}",
]  # fmt: skip
"""No packets, of either protocol, or not ours: none, cut off, binary, of the other direction, too deep, said twice."""


@asynccontextmanager
async def seated(server) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """The bare connection of a visitor's page that has its seat."""
    visitor = Visitor(server)
    await visitor.request("POST", "session")
    url = f"{server.url}/socket.io/?EIO=4&transport=websocket".replace("http", "ws", 1)
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(url, headers=visitor._as_browser()) as socket,
    ):
        await socket.send_str(f"40/visitor,{HELLO}")
        while not (await socket.receive_str()).startswith("42/visitor,"):
            pass  # until the first view
        yield socket


NUMBERED = '42/visitor,7["command",{"id":"a","command":{"type":"continue_here"}}]'


async def answered(socket: aiohttp.ClientWebSocketResponse) -> bool:
    """Whether the connection is still heard: its next command is done. False: it is over."""
    with suppress(ConnectionError):
        await socket.send_str(NUMBERED)
    async with asyncio.timeout(WITHIN_S):
        while (message := await socket.receive()).type is aiohttp.WSMsgType.TEXT:
            if message.data.startswith("43/visitor,7["):
                assert '"ok":true' in message.data
                return True
    return False


@pytest.mark.parametrize("garbage", NONE, ids=range(len(NONE)))
async def test_what_is_no_packet_of_ours_is_not_heard_and_leaves_nothing_behind(town, garbage):
    """Neither a traceback, of which a page could write thousands, nor an attachment that waits for its others."""
    server = town[1].server
    async with seated(server) as other, seated(server) as socket:
        await socket.send_str(garbage)
        await answered(socket)
        assert await answered(other)


async def test_nothing_of_ours_is_binary(town):
    async with seated(town[1].server) as socket:
        await socket.send_bytes(NUMBERED.encode())
        assert not await answered(socket)


async def test_what_is_only_not_heard_ends_no_connection(town):
    for garbage in ("42/visitor,{", '451-/visitor,1["command",{"_placeholder":true,"num":0}]', f"40/visitor,{HELLO}"):
        async with seated(town[1].server) as socket:
            await socket.send_str(garbage)
            assert await answered(socket), garbage


def pages(server: Server) -> int:
    """How many of visitors there are."""
    return sum(court.visitors for court in server.fanout.figures())


async def test_whoever_connects_twice_on_one_connection_is_one_page_and_gone_when_it_ends(town):
    """A second seat would be nobody's at the end: a place in line would look attended for ever."""
    server = town[1].server
    before = pages(server)
    async with seated(server) as socket:
        for tab in range(3):
            await socket.send_str(f'40/visitor,{{"tab":"{tab}","opened":true}}')
        assert await answered(socket)
        assert pages(server) == before + 1
    async with asyncio.timeout(WITHIN_S):
        while pages(server) != before:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0)


@pytest.mark.parametrize("packet", ['42/visitor,6["another",{}]', "40/guest,{}"])
async def test_what_is_nested_however_deep_is_answered_or_not_heard(town, packet):
    """It may be read and yet be too deep to be written down."""
    async with seated(town[1].server) as socket:
        for depth in range(700, 1_000, 4):
            await socket.send_str(packet.format("[" * depth + "]" * depth))
        assert await answered(socket)


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "nothing",
        '{"id":"abcdefgh"',
        '{"id":"abcdefgh","command":{"type":"leave","rev":1}},{"id":"abcdefgh","command":{"type":"leave","rev":1}}',
        "[" * 60_000,
        '{"a":' * 10_000,
    ],
    ids=["nothing at all", "a word", "a half", "two at once", "lists in lists", "objects in objects"],
)
@pytest.mark.parametrize("event", ["command", "another"])
async def test_what_is_no_command_is_answered_or_nothing_at_all_and_the_page_goes_on(town, event, payload):
    """Of commands each is answered, though it be no JSON; what is no event of ours need not be."""
    async with seated(town[1].server) as opened:
        await opened.send_str(f'42/visitor,7["{event}",{payload}]')
        await opened.send_str('42/visitor,8["command",{"id":"abcdefgh","command":{"type":"leave","rev":1}}]')
        answers = []
        async with asyncio.timeout(WITHIN_S):
            while not any(said.startswith("43/visitor,8") for said in answers):
                answers.append(await opened.receive_str())
    refused = [said for said in answers if said.startswith("43/visitor,7")]
    assert all(WireCode.BAD_MESSAGE in said for said in refused)
    assert len(refused) == 1 or event != "command"


@pytest.mark.parametrize("size", [2 * MAX_MESSAGE_BYTES + 1, 1_000_000])
@pytest.mark.parametrize("binary", [False, True])
async def test_a_frame_that_is_much_too_long_ends_its_connection_before_it_is_read(town, size, binary):
    _, crowd = town
    url = f"{crowd.server.url}/socket.io/?EIO=4&transport=websocket".replace("http", "ws", 1)
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(url, headers={"Origin": crowd.server.url}) as socket,
    ):
        await socket.receive()
        await (socket.send_bytes(b"4" * size) if binary else socket.send_str("4" * size))
        end = await socket.receive()
        while end.type is aiohttp.WSMsgType.TEXT:
            end = await socket.receive()
        assert end.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING}
    assert (await crowd.add(Visitor(crowd.server)).arrive()).connected


async def test_a_compressed_frame_is_not_unpacked(town):
    """A few bytes could unpack to as much as they like: RSV1 was not agreed on, so the connection is over."""
    _, crowd = town
    url = f"{crowd.server.url}/socket.io/?EIO=4&transport=websocket".replace("http", "ws", 1)
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(url, headers={"Origin": crowd.server.url}, compress=15) as socket,
    ):
        await socket.receive()
        await socket._writer.send_frame(b"4" * 60_000, aiohttp.WSMsgType.TEXT, compress=15)
        end = await socket.receive()
        assert (end.type, end.data) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.PROTOCOL_ERROR)
