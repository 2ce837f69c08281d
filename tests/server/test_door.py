"""Who stands at the door without a seat: refused, silent, or gone before they were let in."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from signaling.sockets import door
from signaling.sockets.visitor import Visitors
from tests.server.harness import WITHIN_S, Visitor

HELLO = '{"tab":"0123456789abcdef","opened":true}'
PAGES = 40


@asynccontextmanager
async def line(person: Visitor) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A connection as the browser of this person opens one, that answers no ping and says nothing by itself."""
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(
            f"{person.server.url}/socket.io/?EIO=4&transport=websocket",
            headers={"Origin": person.server.url, "Cookie": cookies},
        ) as opened,
    ):
        assert (await opened.receive_str()).startswith("0")
        yield opened


async def until_cut(opened: aiohttp.ClientWebSocketResponse) -> list[str]:
    """What the server still says before it closes the connection."""
    said = []
    async with asyncio.timeout(WITHIN_S):
        while (message := await opened.receive()).type is aiohttp.WSMsgType.TEXT:
            said.append(message.data)
    return said


async def test_who_is_refused_is_told_why_and_cut(server):
    async with line(Visitor(server)) as stranger:
        await stranger.send_str(f"40/visitor,{HELLO}")
        [said] = await until_cut(stranger)
    assert said.startswith("44/visitor,")
    assert "no_session" in said


async def test_who_says_nothing_is_cut(server, monkeypatch):
    monkeypatch.setattr(door, "SEATED_S", 0.1)
    async with line(Visitor(server)) as silent:
        assert await until_cut(silent) == []


async def test_who_has_left_their_namespace_and_stays_is_cut(server):
    visitor = Visitor(server)
    await visitor.request("POST", "session")
    async with line(visitor) as leaving:
        await leaving.send_str(f"40/visitor,{HELLO}")
        assert (await leaving.receive_str()).startswith("40/visitor,")
        await leaving.send_str("41/visitor,")
        await until_cut(leaving)


async def test_a_server_that_ends_does_not_wait_for_those_who_have_no_seat(server):
    async with line(Visitor(server)) as silent, asyncio.timeout(WITHIN_S / 2):
        # not as long as it would wait for a page
        await server.drain()
        await until_cut(silent)


async def test_who_was_coming_in_when_the_server_was_told_to_end_comes_in_and_moves(server):
    visitor = Visitor(server)
    await visitor.request("POST", "session")
    async with line(visitor) as coming:
        ending = asyncio.create_task(server.drain())
        await asyncio.sleep(0)  # it has begun
        await coming.send_str(f"40/visitor,{HELLO}")
        said = [await coming.receive_str() for _ in range(3)]
    assert said[0].startswith("40/visitor,")
    assert [word for word in said if '["move",' in word]
    async with asyncio.timeout(WITHIN_S):
        await ending


async def test_a_page_whose_line_ended_while_it_was_let_in_is_not_here(server, monkeypatch):
    """engine.io ends a line that answers no ping, whoever is being admitted on it, and python-socketio tells nobody."""
    admit, over = Visitors.admit, asyncio.Event()

    async def slowly(role, handshake, page):
        seat = await admit(role, handshake, page)
        engine = page._line._server.eio.sockets[page._line._transport]
        await engine.close(wait=False, abort=True)
        over.set()
        return seat

    monkeypatch.setattr(Visitors, "admit", slowly)
    visitor = Visitor(server)
    await visitor.request("POST", "session")
    async with line(visitor) as gone:
        await gone.send_str(f"40/visitor,{HELLO}")
        await until_cut(gone)
    assert over.is_set()
    assert [court.visitors for court in server.fanout.figures()] == [0]


async def test_a_handshake_is_a_message_as_any_other(place):
    """Each asks the store: whoever makes many is told to come again in a second, as pages do."""
    async with place.server(flood_messages=1) as server:
        visitor = Visitor(server)
        await visitor.request("POST", "session")

        async def knocks() -> str:
            async with line(visitor) as opened:
                await opened.send_str(f"40/visitor,{HELLO}")
                return await opened.receive_str()

        said = await asyncio.gather(*(knocks() for _ in range(PAGES)))
    refused = [json.loads(each.partition(",")[2])["data"] for each in said if each.startswith("44")]
    assert refused
    assert all(each["code"] == "too_many_messages" for each in refused)
    assert len(refused) < PAGES, "some came in"


async def test_a_foreign_page_is_refused_before_there_is_a_socket(server):
    visitor = Visitor(server)
    await visitor.request("POST", "session")
    assert await visitor.is_foreign("https://elsewhere.example")
    assert not await visitor.is_foreign(server.url)
