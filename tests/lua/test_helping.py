"""A colleague is asked into a call: it rings at their desk, they come or do not, and their own line is as it was."""

import json
from collections.abc import Sequence

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import CallId, GuestId, RequestId, TabId
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import CallState, GuestKind, NotComing, WhyLeft
from rooms.model.events import EventKind
from rooms.model.snapshot import Desk
from rooms.model.ticket import TicketState
from rooms.ports import Request, Round
from tests.scene import CIVEL, FAMILIA, Clerk, Person, Scene, in_call

outcome = pytest.mark.outcome


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


async def talking(scene: Scene) -> tuple[Person, Clerk, Clerk, CallId]:
    """Maria and Ana talk; Bruno is free at the same counter."""
    maria, ana, bruno = await scene.visitor(), await scene.clerk(), await scene.clerk("bruno")
    return maria, ana, bruno, await in_call(scene, maria, ana)


async def helping(scene: Scene) -> tuple[Person, Clerk, Clerk, CallId]:
    """Bruno is in the call of the two."""
    maria, ana, bruno, call = await talking(scene)
    await ana.asks(call, bruno)
    await bruno.comes(call)
    return maria, ana, bruno, call


async def seen_by(clerk: Clerk) -> Desk:
    return await clerk.scene.store.desk(clerk.scene.court, clerk.id)


async def told(ana: Clerk) -> NotComing | None:
    """What whoever asked is told; nothing while it rings."""
    desk = await seen_by(ana)
    assert desk.call is not None
    return None if desk.call.asked is None else desk.call.asked.answer


async def rings(clerk: Clerk) -> CallId | None:
    desk = await seen_by(clerk)
    return None if desk.asked is None else desk.asked.call


async def log(scene: Scene, call: CallId) -> Sequence[tuple[str, dict]]:
    return [(each.kind, json.loads(each.body)) for each in await scene.log.call_log(scene.court, call, None, 1000)]


@outcome("ask_colleague", "asked")
@outcome("come", "came")
async def test_whoever_is_asked_comes_and_everybody_is_told_who_it_is(scene: Scene):
    maria, ana, bruno, call = await talking(scene)
    until_ms = await ana.asks(call, bruno)
    asked, desk = (await seen_by(bruno)).asked, await seen_by(ana)
    assert asked is not None
    assert (asked.call, asked.unit, asked.number, asked.name, asked.function, asked.kind, asked.until_ms) == (
        call, CIVEL, (await maria.ticket()).number, "Ana", "analista", GuestKind.COLLEAGUE, until_ms
    )  # fmt: skip
    assert desk.call is not None
    assert desk.call.asked is not None
    assert (desk.call.asked.name, desk.call.asked.until_ms, desk.call.asked.answer) == ("Bruno", until_ms, None)
    assert await bruno.comes(call) == "guest_1"
    assert (await log(scene, call))[-1] == (
        "came",
        {"type": "came", "party": "guest_1", "kind": "colleague", "name": "Bruno", "function": "analista"},
    )
    seen, desk = await seen_by(bruno), await seen_by(ana)
    assert (seen.asked, seen.attendant.activity, seen.attendant.status) == (None, Activity.HELPING, Status.AVAILABLE)
    assert seen.helping is not None
    assert (seen.helping.call.id, seen.helping.number) == (call, asked.number)
    assert desk.guests == (seen.helping.guest,)
    assert desk.call is not None
    assert desk.call.asked is None
    events = [event for event in await scene.events() if event.kind.startswith("guest.")]
    assert [(event.kind, event.attendant, event.facts.get("cause")) for event in events] == [
        (EventKind.GUEST_ASKED, "bruno", None),
        (EventKind.GUEST_ANSWERED, "bruno", "came"),
        (EventKind.GUEST_CAME, "ana", None),
    ]


async def test_whoever_helps_calls_nobody_and_the_board_says_so(scene: Scene):
    *_, bruno, _ = await helping(scene)
    await scene.visitor("joao")
    with refused(Code.WRONG_STATE):
        await bruno.calls()
    shown = {desk.attendant: (desk.status, desk.activity) for desk in (await scene.unit()).attendants}
    assert shown["bruno"] == (Status.AVAILABLE, Activity.HELPING)


@pytest.mark.parametrize(("status", "pause"), [(Status.AVAILABLE, None), (Status.PAUSED, PauseReason.LUNCH)])
async def test_whoever_has_helped_is_as_they_were(scene: Scene, status, pause):
    maria, ana, bruno, call = await talking(scene)
    await bruno.status(status, pause)
    await ana.asks(call, bruno)
    await bruno.comes(call)
    await bruno.hangs_up(call)
    desk = await bruno.desk()
    assert (desk.status, desk.pause, desk.activity) == (status, pause, Activity.IDLE)
    assert (await log(scene, call))[-1] == ("left", {"type": "left", "party": "guest_1", "reason": "left"})
    assert (await maria.ticket()).state is TicketState.IN_CALL
    assert (await seen_by(bruno)).helping is None
    with refused(Code.CALL_UNKNOWN):
        await bruno.hangs_up(call)


async def test_members_speak_from_their_own_desk_and_strangers_do_not(scene: Scene):
    maria, ana, bruno, call = await helping(scene)
    carla = await scene.clerk("carla")
    await bruno.says(call, to="visitor")
    await maria.says(call, to="guest_1")
    said = [
        (each.sender, each.to)
        for each in await scene.log.call_log(scene.court, call, None, 1000)
        if each.kind == "chat"
    ]
    assert said == [("guest_1", "visitor"), ("visitor", "guest_1")]
    with refused(Code.NOT_MEMBER):
        await carla.says(call)
    bruno.fence, held = bruno.fence - 1, bruno.fence
    with refused(Code.STALE_FENCE):
        await bruno.says(call)
    with refused(Code.STALE_FENCE):
        await bruno.hangs_up(call)
    bruno.fence = held
    await bruno.hangs_up(call)
    with refused(Code.NOT_MEMBER):
        await bruno.says(call)
    with refused(Code.NOT_MEMBER):
        await ana.says(call, to="guest_1")


@outcome("decline", "declined")
@outcome("decline", "not_asked")
@outcome("decline", "stale_fence")
async def test_whoever_declines_is_not_rung_any_more_and_who_asked_is_told(scene: Scene):
    _, ana, bruno, call = await talking(scene)
    await ana.asks(call, bruno)
    bruno.fence, held = bruno.fence - 1, bruno.fence
    with refused(Code.STALE_FENCE):
        await bruno.declines(call)
    bruno.fence = held
    await bruno.declines(call)
    assert (await told(ana), await rings(bruno)) == (NotComing.DECLINED, None)
    with refused(Code.NOT_ASKED):
        await bruno.declines(call)
    answered = (await scene.events(EventKind.GUEST_ANSWERED))[-1]
    assert (answered.attendant, answered.facts) == (
        "bruno",
        {"as": "colleague", "asker": "ana", "cause": "declined"},
    )


async def test_it_rings_for_half_a_minute(scene: Scene):
    _, ana, bruno, call = await talking(scene)
    await ana.asks(call, bruno)
    await scene.passes(29)
    assert await rings(bruno) == call
    await scene.passes(2)
    assert (await told(ana), await rings(bruno)) == (NotComing.NO_ANSWER, None)
    with refused(Code.NOT_ASKED):
        await bruno.comes(call)


@outcome("come", "not_asked")
@outcome("come", "stale_fence")
@outcome("come", "call_full")
async def test_only_whoever_is_asked_comes_and_four_fit_in(scene: Scene):
    _, ana, bruno, call = await talking(scene)
    with refused(Code.NOT_ASKED):
        await bruno.comes(call)
    await ana.asks(call, bruno)
    bruno.fence, held = bruno.fence - 1, bruno.fence
    with refused(Code.STALE_FENCE):
        await bruno.comes(call)
    bruno.fence = held
    with refused(Code.NOT_ASKED):
        await bruno.comes(CallId("another"))
    for name in ("rosa", "davi"):
        await comes_by_link(scene, ana, call, name)
    with refused(Code.CALL_FULL):
        await bruno.comes(call)
    with refused(Code.CALL_FULL):
        await ana.asks(call, bruno)


async def comes_by_link(scene: Scene, clerk: Clerk, call: CallId, name: str) -> None:
    await scene.store.invite(scene.court, clerk.id, clerk.fence, call, name, GuestKind.COMPANION, 600)
    await scene.store.join_call(scene.court, name, GuestId(name), name)


@outcome("ask_colleague", "colleague_busy")
async def test_only_somebody_free_at_the_units_counter_is_asked(scene: Scene):
    maria, ana, bruno, call = await talking(scene)
    absent = Clerk(scene, bruno.staff, TabId("nowhere"))
    absent.staff = type(bruno.staff)("davi", "Davi", "analista", (CIVEL,), attends=True, supervises=False)
    elsewhere = await scene.clerk("elisa", (FAMILIA,))
    left = await scene.clerk("fabio")
    await left.status(Status.OFFLINE)
    joao, busy = await scene.visitor("joao"), await scene.clerk("gil")
    other = await in_call(scene, joao, busy)
    for colleague in (absent, elsewhere, left, busy, ana):
        with refused(Code.COLLEAGUE_BUSY):
            await ana.asks(call, colleague)
    await busy.asks(other, bruno)
    with refused(Code.COLLEAGUE_BUSY):
        await ana.asks(call, bruno)
    assert (await maria.call()).state is CallState.ACTIVE


@outcome("ask_colleague", "stale_fence")
@outcome("ask_colleague", "call_unknown")
@outcome("ask_colleague", "wrong_state")
@outcome("ask_colleague", "call_full")
async def test_only_the_desk_whose_call_it_is_asks_anybody_and_only_while_they_talk(scene: Scene):
    maria, ana, bruno = await scene.visitor(), await scene.clerk(), await scene.clerk("bruno")
    call = (await ana.calls()).call
    with refused(Code.WRONG_STATE):
        await ana.asks(call, bruno)
    await maria.enters(call)
    with refused(Code.CALL_UNKNOWN):
        await bruno.asks(call, ana)
    ana.fence, held = ana.fence - 1, ana.fence
    with refused(Code.STALE_FENCE):
        await ana.asks(call, bruno)
    ana.fence = held
    for name in ("rosa", "davi"):
        await comes_by_link(scene, ana, call, name)
    with refused(Code.CALL_FULL):
        await ana.asks(call, bruno)


@outcome("stop_asking", "stopped")
@outcome("stop_asking", "stale_fence")
@outcome("stop_asking", "call_unknown")
async def test_who_asked_need_not_wait(scene: Scene):
    _, ana, bruno, call = await talking(scene)
    await ana.asks(call, bruno)
    with refused(Code.CALL_UNKNOWN):
        await bruno.stops_asking(call)
    ana.fence, held = ana.fence - 1, ana.fence
    with refused(Code.STALE_FENCE):
        await ana.stops_asking(call)
    ana.fence = held
    await ana.stops_asking(call)
    assert (await told(ana), await rings(bruno)) == (None, None)
    with refused(Code.NOT_ASKED):
        await bruno.comes(call)
    await scene.passes(40)
    assert await told(ana) is None, "nobody was awaited any more"


async def test_asked_again_it_rings_at_the_newer_one(scene: Scene):
    _, ana, bruno, call = await talking(scene)
    carla = await scene.clerk("carla")
    await ana.asks(call, bruno)
    await ana.asks(call, carla)
    assert (await rings(bruno), await rings(carla)) == (None, call)
    await ana.asks(call, carla)
    assert await rings(carla) == call, "the same person may be asked again"
    await carla.comes(call)
    assert (await seen_by(ana)).guests[0].name == "Carla"


async def calls_somebody(scene: Scene, bruno: Clerk) -> None:
    await scene.visitor("joao")
    await bruno.calls()


async def leaves_the_counter(_: Scene, bruno: Clerk) -> None:
    await bruno.status(Status.OFFLINE)


async def is_signed_out(scene: Scene, bruno: Clerk) -> None:
    await scene.store.sign_out(scene.court, scene.request("s:sofia"), bruno.id)


async def loses_the_line(scene: Scene, bruno: Clerk) -> None:
    scene.vanishes(bruno)
    await scene.passes(21)


@pytest.mark.parametrize("what", [calls_somebody, leaves_the_counter, is_signed_out, loses_the_line])
async def test_whoever_takes_somebody_on_or_leaves_is_not_rung_any_more(scene: Scene, what):
    _, ana, bruno, call = await talking(scene)
    await ana.asks(call, bruno)
    await what(scene, bruno)
    assert (await told(ana), await rings(bruno)) == (NotComing.BUSY, None)


async def test_a_pause_is_no_reason_to_stop_ringing(scene: Scene):
    _, ana, bruno, call = await talking(scene)
    await ana.asks(call, bruno)
    await bruno.status(Status.PAUSED, PauseReason.INTERNAL)
    assert await bruno.comes(call) == "guest_1"


async def test_the_end_of_the_call_is_the_end_of_ringing_and_of_helping(scene: Scene):
    maria, ana, bruno, call = await helping(scene)
    carla = await scene.clerk("carla")
    await ana.asks(call, carla)
    await maria.hangs_up(call)
    assert await rings(carla) is None
    desk = await bruno.desk()
    assert (desk.status, desk.activity) == (Status.AVAILABLE, Activity.IDLE)
    seat = (await scene.store.guest(scene.court, GuestId("staff-bruno"))).guest
    assert seat is not None
    assert seat.left is WhyLeft.OVER
    assert (await ana.desk()).activity is Activity.WRAP_UP


async def test_who_asked_may_ask_them_out_again(scene: Scene):
    _, ana, bruno, call = await helping(scene)
    await scene.store.dismiss(scene.court, ana.request(), ana.id, ana.fence, call, "guest_1")
    assert (await bruno.desk()).activity is Activity.IDLE
    assert (await log(scene, call))[-1][1]["reason"] == "dismissed"


async def test_a_helper_whose_line_is_silent_loses_the_seat_and_nobody_else_anything(scene: Scene):
    maria, ana, bruno, call = await helping(scene)
    scene.vanishes(bruno)
    await scene.passes(21)
    assert (await log(scene, call))[-1] == ("left", {"type": "left", "party": "guest_1", "reason": "gone"})
    desk = await bruno.desk()
    assert (desk.status, desk.activity) == (Status.OFFLINE, Activity.IDLE)
    assert ((await maria.call()).state, (await seen_by(ana)).guests) == (CallState.ACTIVE, ())
    await bruno.open()
    assert (await bruno.desk()).status is Status.AVAILABLE, "back within five minutes, as they were"


async def test_a_helper_stays_for_as_long_as_their_page_lives_and_on_another_page_too(scene: Scene):
    _, ana, bruno, call = await helping(scene)
    await scene.passes(120)
    await bruno.open("after a reload", take_over=True)
    await scene.passes(30)
    seen = await seen_by(bruno)
    assert seen.helping is not None
    assert seen.helping.call.id == call
    await bruno.says(call)
    await scene.store.sign_out(scene.court, scene.request("s:sofia"), bruno.id)
    assert (await bruno.desk()).status is Status.OFFLINE
    assert (await seen_by(ana)).guests == ()
    assert (await log(scene, call))[-1][0] == "left"


async def test_what_contradicts_itself_about_help_is_put_right(scene: Scene):
    *_, bruno, call = await helping(scene)
    carla, at = await scene.clerk("carla"), f"{{{scene.court}}}"
    for words in (
        ("HSET", f"{at}:call:{call}:state", "guest_1", ""),
        ("HSET", f"{at}:attendant:carla", "asked", call),
        ("ZADD", f"{at}:deadlines", "1", "asked:nothing"),
    ):
        await scene.store._client.call(*words)
    found = await scene.store.reconcile(scene.court, Round(), [CIVEL], [bruno.id, carla.id])
    assert found is not None
    assert sorted(each.cause for each in found[1]) == ["lease_of_nobody", "no_seat", "not_asked"]
    assert ((await bruno.desk()).activity, await rings(carla)) == (Activity.IDLE, None)


async def test_what_is_right_about_help_is_left_alone(scene: Scene):
    _, ana, bruno, call = await helping(scene)
    carla = await scene.clerk("carla")
    await ana.asks(call, carla)
    found = await scene.store.reconcile(scene.court, Round(), [CIVEL], [ana.id, bruno.id, carla.id])
    assert found is not None
    assert found[1] == ()


@outcome("ask_colleague", "request_reused")
@outcome("come", "request_reused")
@outcome("decline", "request_reused")
@outcome("stop_asking", "request_reused")
async def test_a_request_says_one_thing_only(scene: Scene):
    _, ana, bruno, call = await talking(scene)
    store, at = scene.store, scene.court
    once, again = Request("a:any", RequestId("r"), "one"), Request("a:any", RequestId("r"), "another")
    first = await store.ask_colleague(at, once, ana.id, ana.fence, call, bruno.id, 30)
    assert await store.ask_colleague(at, once, ana.id, ana.fence, call, bruno.id, 30) == first
    with refused(Code.REQUEST_REUSED):
        await store.ask_colleague(at, again, ana.id, ana.fence, call, bruno.id, 30)
    for _ in range(2):
        await store.decline(at, once, bruno.id, bruno.fence, call)
    with refused(Code.REQUEST_REUSED):
        await store.decline(at, again, bruno.id, bruno.fence, call)
    await ana.asks(call, bruno)
    for _ in range(2):
        await store.come(at, once, bruno.id, bruno.fence, call)
    with refused(Code.REQUEST_REUSED):
        await store.come(at, again, bruno.id, bruno.fence, call)
    for _ in range(2):
        await store.stop_asking(at, once, ana.id, ana.fence, call)
    with refused(Code.REQUEST_REUSED):
        await store.stop_asking(at, again, ana.id, ana.fence, call)
    assert [kind for kind, _ in await log(scene, call)].count("came") == 1
