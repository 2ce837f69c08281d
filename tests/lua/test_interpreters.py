"""The court's interpreters are asked into a call: it rings at all who are free; the first who comes has the seat."""

from dataclasses import replace

import pytest

from rooms.errors import Code
from rooms.ids import CallId
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import GuestKind, NotComing
from rooms.model.events import EventKind
from rooms.ports import Request
from rooms.services.pool import POOL
from tests.lua.test_helping import comes_by_link, refused, rings, seen_by, told
from tests.scene import Clerk, Person, Scene, in_call

outcome = pytest.mark.outcome


async def talking(scene: Scene) -> tuple[Person, Clerk, CallId]:
    maria, ana = await scene.visitor(), await scene.clerk()
    return maria, ana, await in_call(scene, maria, ana)


async def pool(scene: Scene, *names: str) -> list[Clerk]:
    return [await scene.clerk(name, (POOL,)) for name in names]


@outcome("ask_interpreters", "asked")
async def test_it_rings_at_all_who_are_free_and_the_first_who_comes_has_the_seat(scene: Scene):
    _, ana, call = await talking(scene)
    lia, davi, rita, bruno = *await pool(scene, "lia", "davi", "rita"), await scene.clerk("bruno")
    await rita.status(Status.PAUSED, PauseReason.BREAK)
    until_ms = await ana.asks_pool(call)
    assert [await rings(each) for each in (lia, davi, rita, bruno)] == [call, call, None, None]
    desk = await seen_by(ana)
    assert desk.call is not None
    assert desk.call.asked is not None
    assert (desk.call.asked.kind, desk.call.asked.name, desk.call.asked.until_ms) == (
        GuestKind.INTERPRETER,
        None,
        until_ms,
    )
    assert await davi.comes(call) == "guest_1"
    assert [await rings(each) for each in (lia, davi)] == [None, None]
    with refused(Code.NOT_ASKED):
        await lia.comes(call)
    assert [guest.kind for guest in (await seen_by(ana)).guests] == [GuestKind.INTERPRETER]
    causes = {event.attendant: event.facts["cause"] for event in await scene.events(EventKind.GUEST_ANSWERED)}
    assert causes == {"davi": "came", "lia": "taken"}
    assert (await davi.desk()).activity is Activity.HELPING
    await davi.hangs_up(call)
    assert (await davi.desk()).status is Status.AVAILABLE


async def test_who_asked_is_told_when_nobody_is_left(scene: Scene):
    _, ana, call = await talking(scene)
    lia, davi = await pool(scene, "lia", "davi")
    await ana.asks_pool(call)
    await lia.declines(call)
    assert (await told(ana), await rings(davi)) == (None, call)
    await davi.declines(call)
    assert await told(ana) is NotComing.DECLINED
    await ana.asks_pool(call)
    await lia.status(Status.OFFLINE)
    await scene.passes(31)
    assert (await told(ana), await rings(davi)) == (NotComing.NO_ANSWER, None)


@outcome("ask_interpreters", "no_interpreter")
async def test_somebody_with_another_or_asked_by_another_is_not_free(scene: Scene):
    _, ana, call = await talking(scene)
    with refused(Code.NO_INTERPRETER):
        await ana.asks_pool(call)
    lia, davi = await pool(scene, "lia", "davi")
    joao, bruno = await scene.visitor("joao"), await scene.clerk("bruno")
    other = await in_call(scene, joao, bruno)
    await bruno.asks_pool(other)
    with refused(Code.NO_INTERPRETER):
        await ana.asks_pool(call)
    await lia.comes(other)
    await ana.asks_pool(call)
    assert (await rings(lia), await rings(davi)) == (None, call)


async def test_the_last_seat_is_for_the_first_of_those_who_come(scene: Scene):
    _, ana, call = await talking(scene)
    (lia,) = await pool(scene, "lia")
    await comes_by_link(scene, ana, call, "rosa")
    await ana.asks_pool(call)
    assert await lia.comes(call) == "guest_2"


@outcome("ask_interpreters", "stale_fence")
@outcome("ask_interpreters", "call_unknown")
@outcome("ask_interpreters", "wrong_state")
@outcome("ask_interpreters", "call_full")
@outcome("ask_interpreters", "request_reused")
async def test_only_the_desk_whose_call_it_is_asks_and_only_while_they_talk(scene: Scene):
    maria, ana, bruno = await scene.visitor(), await scene.clerk(), await scene.clerk("bruno")
    (lia,) = await pool(scene, "lia")
    call = (await ana.calls()).call
    with refused(Code.WRONG_STATE):
        await ana.asks_pool(call)
    await maria.enters(call)
    with refused(Code.CALL_UNKNOWN):
        await bruno.asks_pool(call)
    ana.fence, held = ana.fence - 1, ana.fence
    with refused(Code.STALE_FENCE):
        await ana.asks_pool(call)
    ana.fence = held
    once, again = (Request("a:ana", "r", said) for said in ("one", "another"))
    first = await scene.store.ask_interpreters(scene.court, once, ana.id, ana.fence, call, POOL, 30)
    assert await scene.store.ask_interpreters(scene.court, once, ana.id, ana.fence, call, POOL, 30) == first
    with refused(Code.REQUEST_REUSED):
        await scene.store.ask_interpreters(scene.court, again, ana.id, ana.fence, call, POOL, 30)
    await lia.declines(call)
    for name in ("rosa", "davi"):
        await comes_by_link(scene, ana, call, name)
    with refused(Code.CALL_FULL):
        await ana.asks_pool(call)


async def test_whoever_sits_in_the_pool_has_left_the_units_counter(scene: Scene):
    bruno = await scene.clerk("bruno")
    assert [desk.attendant for desk in (await scene.unit()).attendants] == ["bruno"]
    at_pool = Clerk(scene, replace(bruno.staff, units=(POOL,)), bruno.tab)
    await at_pool.open("the interpreters' page", take_over=True)
    assert (await scene.unit()).attendants == ()
    await bruno.open("the desk", take_over=True)
    assert [desk.attendant for desk in (await scene.unit()).attendants] == ["bruno"]
