"""From the counter to the history: exactly once, one node at a time, whoever is killed in between."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from rooms.errors import Code, ConflictError, UnavailableError
from rooms.model.ticket import TicketState
from rooms.services.house import House
from rooms.services.recorder import Recorder
from rooms.sql.history import SqlHistory
from tests.houses import EnoughError, FixedDirectory, FixedHistory
from tests.scene import Scene, in_call

pytest_plugins = ["tests.contract.databases"]


@pytest.fixture
def history(engine: AsyncEngine) -> SqlHistory:
    return SqlHistory(engine)


async def recorder(scene: Scene, history, node: str = "node-1", log=None, pause=asyncio.sleep) -> Recorder:
    house = House(FixedDirectory(scene.court), FixedHistory())
    await house.open()
    return Recorder(scene.store, log or scene.log, history, house, node=node, pause=pause)


async def visit(scene: Scene) -> str:
    """A whole visit; answers its receipt's code."""
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await ana.hangs_up(call)
    await ana.finishes(call)
    return (await maria.ticket()).receipt


async def test_a_visit_at_the_counter_is_a_visit_of_the_past(scene: Scene, history: SqlHistory):
    receipt = await visit(scene)
    written = await (await recorder(scene, history)).record(scene.court)
    assert written == len(await scene.events())
    past = await history.receipt(scene.court, receipt)
    assert (past.state, past.outcome, past.attendant, past.position) == (TicketState.SERVED, "informed", "ana", 1)
    assert past.handling_ms is not None
    assert await history.cursor(scene.court) == ((await scene.events())[-1].id, written)


async def test_nothing_is_recorded_twice(scene: Scene, history: SqlHistory):
    await visit(scene)
    one = await recorder(scene, history)
    await one.record(scene.court)
    assert await one.record(scene.court) == 0


async def test_a_second_node_waits_for_the_lease(scene: Scene, history: SqlHistory):
    one, two = await recorder(scene, history, "node-1"), await recorder(scene, history, "node-2")
    await one.record(scene.court)
    await visit(scene)
    assert await two.record(scene.court) == 0
    await scene.store._client.call("DEL", f"{{{scene.court}}}:recorder")
    assert await two.record(scene.court) > 0


async def test_a_node_that_lost_the_lease_without_knowing_writes_nothing(scene: Scene, history: SqlHistory):
    await visit(scene)
    await history.record(scene.court, (await scene.events())[:1], 2)
    with pytest.raises(ConflictError, match=Code.STALE_FENCE):
        await (await recorder(scene, history)).record(scene.court)


async def test_a_store_older_than_the_history_gets_a_new_epoch(scene: Scene, history: SqlHistory):
    one = await recorder(scene, history)
    assert await one.adopt(scene.court) == 1
    await visit(scene)
    await one.record(scene.court)
    await scene.store._client.call("SET", f"{{{scene.court}}}:n", 2)
    assert await one.adopt(scene.court) == 2


async def test_a_store_that_falls_back_under_way_gets_a_new_epoch_and_loses_nothing_after_it(
    scene: Scene, history: SqlHistory
):
    one = await recorder(scene, history)
    await visit(scene)
    await one.record(scene.court)
    await scene.store._client.call("SET", f"{{{scene.court}}}:n", 2)
    assert await one.record(scene.court) == 1, "the new epoch itself"
    joao = await scene.visitor("joão")
    assert await one.record(scene.court) == 1
    assert (await scene.store.ticket_of(scene.court, joao.holder)).as_of.epoch == 2


class Flaky:
    """A log that is away first, then says that the lease is another's, then is the real one."""

    def __init__(self, log) -> None:
        self._log = log
        self._answers = iter((UnavailableError(Code.STORE_AWAY), ConflictError(Code.STALE_FENCE)))

    def __getattr__(self, name: str):
        return getattr(self._log, name)

    async def hold_recorder(self, *lease):
        refusal = next(self._answers, None)
        if refusal is not None:
            raise refusal
        return await self._log.hold_recorder(*lease)


async def test_it_records_as_soon_as_it_can(scene: Scene, history: SqlHistory):
    receipt = await visit(scene)
    pauses = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise EnoughError

    with pytest.RaisesGroup(EnoughError):
        await (await recorder(scene, history, log=Flaky(scene.log), pause=pause)).run()
    assert (await history.receipt(scene.court, receipt)).outcome == "informed"


async def test_another_conflict_is_a_bug_and_is_not_hidden(scene: Scene, history: SqlHistory):
    log = Flaky(scene.log)
    log._answers = iter((ConflictError(Code.WRONG_STATE),))
    with pytest.RaisesGroup(pytest.RaisesExc(ConflictError, match=Code.WRONG_STATE)):
        await (await recorder(scene, history, log=log)).run()
