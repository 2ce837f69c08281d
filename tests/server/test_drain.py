"""A server that ends asks its pages to go elsewhere first, each at a moment of its own; nobody's visit notices."""

import asyncio
import signal
from http import HTTPStatus

import aiohttp

from rooms.model.attendant import Activity
from signaling.protocol import commands as say
from signaling.protocol.signals import Chat
from tests.server.harness import WITHIN_S, Attendant, Visitor, talk
from tests.server.test_nodes import node


async def readiness(url: str) -> tuple[int, dict]:
    async with aiohttp.ClientSession() as client, client.get(f"{url}/readyz") as response:
        return response.status, await response.json()


async def moves(person: Visitor | Attendant, server) -> None:
    """As the page does when it is asked to."""
    await person.until_asked_to_move()
    await person.close()
    person.server = server
    person.views.clear()
    await person.connect(opened=False)


async def test_pages_are_asked_to_move_and_the_server_waits_for_them(place, crowd, server):
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    ticket = await visitor.join()
    await visitor.until(lambda view: view.ticket)
    async with place.server() as second:
        ending = asyncio.create_task(server.drain())
        await moves(visitor, second)
        assert not ending.done(), "somebody is still here"
        assert 0 < visitor.move.within_ms <= 8_000, "the last of them has two of the ten seconds to be gone"
        status, parts = await readiness(server.url)
        assert (status, parts["staying"], parts["store"]) == (HTTPStatus.SERVICE_UNAVAILABLE, False, True)
        await moves(clerk, second)
        async with asyncio.timeout(WITHIN_S):
            await ending
        call = await talk(visitor, clerk)
        assert visitor.view.ticket.number == ticket.number
        await clerk.do(say.HangUp(call=call))
        for person in (visitor, clerk):
            await person.close()


async def test_a_call_goes_on_through_the_move_of_both_sides(place, crowd, server):
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    await visitor.join()
    call = await talk(visitor, clerk)
    async with place.server() as second:
        ending = asyncio.create_task(server.drain())
        await moves(visitor, second)
        await clerk.do(say.Signal(call=call, to=None, body=Chat(text="um momento")))
        assert (await visitor.until_said("chat")).body == Chat(text="um momento")
        await moves(clerk, second)
        await ending
        assert (await clerk.until(lambda view: view.activity is Activity.IN_CALL)).call.call == call
        await visitor.do(say.HangUp(call=call))
        for person in (visitor, clerk):
            await person.close()


async def test_who_comes_meanwhile_is_served_and_asked_to_move_too(crowd, server):
    """Where this is the only server, it is better than none; a proxy takes a moment to look elsewhere."""
    first = await crowd.visitor()
    ending = asyncio.create_task(server.drain())
    await first.until_asked_to_move()
    late = await crowd.visitor()
    assert (await late.join()).number
    await late.until_asked_to_move()
    for person in (first, late):
        await person.close()
    async with asyncio.timeout(WITHIN_S):
        await ending


async def test_nobody_is_waited_for_where_nobody_is_here(server):
    async with asyncio.timeout(WITHIN_S):
        await server.drain()


async def test_sigterm_drains_a_server_and_who_stays_is_cut_at_its_end(place):
    one = await node(place.folder, 0, place.store.url)
    visitor = Visitor(one)
    try:
        number = (await (await visitor.arrive()).join()).number
        one.process.send_signal(signal.SIGTERM)
        await visitor.until_asked_to_move()
        assert visitor.connected, "asked, not cut"
        one.process.send_signal(signal.SIGTERM)
        await visitor.until_cut()
        assert await one.process.wait() == 0
        other = await node(place.folder, 0, place.store.url)
        try:
            visitor.server = other
            visitor.views.clear()
            await visitor.connect(opened=False)
            assert (await visitor.until(lambda view: view.ticket)).ticket.number == number
        finally:
            await visitor.close()
            await other.end()
    finally:
        await one.end()
