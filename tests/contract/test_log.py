"""The court's streams: tailed from where a snapshot was true, through the store's absence, without a gap."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress

from rooms.errors import UnavailableError
from rooms.ids import CourtId, Holder, TabId
from rooms.model.events import Event, EventKind
from rooms.ports import Joined
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from rooms.services.house import House
from rooms.services.recorder import Recorder
from signaling.fanout.calls import position
from tests.houses import FixedDirectory, FixedHistory
from tests.scene import Person, Scene, in_call
from tests.stores import Valkey, valkey


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


# --------------------------------------------------------------------------------------- a store that comes back older


async def loses_the_last_transition(server: Valkey, scene: Scene) -> None:
    """The store dies, and comes back without it; nothing has been asked since."""
    server.kill()
    [file] = (server.folder / "appendonlydir").glob("*.incr.aof")
    os.truncate(file, file.stat().st_size - 1)
    server.start()
    with suppress(UnavailableError):
        await scene.store._client.call("PING")  # a connection of before


@asynccontextmanager
async def on_disk(court: CourtId) -> AsyncIterator[tuple[Valkey, Scene]]:
    """A court on a store of its own, which is met as a node meets it."""
    with valkey(durable=True) as server:
        client = Client(server.url)
        scene = Scene(RedisStore(client), RedisLog(client, lambda: BlockingReads(server.url, wait_ms=200)), court)
        house = House(FixedDirectory(court), FixedHistory())
        await house.open()
        recorder = Recorder(scene.store, scene.log, FixedHistory(), house, node="node", pause=asyncio.sleep)
        await scene.store.adopt(court, 0)
        client.greet_new_servers(recorder.adopt, lambda: [court])
        yield server, scene
        await client.close()


@asynccontextmanager
async def rewound(court: CourtId) -> AsyncIterator[tuple[Scene, Joined]]:
    """Somebody's join was acknowledged, and is not on the disk any more; nobody has read of it."""
    async with on_disk(court) as (server, scene):
        await scene.visitor("maria")
        joao = Person(scene, Holder("b" * 64), TabId("tab"))
        given = await joao.join()
        await loses_the_last_transition(server, scene)
        yield scene, given


async def test_no_number_is_given_twice_by_a_store_that_came_back_older(court: CourtId):
    """Not even by the very first thing that happens on it: its epoch has risen before."""
    async with rewound(court) as (scene, given):
        rita = Person(scene, Holder("c" * 64), TabId("tab"))
        number = (await rita.join()).number
        assert given.number == "CV1 002"
        assert int(number.split()[1]) > 100
        read = await scene.store.ticket(court, given.ticket)
        assert (read.ticket, read.as_of.epoch) == (None, 2)


async def test_a_node_that_does_not_know_of_the_loss_gives_no_number_twice_either(court: CourtId):
    """Another one acknowledged it in its last instant, and comes later: that the store was started anew is enough."""
    async with rewound(court) as (scene, given):
        scene.store._client._seen.clear()
        rita, hugo = (Person(scene, Holder(letter * 64), TabId("tab")) for letter in "cd")
        numbers = [(await one.join()).number for one in (rita, hugo)]
        assert given.number == "CV1 002"
        assert numbers == ["CV1 012", "CV1 013"], "once"
        assert (await rita.opens()).as_of.epoch == 2, "what a page shows of before is older, whatever it counted"


async def test_several_who_find_it_out_at_once_adopt_it_once(court: CourtId):
    async with rewound(court) as (scene, _):
        people = [Person(scene, Holder(letter * 64), TabId("tab")) for letter in "cdef"]
        numbers = {(await one).number for one in [asyncio.ensure_future(person.join()) for person in people]}
        assert len(numbers) == 4
        assert len(await scene.events(EventKind.EPOCH_RAISED)) == 1


async def test_no_entry_takes_the_id_of_one_that_is_gone(court: CourtId):
    """Where the store's clock was set back, ids stand still; a reader would take the new entry for the old one."""
    async with rewound(court) as (scene, _):
        await scene.store._client.call("XADD", f"{{{court}}}:events", "9999999999999-1", "n", 2, "at", 1, "kind", "x")
        await scene.store.adopt(court, 50)
        last, *_ = await scene.log.positions(court)
        assert int(last.partition("-")[0]) > 9999999999999


async def test_no_signal_takes_the_id_of_one_that_is_gone(court: CourtId):
    """No event went with it, so nobody knows; a page that has heard it would take the next one for it."""
    async with on_disk(court) as (server, scene):
        maria, ana = await scene.visitor(), await scene.clerk()
        call = await in_call(scene, maria, ana)
        behind = ("XADD", f"{{{court}}}:signals", "9999999999999-1", "n", 9, "at", 1)  # the clock is set back
        await scene.store._client.call(*behind)
        heard = await maria.says(call, "oi")
        await loses_the_last_transition(server, scene)
        said = await maria.says(call, "alguém me ouve?")
        assert position(said) > position(heard)


async def test_numbers_skip_at_every_loss_not_only_at_the_days_first(court: CourtId):
    async with rewound(court) as (scene, _):
        numbers = []
        for letter, seen in (("c", 100), ("d", 500), ("e", 1000)):
            await scene.store.adopt(court, seen)
            numbers.append((await Person(scene, Holder(letter * 64), TabId("tab")).join()).number)
        assert [int(number.split()[1]) // 100 for number in numbers] == [1, 2, 3]


async def test_a_tail_that_outlives_a_store_greets_the_next(court: CourtId):
    """Also where another node has given it every script already, and knew less."""
    with valkey(durable=True) as server:
        client = Client(server.url)
        scene = Scene(RedisStore(client), RedisLog(client, lambda: BlockingReads(server.url, wait_ms=200)), court)
        greeted = asyncio.Event()

        async def greet(_court: CourtId) -> None:
            greeted.set()

        await scene.visitor("maria")
        client.greet_new_servers(greet, lambda: [court])
        async with aclosing(scene.log.tail(court, "0-0", "0-0")) as tail:
            assert len(await first_events(tail, 1)) == 1
            assert not greeted.is_set()
            waiting = asyncio.create_task(first_events(tail, 1))
            server.kill()
            server.start()
            await greeted.wait()
            assert not waiting.done()
            other = Client(server.url)
            await Person(Scene(RedisStore(other), scene.log, court), Holder("b" * 64), TabId("tab")).join()
            assert [event.kind for event in await waiting] == [EventKind.TICKET_JOINED]
            await other.close()
        await client.close()
