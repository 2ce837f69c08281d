"""What a check found stays with the live ticket; how a call went is told a little after its end, for each side."""

import re
from dataclasses import asdict, replace
from functools import reduce
from random import Random

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import CallId, GaugeId, Holder
from rooms.model.events import EventKind
from rooms.model.quality import Check, Measure, Path, joined
from rooms.ports import Request
from tests.scene import CIVEL, FAMILIA, FOUND, MEASURE, Scene, in_call

outcome = pytest.mark.outcome
UNKNOWN = Measure(GaugeId("page"), Path.NONE, None, None, None, None, 0, 0, None, None, None, None)
LAST_WORD_S = 15
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


async def test_who_checks_again_and_again_is_not_told_of_for_ever(scene: Scene):
    """What an event says stays for days; what was found last is kept all the same."""
    maria = await scene.visitor()
    for ago_s in reversed(range(30)):
        await maria.checks(ago_s=60 * ago_s)
    assert len(await scene.events(EventKind.TICKET_CHECKED)) == 20
    now_ms, check = await scene.store.now(scene.court), (await maria.ticket()).check
    assert check is not None
    assert now_ms - check.at_ms < 60_000


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


async def test_what_an_older_release_wrote_of_a_check_is_read_without_the_ways(scene: Scene):
    maria = await scene.visitor()
    await maria.checks()
    key = f"{{{scene.court}}}:ticket:{maria.ticket_id}"
    assert await scene.store._client.call("HDEL", key, "check_ways") == 1
    check = (await maria.ticket()).check
    assert check is not None
    assert check.found == replace(FOUND, udp=None, relay=None)


@outcome("measured", "measured")
async def test_how_a_call_went_is_told_after_its_end_for_each_side_without_addresses(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await maria.measures(call, UNKNOWN)
    await maria.measures(call)
    await ana.measures(call, replace(UNKNOWN, path=Path.RELAY, round_trip_ms=80, worst_round_trip_ms=90))
    await ana.hangs_up(call)
    await scene.passes(LAST_WORD_S - 1)
    assert await scene.events(EventKind.CALL_MEASURED) == []
    await scene.passes(2)
    told = await scene.events(EventKind.CALL_MEASURED)
    assert [(event.call, event.ticket, event.attendant) for event in told] == [(call, maria.ticket_id, "ana")] * 2
    assert told[0].facts == {
        "by": "visitor",
        "path": "direct",
        "round_trip_ms": "30",
        "worst_round_trip_ms": "400",
        "lost_percent": "0",
        "worst_lost_percent": "12",
        "spells": "4",
        "pages": "1",
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
        "spells": "0",
        "pages": "1",
        "restarts": "0",
    }
    for event in await scene.events():
        for fact in event.facts.values():
            assert not ADDRESS.search(fact), event


async def test_a_page_that_never_spoke_of_it_costs_the_end_nothing(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await maria.hangs_up(call)
    await scene.passes(LAST_WORD_S + 1)
    assert await scene.events(EventKind.CALL_MEASURED) == []


async def test_the_last_word_of_a_call_is_heard_after_its_end_whoever_ended_it(scene: Scene):
    """Who hears of the end first, by the other's page or by the counter, has not said it yet."""
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    for one in (maria, ana):
        await one.measures(call, UNKNOWN)
    await ana.hangs_up(call)
    await ana.finishes(call)
    await scene.passes(LAST_WORD_S - 1)
    for one in (maria, ana):
        await one.measures(call)
    await scene.passes(2)
    told = await scene.events(EventKind.CALL_MEASURED)
    assert [(event.facts["by"], event.facts["worst_round_trip_ms"]) for event in told] == [
        ("visitor", "400"),
        ("attendant", "400"),
    ]
    for one in (maria, ana):
        with refused(Code.WRONG_STATE):
            await one.measures(call)


async def test_a_page_that_was_opened_anew_does_not_hide_how_the_one_before_it_went(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    rough = replace(
        UNKNOWN, path=Path.RELAY, round_trip_ms=300, worst_round_trip_ms=900, spells=1, restarts=2, ice_ms=700
    )
    calm = replace(MEASURE, gauge=GaugeId("second"), spells=3, restarts=1)
    third = replace(UNKNOWN, gauge=GaugeId("third"))
    for measure in (UNKNOWN, rough, calm, third):
        await maria.measures(call, measure)
    await maria.hangs_up(call)
    await scene.passes(LAST_WORD_S + 1)
    [told] = await scene.events(EventKind.CALL_MEASURED)
    assert told.facts == {
        "by": "visitor",
        "path": "direct",
        "round_trip_ms": "98",
        "worst_round_trip_ms": "900",
        "lost_percent": "0",
        "worst_lost_percent": "12",
        "spells": "4",
        "pages": "3",
        "restarts": "3",
        "ice_ms": "700",
    }, "the way, the beginning and the worst of all its pages"


async def test_what_several_pages_found_is_joined_by_the_models_rule(scene: Scene):
    """Whatever they found, and in whatever order."""
    chance = Random(11)  # noqa: S311 - the same measures each time
    ana, expected = await scene.clerk(), {}
    for number in range(20):
        maria = await scene.visitor(f"maria-{number}")
        call = await in_call(scene, maria, ana)
        pages = [some_measure(chance, f"page-{page}") for page in range(3)]
        for measure in pages:
            await maria.measures(call, replace(measure, spells=0, restarts=0))
            await maria.measures(call, measure)
        expected[call] = reduce(joined, pages)
        await maria.hangs_up(call)
        await ana.finishes(call)
    await scene.passes(LAST_WORD_S + 1)
    for event in await scene.events(EventKind.CALL_MEASURED):
        facts = {name: str(value) for name, value in asdict(expected.pop(event.call)).items() if value is not None}
        del facts["gauge"]
        assert event.facts == facts | {"by": "visitor", "pages": "3"}
    assert not expected


def some_measure(chance: Random, gauge: str) -> Measure:
    def some(most: int) -> int | None:
        return chance.choice((None, chance.randint(0, most)))

    return Measure(
        gauge=GaugeId(gauge),
        path=chance.choice(tuple(Path)),
        round_trip_ms=some(60_000),
        worst_round_trip_ms=some(60_000),
        lost_percent=some(100),
        worst_lost_percent=some(100),
        spells=chance.randint(0, 4),
        restarts=chance.randint(0, 9),
        ice_ms=some(900),
        connected_ms=some(900),
        sound_ms=some(900),
        picture_ms=some(900),
    )


async def test_who_never_entered_has_nothing_to_say_of_the_call(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    await ana.cancels(rung.call)
    with refused(Code.WRONG_STATE):
        await maria.measures(rung.call)


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
