"""What a check found stays with the live ticket; how a call went is told with its end, for each side."""

import re

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import CallId, Holder
from rooms.model.events import EventKind
from rooms.model.quality import Check, Measure, Path
from rooms.ports import Request
from tests.scene import CIVEL, FAMILIA, FOUND, MEASURE, Scene, in_call

outcome = pytest.mark.outcome
ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f]*:|\.local")


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


@outcome("checked", "checked")
@outcome("checked", "ticket_unknown")
async def test_the_last_check_is_the_live_tickets_alone(scene: Scene):
    maria = await scene.visitor()
    assert (await maria.ticket()).check is None
    await maria.checks(ago_s=30)
    check = (await maria.ticket()).check
    now_ms = await scene.store.now(scene.court)
    assert check is not None
    assert check.found == FOUND
    assert 30_000 <= now_ms - check.at_ms < 60_000, "the check was done before it was told"
    told = await scene.events(EventKind.TICKET_CHECKED)
    assert [(event.ticket, event.facts) for event in told] == [(maria.ticket_id, {})], "what was found is in no event"
    await maria.leave()
    with refused(Code.TICKET_UNKNOWN):
        await maria.checks()


async def test_a_check_goes_along_to_another_unit_but_not_to_another_device(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk(units=(CIVEL,))
    await scene.clerk("rosa", units=(FAMILIA,))
    await maria.checks()
    call = await in_call(scene, maria, ana)
    maria.ticket_id = await ana.transfers(call, FAMILIA)
    check = (await maria.ticket()).check
    assert isinstance(check, Check)
    assert check.found == FOUND
    await scene.store.hand_over(scene.court, maria.holder, "link", "short", 60)
    await scene.store.redeem(scene.court, "link", Holder("phone"), Holder("fresh"))
    assert (await maria.ticket()).check is None, "it says nothing about the other device"


@outcome("measured", "measured")
async def test_the_end_of_a_call_tells_how_it_went_for_each_side_without_addresses(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await maria.measures(call, Measure(Path.RELAY, None, None, None, None, 0, None, None, None, None))
    await maria.measures(call)
    unmeasured = Measure(Path.RELAY, 80, 90, None, None, 0, None, None, None, None)
    await ana.measures(call, unmeasured)
    assert await scene.events(EventKind.CALL_MEASURED) == []
    await ana.hangs_up(call)
    told = await scene.events(EventKind.CALL_MEASURED)
    assert [(event.call, event.ticket, event.attendant) for event in told] == [(call, maria.ticket_id, "ana")] * 2
    assert told[0].facts == {
        "by": "visitor",
        "path": "direct",
        "round_trip_ms": "30",
        "worst_round_trip_ms": "400",
        "lost_percent": "0",
        "worst_lost_percent": "12",
        "restarts": "1",
        "ice_ms": "40",
        "connected_ms": "90",
        "sound_ms": "210",
    }
    assert told[1].facts == {
        "by": "attendant",
        "path": "relay",
        "round_trip_ms": "80",
        "worst_round_trip_ms": "90",
        "restarts": "0",
    }
    for event in await scene.events():
        for fact in event.facts.values():
            assert not ADDRESS.search(fact), event


async def test_a_page_that_never_spoke_of_it_costs_the_end_nothing(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await maria.hangs_up(call)
    assert await scene.events(EventKind.CALL_MEASURED) == []


@outcome("measured", "not_member")
@outcome("measured", "not_active_page")
@outcome("measured", "stale_fence")
@outcome("measured", "wrong_state")
async def test_only_the_pages_of_a_running_call_say_how_it_goes(scene: Scene):
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    rung = await ana.calls()
    with refused(Code.WRONG_STATE):
        await maria.measures(rung.call)
    await maria.enters(rung.call)
    for stranger in (await scene.visitor("joão"), await scene.clerk("bruno")):
        with refused(Code.NOT_MEMBER):
            await stranger.measures(rung.call)
    with refused(Code.NOT_MEMBER):
        await maria.measures(CallId("no-call"))
    with refused(Code.NOT_ACTIVE_PAGE):
        await maria.measures(rung.call, tab="another")
    fence = ana.fence
    await ana.open("another", take_over=True)
    ana.fence = fence
    with refused(Code.STALE_FENCE):
        await ana.measures(rung.call)


@outcome("checked", "request_reused")
@outcome("measured", "request_reused")
async def test_what_is_said_of_quality_is_bound_to_its_request(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    store, court, first = scene.store, scene.court, maria.request()
    other = Request(first.principal, first.id, "another")
    for _ in range(2):
        await store.checked(court, first, maria.holder, 0, FOUND)
        await store.measured_visitor(court, first, maria.holder, maria.tab, call, MEASURE)
    assert len(await scene.events(EventKind.TICKET_CHECKED)) == 1
    with refused(Code.REQUEST_REUSED):
        await store.checked(court, other, maria.holder, 0, FOUND)
    with refused(Code.REQUEST_REUSED):
        await store.measured_visitor(court, other, maria.holder, maria.tab, call, MEASURE)
