"""The court's interpreters are asked into a call: it rings at all who are free; the first who comes has the seat."""

from dataclasses import replace

import pytest

from rooms.errors import Code
from rooms.ids import CallId
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import GuestKind, NotComing
from rooms.model.events import EventKind
from rooms.ports import Request, Round
from rooms.services.pool import POOL
from tests.lua.test_helping import comes_by_link, refused, rings, seen_by, told
from tests.scene import CIVEL, FAMILIA, Clerk, Person, Scene, in_call

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


async def offered(clerk: Clerk) -> str | None:
    """Which interpreter offers to come to this desk."""
    desk = await seen_by(clerk)
    return None if desk.offered is None else desk.offered.interpreter


async def answered(interpreter: Clerk) -> NotComing | None:
    """What an interpreter who offered is told; nothing while it rings."""
    offer = (await seen_by(interpreter)).offer
    return None if offer is None else offer.answer


async def two_calls(scene: Scene) -> tuple[Clerk, CallId, Clerk, CallId, Clerk]:
    """Ana and Bruno each talk with somebody, at one counter; Lia is in the pool."""
    _, ana, call = await talking(scene)
    joao, bruno = await scene.visitor("joao"), await scene.clerk("bruno")
    other = await in_call(scene, joao, bruno)
    (lia,) = await pool(scene, "lia")
    return ana, call, bruno, other, lia


@outcome("offer", "offered")
@outcome("let_in", "came")
async def test_an_interpreter_rings_the_desks_of_a_unit_and_the_first_lets_them_in(scene: Scene):
    ana, call, bruno, other, lia = await two_calls(scene)
    free = await scene.clerk("carla")
    until_ms = await lia.offers()
    assert [await offered(each) for each in (ana, bruno, free)] == ["lia", "lia", None]
    shown, offer = (await seen_by(ana)).offered, (await seen_by(lia)).offer
    assert shown is not None
    assert offer is not None
    assert (shown.name, shown.function, shown.until_ms) == ("Lia", "analista", until_ms)
    assert (offer.unit, offer.until_ms, offer.answer) == (CIVEL, until_ms, None)
    assert await bruno.lets_in(other) == "guest_1"
    assert [await offered(each) for each in (ana, bruno)] == [None, None]
    with refused(Code.NOT_ASKED):
        await ana.lets_in(call)
    seen = await seen_by(lia)
    assert seen.helping is not None
    assert (seen.helping.call.id, seen.helping.guest.kind, seen.offer) == (other, GuestKind.INTERPRETER, None)
    over = {event.attendant: event.facts for event in await scene.events(EventKind.GUEST_OFFER_OVER)}
    assert over == {"bruno": {"asker": "lia", "cause": "came"}, "ana": {"asker": "lia", "cause": "taken"}}


@outcome("refuse_offer", "refused")
async def test_the_interpreter_is_told_when_no_desk_of_the_unit_needs_them(scene: Scene):
    ana, call, bruno, other, lia = await two_calls(scene)
    await lia.offers()
    await ana.refuses_offer(call)
    assert (await answered(lia), await offered(bruno)) == (None, "lia")
    await bruno.refuses_offer(other)
    assert await answered(lia) is NotComing.DECLINED
    await lia.offers()
    await ana.hangs_up(call)
    assert (await offered(ana), await offered(bruno)) == (None, "lia")
    await scene.passes(31)
    assert (await answered(lia), await offered(bruno)) == (NotComing.NO_ANSWER, None)
    await lia.offers()
    await bruno.hangs_up(other)
    assert await answered(lia) is NotComing.BUSY


@outcome("offer", "no_call_there")
async def test_only_a_call_that_has_room_and_no_interpreter_is_offered_one(scene: Scene):
    (lia, rita) = await pool(scene, "lia", "rita")
    with refused(Code.NO_CALL_THERE):
        await lia.offers()
    _, ana, call = await talking(scene)
    with refused(Code.NO_CALL_THERE):
        await lia.offers(FAMILIA)
    await rita.offers()
    with refused(Code.NO_CALL_THERE):
        await lia.offers()
    await ana.lets_in(call)
    with refused(Code.NO_CALL_THERE):
        await lia.offers()
    await rita.hangs_up(call)
    for name in ("rosa", "davi"):
        await comes_by_link(scene, ana, call, name)
    with refused(Code.NO_CALL_THERE):
        await lia.offers()


@outcome("stop_offering", "stopped")
@outcome("stop_offering", "stale_fence")
@outcome("offer", "stale_fence")
@outcome("offer", "wrong_state")
async def test_an_interpreter_who_is_called_elsewhere_or_goes_rings_no_more(scene: Scene):
    ana, call, bruno, _, lia = await two_calls(scene)
    await lia.offers()
    await lia.stops_offering()
    assert [await offered(each) for each in (ana, bruno)] == [None, None]
    await lia.offers()
    await ana.asks_pool(call)
    await lia.comes(call)
    assert [await offered(each) for each in (ana, bruno)] == [None, None]
    with refused(Code.WRONG_STATE):
        await lia.offers()
    await lia.hangs_up(call)
    await lia.offers()
    await lia.status(Status.OFFLINE)
    assert await offered(bruno) is None
    with refused(Code.WRONG_STATE):
        await lia.offers()
    lia.fence -= 1
    with refused(Code.STALE_FENCE):
        await lia.offers()
    with refused(Code.STALE_FENCE):
        await lia.stops_offering()


@outcome("let_in", "stale_fence")
@outcome("let_in", "call_unknown")
@outcome("let_in", "not_asked")
@outcome("let_in", "call_full")
@outcome("refuse_offer", "stale_fence")
@outcome("refuse_offer", "call_unknown")
@outcome("refuse_offer", "not_asked")
async def test_only_the_desk_where_it_rings_lets_an_interpreter_in(scene: Scene):
    ana, call, _, other, lia = await two_calls(scene)
    for act in (ana.lets_in, ana.refuses_offer):
        with refused(Code.NOT_ASKED):
            await act(call)
    await lia.offers()
    for act in (ana.lets_in, ana.refuses_offer):
        with refused(Code.CALL_UNKNOWN):
            await act(other)
    ana.fence, held = ana.fence - 1, ana.fence
    for act in (ana.lets_in, ana.refuses_offer):
        with refused(Code.STALE_FENCE):
            await act(call)
    ana.fence = held
    for name in ("rosa", "davi"):
        await comes_by_link(scene, ana, call, name)
    with refused(Code.CALL_FULL):
        await ana.lets_in(call)


@outcome("offer", "request_reused")
@outcome("stop_offering", "request_reused")
@outcome("let_in", "request_reused")
@outcome("refuse_offer", "request_reused")
async def test_a_request_says_one_thing_only(scene: Scene):
    ana, call, bruno, other, lia = await two_calls(scene)
    store, at = scene.store, scene.court
    once, again = (Request("a:any", "r", said) for said in ("one", "another"))
    first = await store.offer(at, once, lia.id, lia.fence, CIVEL, 30)
    assert await store.offer(at, once, lia.id, lia.fence, CIVEL, 30) == first
    for _ in range(2):
        await store.refuse_offer(at, once, ana.id, ana.fence, call)
        await store.stop_offering(at, once, lia.id, lia.fence)
    await lia.offers()
    assert await store.let_in(at, once, bruno.id, bruno.fence, other) == "guest_1"
    assert await store.let_in(at, once, bruno.id, bruno.fence, other) == "guest_1"
    with refused(Code.REQUEST_REUSED):
        await store.offer(at, again, lia.id, lia.fence, CIVEL, 30)
    with refused(Code.REQUEST_REUSED):
        await store.refuse_offer(at, again, ana.id, ana.fence, call)
    with refused(Code.REQUEST_REUSED):
        await store.stop_offering(at, again, lia.id, lia.fence)
    with refused(Code.REQUEST_REUSED):
        await store.let_in(at, again, bruno.id, bruno.fence, other)


async def test_an_offer_of_nobody_is_mended_and_one_of_somebody_is_left_alone(scene: Scene):
    ana, _, bruno, _, lia = await two_calls(scene)
    await lia.offers()
    await scene.store._client.call("HSET", f"{{{scene.court}}}:attendant:lia", "offers", "bruno")
    found = await scene.store.reconcile(scene.court, Round(), [CIVEL], [ana.id, bruno.id, lia.id])
    assert found is not None
    assert [(each.cause, each.of) for each in found[1]] == [("not_offered", "ana")]
    assert (await offered(ana), await offered(bruno)) == (None, "lia")
