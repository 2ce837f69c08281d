"""The house goes round its courts, tells what it put right, and counts it."""

import pytest

from rooms.errors import Code, UnavailableError
from rooms.services.house import House
from rooms.services.reconciler import Reconciler
from tests.houses import EnoughError, FixedDirectory, FixedHistory
from tests.scene import Scene


async def reconciler(scene: Scene, told: list, store=None, pause=None) -> Reconciler:
    house = House(FixedDirectory(scene.court), FixedHistory())
    await house.open()
    return Reconciler(
        store or scene.store,
        house,
        pause=pause,
        jitter=lambda: 0.5,
        tell=lambda court, mended: told.append((court, mended.cause, mended.of)),
    )


async def test_what_is_mended_is_told_and_counted(scene: Scene):
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    for person in (maria, joao):
        await scene.store._client.call("ZREM", f"{{{scene.court}}}:line:civel", person.ticket_id)
    told: list = []
    one = await reconciler(scene, told)
    assert await one.reconcile(scene.court) == 2
    assert sorted(told) == sorted((scene.court, "not_in_line", person.ticket_id) for person in (maria, joao))
    assert one.mended == {(scene.court, "not_in_line"): 2}
    assert len((await scene.unit()).line) == 2


async def test_a_second_node_leaves_the_round_to_the_first(scene: Scene):
    maria = await scene.visitor()
    first, second = await reconciler(scene, []), await reconciler(scene, [])
    await first.reconcile(scene.court)
    await scene.store._client.call("ZREM", f"{{{scene.court}}}:line:civel", maria.ticket_id)
    assert await second.reconcile(scene.court) == 0
    assert not second.mended


class Away:
    """A store that is away the first time; the rest of it is the real one."""

    def __init__(self, store) -> None:
        self._store = store
        self.asked = 0

    async def reconcile(self, *asked):
        self.asked += 1
        if self.asked == 1:
            raise UnavailableError(Code.STORE_AWAY)
        return await self._store.reconcile(*asked)


async def test_it_waits_for_a_store_that_is_away_and_goes_round_every_fifteen_seconds(scene: Scene):
    maria = await scene.visitor()
    await scene.store._client.call("ZREM", f"{{{scene.court}}}:line:civel", maria.ticket_id)
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise EnoughError

    store = Away(scene.store)
    told: list = []
    with pytest.RaisesGroup(EnoughError):
        await (await reconciler(scene, told, store, pause)).run()
    assert pauses == [pytest.approx(15.0)] * 3
    assert store.asked > 1
    assert [cause for _, cause, _ in told] == ["not_in_line"]
