"""A server on three masters with many courts: a master that hangs, or is down, takes its own courts alone."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rooms.errors import Code
from rooms.ids import CourtId
from rooms.model.ticket import TicketState
from rooms.sql.directory import SqlDirectory
from rooms.sql.engine import open_engine, upgrade
from rooms.sql.importing import read_site
from signaling.protocol import commands as say
from signaling.protocol.commands import Accepted, Refused
from tests.server.conftest import Crowd
from tests.server.harness import COURT, UNIT, WITHIN_S, Visitor, World, form
from tests.server.test_store_away import again
from tests.stores import Cluster, ClusterNode, later, valkey_cluster

OTHERS = 12
"""So many courts of one master, each waited for in turn, would take longer than what counts as an outage."""
SWEPT_MS = 8_000
"""As long as a court has to be swept with that master hung: twice as long as any round could then be late unseen."""
RING_S = 61


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with valkey_cluster() as running:
        yield running


@pytest.fixture
def others(cluster: Cluster) -> list[CourtId]:
    """Courts that are together on a master that is not the demo's."""
    names = [CourtId(f"tjx{n}") for n in range(100)]
    there = cluster.of(next(name for name in names if cluster.of(name) is not cluster.of(COURT)))
    return [name for name in names if cluster.of(name) is there][:OTHERS]


@pytest.fixture
async def place(cluster: Cluster, others: list[CourtId]) -> AsyncIterator[World]:
    """A site with the demo's court, which is chosen by default, and the others, each by a name of its own."""
    with TemporaryDirectory(prefix="bv-server-") as folder:
        world = World(cluster, Path(folder))
        await upgrade(world.of().sql_url)
        engine = open_engine(world.of().sql_url)
        site = read_site((files("rooms.sql.demo") / "tjmt.json").read_text(encoding="utf-8"))
        await SqlDirectory(engine).put(site)
        for other in others:
            court = replace(site.court, id=other, hosts=(f"{other}.example",))
            await SqlDirectory(engine).put(replace(site, court=court, units=site.units[:1], staff=()))
        await engine.dispose()
        yield world


@contextmanager
def hangs(node: ClusterNode) -> Iterator[None]:
    """Its process stands still; it takes what it is sent, and does it later."""
    os.kill(node.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(node.pid, signal.SIGCONT)


@contextmanager
def is_down(node: ClusterNode) -> Iterator[None]:
    """It is killed, and started again on what it had on disk."""
    node.kill()
    try:
        yield
    finally:
        node.start()


async def test_a_master_that_hangs_stops_the_time_of_its_own_courts_alone(
    cluster: Cluster, others: list[CourtId], place: World
):
    async with place.server() as server:
        crowd = Crowd(server)
        maria, ana = await crowd.visitor(), await crowd.attendant()
        await ana.available()
        with hangs(cluster.of(others[0])), cluster.connect(cluster.of(COURT)) as store:
            await maria.join()
            await ana.do(say.CallNext())
            await maria.until(lambda view: view.ticket and view.ticket.ring)
            began = int(store.get(f"{{{COURT}}}:swept"))
            while int(store.get(f"{{{COURT}}}:swept")) < began + SWEPT_MS:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.05)
            assert store.get(f"{{{COURT}}}:grace") is None, "nobody took it for an outage"
            await later(f"redis://127.0.0.1:{cluster.of(COURT).port}", COURT, RING_S)
            view = await maria.until(lambda view: view.ticket and view.ticket.ring is None)
            assert view.ticket.state is TicketState.WAITING
        await crowd.leave()


async def test_a_master_that_is_down_keeps_no_server_from_starting_and_its_courts_follow(
    cluster: Cluster, others: list[CourtId], place: World
):
    cluster.of(others[0]).kill()
    async with place.server() as server:
        crowd = Crowd(server)
        maria = await crowd.visitor()
        assert (await maria.join()).number == "CV1 001"
        assert (await maria.request("GET", f"units/{UNIT}"))[0] == HTTPStatus.OK
        there = {"Host": f"{others[0]}.example"}
        status, refused = await maria.request("GET", "units", **there)
        assert (status, refused["code"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "store_away")
        status, ready = await maria.request("GET", "../../readyz")
        assert (status, set(ready["away"])) == (HTTPStatus.OK, set(others)), "a proxy goes on sending people"

        cluster.of(others[0]).start()
        async with asyncio.timeout(2 * WITHIN_S):
            while (await maria.request("GET", "units", **there))[0] != HTTPStatus.OK:
                pass
        await crowd.leave()


@pytest.mark.parametrize("away", [hangs, is_down])
async def test_a_court_whose_master_is_away_says_so_at_the_door_and_to_whoever_is_in_and_serves_them_then(
    cluster: Cluster,
    others: list[CourtId],
    place: World,
    away: Callable[[ClusterNode], AbstractContextManager[None]],
):
    """And to nobody of another court."""
    # whoever asks until it is back asks often
    async with place.server(flood_messages=10_000) as server:
        crowd = Crowd(server)
        maria = await crowd.visitor()
        there, newcomer = (crowd.add(Visitor(server, host=f"{others[0]}.example")) for _ in range(2))
        await there.arrive()
        await newcomer.request("POST", "session")
        with away(cluster.of(others[0])):
            refused = await there.ask(form(), "join-0001")
            assert isinstance(refused, Refused)
            assert refused.code is Code.STORE_AWAY
            await newcomer.connect()
            assert newcomer.refused is not None
            assert newcomer.refused.code is Code.STORE_AWAY
            assert there.connected
            assert (await maria.join()).number == "CV1 001"
        joined = await again(there, form(), "join-0001")
        assert isinstance(joined, Accepted), joined
        assert (await there.until(lambda view: view.ticket)).ticket.number == joined.result.number
        while not newcomer.connected:
            await newcomer.connect()
        assert (await newcomer.join()).number > joined.result.number
        assert (await maria.until(lambda view: view.ticket)).ticket.ahead == 0, "of another line"
        await crowd.leave()
