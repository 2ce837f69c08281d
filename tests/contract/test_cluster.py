"""Many courts on a real cluster of three masters: a court is one shard, and shares nothing with the others."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing

import pytest
from redis.crc import key_slot

from rooms.errors import Code, RoomsError
from rooms.ids import CourtId, EntryId
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from tests.scene import Scene, in_call
from tests.stores import Cluster, ClusterNode, valkey_cluster

COURTS = [CourtId(f"tj{uf}") for uf in ("ac", "al", "am", "ap", "ba", "ce", "df", "es", "go", "ma", "mg", "ms", "mt")]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with valkey_cluster() as running:
        yield running


@pytest.fixture
async def scenes(cluster: Cluster) -> AsyncIterator[list[Scene]]:
    """Every court's counter, through one client."""
    client = Client(cluster.url)
    log = RedisLog(client, lambda: BlockingReads(cluster.url, wait_ms=200))
    store = RedisStore(client)
    for court in COURTS:
        await store.adopt(court, 0)
        await store.sweep(court)
    yield [Scene(store, log, court) for court in COURTS]
    await client.close()


def by_node(cluster: Cluster, scenes: list[Scene]) -> list[tuple[ClusterNode, list[Scene]]]:
    return [(node, [scene for scene in scenes if cluster.of(scene.court) is node]) for node in cluster.nodes]


async def test_courts_are_spread_over_the_nodes_and_each_is_served_whole(cluster: Cluster, scenes: list[Scene]):
    assert all(courts for _, courts in by_node(cluster, scenes)), "no node is idle"
    for scene in scenes:
        maria, ana = await scene.visitor(), await scene.clerk()
        call = await in_call(scene, maria, ana)
        await maria.hangs_up(call)
        await ana.finishes(call)
        assert (await scene.unit()).served_today == 1
        events = await scene.events()
        assert [event.n for event in events] == list(range(1, len(events) + 1))
    for node, courts in by_node(cluster, scenes):
        with cluster.connect(node) as server:
            tags = {str(name).split(":", maxsplit=1)[0] for name in server.keys("*")}
        assert tags == {f"{{{scene.court}}}" for scene in courts}


async def test_each_court_is_followed_where_it_is(scenes: list[Scene]):
    async def first_of(scene: Scene) -> str | None:
        tail = scene.log.tail(scene.court, EntryId("0-0"), EntryId("0-0"))
        async with aclosing(tail):
            async for events, _ in tail:
                return events[-1].ticket
        return None

    tails = [asyncio.create_task(first_of(scene)) for scene in scenes]
    people = [await scene.visitor() for scene in scenes]
    assert await asyncio.gather(*tails) == [person.ticket_id for person in people]


async def test_a_node_that_is_down_takes_its_own_courts_alone(cluster: Cluster, scenes: list[Scene]):
    people = {scene.court: await scene.visitor() for scene in scenes}
    dead, lost = by_node(cluster, scenes)[0]
    dead.kill()
    for scene in scenes:
        if scene in lost:
            with pytest.raises(RoomsError, match=f"^{Code.STORE_AWAY}$"):
                await scene.unit()
        else:
            await until_served(scene)
    dead.start()
    cluster.agree(cluster.nodes)
    for scene in lost:
        await until_served(scene)
        assert [row.ticket for row in (await scene.unit()).line] == [people[scene.court].ticket_id]


async def test_a_court_moves_to_another_node_with_everybody_in_line(cluster: Cluster, scenes: list[Scene]):
    """By Valkey's atomic migration: one that moves key by key would show a script half of a court."""
    scene = scenes[-1]
    people = [await scene.visitor(f"visitor-{n}") for n in range(20)]
    source = cluster.of(scene.court)
    target = next(node for node in cluster.nodes if node is not source)
    slot = key_slot(scene.court.encode())
    with cluster.connect(target) as server:
        name = server.execute_command("CLUSTER", "MYID")
    with cluster.connect(source) as server:
        server.execute_command("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", slot, slot, "NODE", name)
    joined = 0
    while not has_court(cluster, target, scene.court):
        joined += 1
        await until_served(scene)
        people.append(await scene.visitor(f"late-{joined}"))
    assert [row.ticket for row in (await scene.unit()).line] == [person.ticket_id for person in people]
    assert not has_court(cluster, source, scene.court)


def has_court(cluster: Cluster, node: ClusterNode, court: CourtId) -> bool:
    """Whether the node answers for the court's slot."""
    slot = key_slot(court.encode())
    with cluster.connect(node) as server:
        mine = str(server.execute_command("CLUSTER", "MYID"))
        return any(
            first <= slot <= last and members[0][2] == mine
            for first, last, *members in server.execute_command("CLUSTER", "SLOTS")
        )


async def until_served(scene: Scene) -> None:
    """The court answers: a client that has lost a node asks the others first where everything is."""
    for _ in range(50):
        try:
            await scene.store.now(scene.court)
        except RoomsError:
            await asyncio.sleep(0.1)
            continue
        return
    raise AssertionError(f"{scene.court} is not served")
