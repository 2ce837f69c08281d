"""The court's streams: tailed from where a snapshot was true, through the store's absence, without a gap."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from rooms.ids import CourtId
from rooms.model.events import Event, EventKind
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from tests.scene import Scene, in_call
from tests.stores import valkey


async def first_events(tail: AsyncIterator, wanted: int) -> list[Event]:
    """What comes until `wanted` events are there."""
    found: list[Event] = []
    async for events, _ in tail:
        found += events
        if len(found) >= wanted:
            break
    return found


async def test_a_tail_begins_behind_what_the_snapshot_showed(scene: Scene):
    await scene.visitor("maria")
    event, n, signal, _ = await scene.log.positions(scene.court)
    joao = await scene.visitor("joão")
    async with aclosing(scene.log.tail(scene.court, event, signal)) as tail:
        found = await first_events(tail, 1)
    assert [(one.n, one.kind, one.ticket) for one in found] == [(n + 1, EventKind.TICKET_JOINED, joao.ticket_id)]


async def test_a_tail_that_waits_is_woken(scene: Scene):
    async with aclosing(scene.log.tail(scene.court, "0-0", "0-0")) as tail:
        waiting = asyncio.create_task(first_events(tail, 1))
        await asyncio.wait({waiting}, timeout=0.3)
        assert not waiting.done()
        maria = await scene.visitor()
        assert [event.ticket for event in await waiting] == [maria.ticket_id]


async def test_signals_come_with_the_same_ids_as_in_the_calls_log(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    heard = []
    async with aclosing(scene.log.tail(scene.court, "0-0", "0-0")) as tail:
        async for _, signals in tail:
            heard += signals
            if len(heard) >= 3:
                break
    assert heard == list(await scene.log.call_log(scene.court, call, None, 10))


async def test_a_tail_survives_the_stores_absence(court: CourtId):
    with valkey(durable=True) as server:
        client = Client(server.url)
        log = RedisLog(client, lambda: BlockingReads(server.url, wait_ms=200))
        scene = Scene(RedisStore(client), log, court)
        maria = await scene.visitor("maria")
        async with aclosing(log.tail(court, "0-0", "0-0")) as tail:
            assert [event.ticket for event in await first_events(tail, 1)] == [maria.ticket_id]
            waiting = asyncio.create_task(first_events(tail, 1))
            await asyncio.wait({waiting}, timeout=0.1)
            server.kill()
            await asyncio.wait({waiting}, timeout=0.1)
            server.start()
            joao = await scene.visitor("joão")
            assert [(event.n, event.ticket) for event in await waiting] == [(2, joao.ticket_id)]
        await client.close()


async def test_a_tail_ends_when_its_task_is_cancelled(scene: Scene):
    tail = scene.log.tail(scene.court, "0-0", "0-0")
    waiting = asyncio.create_task(first_events(tail, 1))
    await asyncio.wait({waiting}, timeout=0.1)
    waiting.cancel()
    await asyncio.wait({waiting})
    assert waiting.cancelled()


async def test_events_are_read_in_pages(scene: Scene):
    for _ in range(5):
        await scene.store.directory_changed(scene.court)
    first = await scene.log.events_after(scene.court, "0-0", 3)
    rest = await scene.log.events_after(scene.court, first[-1].id, 3)
    assert [event.n for event in (*first, *rest)] == [1, 2, 3, 4, 5]


async def test_a_call_that_never_was_has_no_log(scene: Scene):
    assert await scene.log.call_log(scene.court, "no-call", None, 10) == []
