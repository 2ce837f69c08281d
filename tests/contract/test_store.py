"""The live state on the real thing: short of memory, away, hanging, killed, forgetful."""

import asyncio
import os
import signal

import pytest

from rooms.errors import Code, UnavailableError
from rooms.ids import CourtId
from rooms.model.events import EventKind
from rooms.ports import Session
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from tests.scene import CIVEL, Scene, in_call
from tests.stores import Valkey, valkey

WITHIN_S = 15


def refused(code: Code):
    return pytest.raises(UnavailableError, match=f"^{code}$")


async def scene_on(server: Valkey, court: CourtId) -> tuple[Scene, Client]:
    client = Client(server.url)
    log = RedisLog(client, lambda: BlockingReads(server.url, wait_ms=200))
    scene = Scene(RedisStore(client), log, court)
    await scene.store.adopt(court, 0)
    await scene.sweep()
    return scene, client


async def test_a_full_store_refuses_words_before_joins(court: CourtId):
    with valkey() as server:
        scene, client = await scene_on(server, court)
        maria, ana = await scene.visitor("maria"), await scene.clerk()
        call = await in_call(scene, maria, ana)
        await client.call("CONFIG", "SET", "maxmemory", "1")
        with refused(Code.STORE_FULL):
            await maria.says(call)
        await scene.visitor("joão")
        await maria.hangs_up(call)
        await ana.finishes(call)
        assert (await scene.unit()).served_today == 1
        await client.close()


async def test_a_store_that_has_forgotten_its_scripts_is_told_them_again(court: CourtId):
    with valkey() as server:
        scene, client = await scene_on(server, court)
        await scene.visitor("maria")
        await client.call("SCRIPT", "FLUSH")
        assert (await (await scene.visitor("joão")).ticket()).number == "CV1 002"
        await client.close()


async def test_a_store_that_is_away_is_said_so_and_used_again_when_it_is_back(court: CourtId):
    with valkey() as server:
        scene, client = await scene_on(server, court)
        server.kill()
        with refused(Code.STORE_AWAY):
            await scene.store.now(court)
        server.start()
        await scene.store.ping()
        await client.close()


async def test_a_store_that_hangs_is_not_waited_for(court: CourtId):
    with valkey() as server:
        scene, client = await scene_on(server, court)
        os.kill(server.pid, signal.SIGSTOP)
        try:
            with refused(Code.STORE_AWAY):
                await scene.store.now(court)
        finally:
            os.kill(server.pid, signal.SIGCONT)
        await client.close()


async def test_everybody_is_still_in_line_an_hour_after_the_store_was_killed(court: CourtId):
    with valkey(durable=True) as server:
        scene, client = await scene_on(server, court)
        people = [await scene.visitor(f"visitor-{n}") for n in range(5)]
        ana = await scene.clerk()
        rung = await ana.calls()
        waiting = [row.ticket for row in (await scene.unit()).line]
        server.kill()
        await client.close()
        server.start()
        # a new process, an hour later: nobody has swept meanwhile, only the clock has gone on
        client = Client(server.url)
        scene.store = RedisStore(client)
        scene.log = RedisLog(client, lambda: BlockingReads(server.url))
        await client.call("INCRBY", f"{{{court}}}:clock", 3_600_000)
        assert (await scene.store.sweep(court)).acted == 0
        unit = await scene.unit()
        assert [row.ticket for row in unit.line] == waiting
        assert all(row.present for row in unit.line)
        assert (await people[0].ticket()).call == rung.call
        await people[0].enters(rung.call)
        assert [event.n for event in await scene.events()] == list(range(1, len(await scene.events()) + 1))
        await client.close()


async def test_racing_clerks_share_the_line_without_a_loss(scene: Scene):
    people = [await scene.visitor(f"visitor-{n}") for n in range(20)]
    clerks = [await scene.clerk(f"clerk-{n}") for n in range(20)]
    rung = await asyncio.gather(*(clerk.calls() for clerk in clerks))
    assert {one.ticket for one in rung} == {person.ticket_id for person in people}


async def test_courts_share_nothing(scene: Scene, court: CourtId):
    other = Scene(scene.store, scene.log, CourtId(f"{court}-2"))
    await scene.visitor("maria")
    assert (await other.unit()).line == ()
    joao = await other.visitor("maria")
    assert (await joao.ticket()).number == "CV1 001"


async def test_no_name_leaves_the_ticket(scene: Scene):
    """Events, signals and every key: the visitor's name stands in the ticket's own hash and nowhere else."""
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await maria.hangs_up(call)
    client = scene.store._client
    names = await client.call("KEYS", f"{{{scene.court}}}*")
    holders = [name for name in names if "Dores" in str(await readable(client, name))]
    assert holders == [f"{{{scene.court}}}:ticket:{maria.ticket_id}"]


async def test_every_key_of_a_court_carries_its_hash_tag(court: CourtId):
    """One shard a court: Redis Cluster keeps together what shares the braces."""
    with valkey() as server:
        scene, client = await scene_on(server, court)
        maria, joao, ana = await scene.visitor("maria", network="n"), await scene.visitor("joão"), await scene.clerk()
        await scene.store.sign_in(court, "cookie", Session(ana.id, "attendant"), 60)
        await scene.store.attempt(court, "ana", "network")
        await scene.log.hold_recorder(court, "node", 1000)
        await maria.sees((await ana.calls()).call)
        await scene.passes(61)
        await maria.leave()
        await joao.hangs_up(await in_call(scene, joao, ana))
        names = await client.call("KEYS", "*")
        assert len(names) > 20
        assert [name for name in names if not str(name).startswith(f"{{{court}}}:")] == []
        await client.close()


async def readable(client: Client, name: str) -> object:
    match await client.call("TYPE", name):
        case "hash":
            return await client.call("HGETALL", name)
        case "stream":
            return await client.call("XRANGE", name, "-", "+")
        case "string":
            return await client.call("GET", name)
        case "set":
            return await client.call("SMEMBERS", name)
        case "zset":
            return await client.call("ZRANGE", name, 0, -1)
        case kind:
            raise AssertionError(kind)


async def test_an_ended_visit_leaves_nothing_that_stays_for_ever(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await maria.hangs_up(call)
    await ana.finishes(call)
    await scene.passes(16)  # until then it is heard how the call went
    client = scene.store._client
    names = [str(name) for name in await client.call("KEYS", f"{{{scene.court}}}*")]
    about = [name for name in names if maria.ticket_id in name or call in name or maria.holder in name]
    assert len(about) >= 4
    for name in about:
        assert 0 < int(str(await client.call("TTL", name))) <= 3600, name
    assert await client.call("ZCARD", f"{{{scene.court}}}:deadlines") == 1, "the attendant's lease"


async def test_served_and_left_are_counted_by_the_unit(scene: Scene):
    maria, joao, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await maria.hangs_up(call)
    await joao.leave()
    unit = await scene.unit(CIVEL)
    assert (unit.served_today, unit.left_today) == (1, 1)
    assert len(await scene.events(EventKind.TICKET_ENDED)) == 2


async def test_a_cancellation_is_never_lost_in_a_command():
    """Were it, a server's loops would go on for ever at its end; what is cancelled here is at any step of a command."""

    async def ask_for_ever() -> None:
        while True:
            await client.call("PING")

    with valkey() as server:
        client = Client(server.url)
        asking = []
        for steps in range(60):
            asking.append(asyncio.create_task(ask_for_ever()))
            for _ in range(steps):
                await asyncio.sleep(0)
            asking[-1].cancel()
        await asyncio.wait(asking, timeout=WITHIN_S)
        going_on = [task for task in asking if not task.done()]
        for task in going_on:
            task.cancel()
        await client.close()
    assert not going_on
