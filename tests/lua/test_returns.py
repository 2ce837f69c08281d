"""Away is not gone: reminded in time, and a place that is over is taken up again by whoever comes back soon."""

import pytest

from rooms.errors import Code
from rooms.model.events import EventKind
from rooms.model.ticket import Cause, TicketState, Tier
from rooms.model.unit import Policy
from rooms.ports import Request
from tests.lua.test_reconcile import mended
from tests.lua.test_visitor import refused
from tests.scene import Clerk, Person, Scene, in_call

outcome = pytest.mark.outcome
ONE_RING = Policy(tries=1)


async def people(scene: Scene, count: int, first: int = 1) -> list[Person]:
    return [await scene.visitor(f"person-{number}") for number in range(first, first + count)]


async def near(scene: Scene) -> list[str]:
    return [event.ticket for event in await scene.events(EventKind.TICKET_NEAR)]


# ------------------------------------------------------------------------------------------- the reminder


async def test_whoever_comes_to_have_two_ahead_is_told_once(scene: Scene):
    first, second, third, fourth, fifth = await people(scene, 5)
    assert await near(scene) == []
    assert [(await one.ticket()).near for one in (first, second, third, fourth)] == [True, True, True, False]
    await first.leave()
    assert await near(scene) == [fourth.ticket_id]
    told = (await scene.events(EventKind.TICKET_NEAR))[0]
    assert told.facts == {"position": "3", "original_position": "4"}
    await second.leave()
    await third.leave()
    assert await near(scene) == [fourth.ticket_id, fifth.ticket_id]


async def test_a_call_brings_the_next_ones_nearer(scene: Scene):
    *_, fourth = await people(scene, 4)
    await (await scene.clerk()).calls()
    assert await near(scene) == [fourth.ticket_id]


async def test_whoever_goes_away_brings_the_others_nearer_and_is_told_too(scene: Scene):
    first, *_, fourth, fifth = await people(scene, 5)
    scene.vanishes(fourth)
    await scene.passes(40)
    assert await near(scene) == [], "the away do not count ahead: the fifth has three"
    await first.leave()
    assert sorted(await near(scene)) == sorted([fourth.ticket_id, fifth.ticket_id]), "away, and told all the same"


async def test_the_silent_ones_bring_the_others_nearer(scene: Scene):
    first, *_, fourth = await people(scene, 4)
    scene.vanishes(first)
    await scene.passes(40)
    assert await near(scene) == [fourth.ticket_id]


async def test_somebody_pushed_back_is_not_told_twice(scene: Scene):
    first, *_, fourth = await people(scene, 4)
    await first.leave()
    rosa = await scene.visitor("rosa", tier=Tier.PRIORITY)
    await rosa.leave()
    assert await near(scene) == [fourth.ticket_id]


async def test_at_closing_nobody_is_told_that_the_turn_is_near(scene: Scene):
    await people(scene, 6)
    await scene.later(1)
    closing = await scene.store.now(scene.court)
    await scene.store.close_unit(scene.court, "civel", closing, closing)
    assert await near(scene) == []


async def test_nobody_who_has_been_called_is_told_afterwards_that_the_turn_is_near(scene: Scene):
    *_, rosa = *await people(scene, 4), await scene.visitor("rosa", tier=Tier.PRIORITY)
    ana = await scene.clerk()
    rung = await ana.calls()
    assert rung.ticket == rosa.ticket_id
    await ana.cancels(rung.call)
    assert rosa.ticket_id not in await near(scene)


# ------------------------------------------------------------------------------------------- lost, and back


async def lost(scene: Scene) -> tuple[Person, Person, Clerk]:
    """Maria's turn came while she was away, and fifteen minutes passed."""
    maria, joao, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    scene.vanishes(maria)
    await scene.passes(40)
    call = await in_call(scene, joao, ana)
    await scene.passes(901)
    assert (await maria.ticket()).state is TicketState.LOST
    await ana.hangs_up(call)
    return maria, joao, ana


async def test_a_lost_place_is_taken_up_again_by_coming_back(scene: Scene):
    maria, _, _ = await lost(scene)
    lia = await scene.visitor("lia")
    assert (await scene.unit()).left_today == 1
    opened = await maria.opens("another-tab")
    assert opened.ticket.id == maria.ticket_id
    assert (opened.ticket.state, opened.ticket.present) == (TicketState.WAITING, True)
    assert (opened.ticket.ended_ms, opened.ticket.passed_ms, opened.ticket.end_reason) == (None, None, None)
    assert opened.ticket.active_tab == "another-tab"
    assert opened.ticket.past[-1].cause is Cause.LOST_BACK
    unit = await scene.unit()
    assert [waiting.ticket for waiting in unit.line] == [maria.ticket_id, lia.ticket_id], "the key is the old one"
    assert unit.left_today == 0
    back = (await scene.events(EventKind.TICKET_RETURNED))[-1]
    assert (back.facts["cause"], back.facts["actor"]) == ("lost_back", "visitor")


async def test_a_place_taken_up_again_is_kept_as_any_other(scene: Scene):
    maria, *_ = await lost(scene)
    await maria.opens()
    client, at = scene.store._client, f"{{{scene.court}}}"
    assert await client.call("TTL", f"{at}:ticket:{maria.ticket_id}") == -1
    assert await client.call("TTL", f"{at}:holder:{maria.holder}") == -1
    assert await mended(scene) == [], "nothing contradicts itself"
    await scene.passes(40)
    assert not (await maria.ticket()).present, "its lease runs again"


async def test_a_reconnect_takes_a_lost_place_up_too(scene: Scene):
    maria, *_ = await lost(scene)
    assert (await maria.opens(opened=False)).ticket.state is TicketState.WAITING


async def test_a_place_is_lost_for_good_half_an_hour_later(scene: Scene):
    maria, *_ = await lost(scene)
    await scene.passes(1801)
    assert (await maria.opens()).ticket.state is TicketState.LOST


async def test_a_place_is_taken_up_again_once(scene: Scene):
    maria, _, ana = await lost(scene)
    await maria.opens()
    await scene.passes(40)
    await scene.visitor("lia")
    await scene.passes(31)
    await ana.calls()
    await scene.passes(901)
    assert (await maria.ticket()).state is TicketState.LOST
    assert (await maria.opens()).ticket.state is TicketState.LOST


async def test_whoever_left_does_not_come_back_by_opening_the_page(scene: Scene):
    maria = await scene.visitor()
    await maria.leave()
    assert (await maria.opens()).ticket.state is TicketState.LEFT


# ------------------------------------------------------------------------------------------- no-show, and back


async def no_show(scene: Scene) -> tuple[Person, Clerk]:
    maria, ana = await scene.visitor("maria", policy=ONE_RING), await scene.clerk()
    await maria.sees((await ana.calls()).call)
    await scene.passes(61)
    assert (await maria.ticket()).state is TicketState.NO_SHOW
    return maria, ana


async def comes_back(person: Person, rev: int | None = None, tab: str | None = None) -> int:
    rev = (await person.ticket()).rev if rev is None else rev
    scene = person.scene
    return await scene.store.come_back(scene.court, person.request(), person.holder, rev, tab or person.tab)


@outcome("come_back", "back")
async def test_voltei_gives_the_place_back_for_one_more_ring(scene: Scene):
    maria, joao, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    for _ in range(3):
        rung = await ana.calls()
        if rung.ticket == joao.ticket_id:  # the turn that a missed ring lets pass
            await ana.cancels(rung.call)
            await ana.status("available")
            continue
        await maria.sees(rung.call)
        await scene.passes(61)
    await joao.leave()
    while (await maria.ticket()).state is TicketState.WAITING:
        await maria.sees((await ana.calls()).call)
        await scene.passes(61)
    before = await maria.ticket()
    assert (before.state, before.tries) == (TicketState.NO_SHOW, 3)
    lia = await scene.visitor("lia")
    assert await comes_back(maria, tab="new-tab") == before.rev + 1
    ticket = await maria.ticket()
    assert (ticket.state, ticket.tries, ticket.active_tab) == (TicketState.WAITING, 2, "new-tab")
    assert [waiting.ticket for waiting in (await scene.unit()).line] == [maria.ticket_id, lia.ticket_id]
    assert (await scene.unit()).left_today == 1, "joão's, and maria's no longer"
    rung = await ana.calls()
    assert rung.ticket == maria.ticket_id
    await maria.sees(rung.call, tab="new-tab")
    await scene.passes(61)
    assert (await maria.ticket()).state is TicketState.NO_SHOW, "one more ring, not three"


@outcome("come_back", "too_late")
async def test_voltei_is_said_once_and_within_a_quarter_of_an_hour(scene: Scene):
    maria, ana = await no_show(scene)
    await comes_back(maria)
    await maria.sees((await ana.calls()).call)
    await scene.passes(61)
    with refused(Code.TOO_LATE):
        await comes_back(maria)
    lia = await scene.visitor("lia", policy=ONE_RING)
    await lia.sees((await ana.calls()).call)
    await scene.passes(61 + 901)
    with refused(Code.TOO_LATE):
        await comes_back(lia)


@outcome("come_back", "ticket_unknown")
async def test_who_holds_nothing_has_nothing_to_come_back_to(scene: Scene):
    maria = Person(scene, "nobody", "tab")
    with refused(Code.TICKET_UNKNOWN):
        await comes_back(maria, rev=1)


@outcome("come_back", "wrong_state")
async def test_only_a_no_show_comes_back_by_saying_so(scene: Scene):
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    with refused(Code.WRONG_STATE):
        await comes_back(maria)
    await joao.leave()
    with refused(Code.WRONG_STATE):
        await comes_back(joao)


@outcome("come_back", "stale_rev")
async def test_coming_back_supposes_the_end_one_sees(scene: Scene):
    maria, _ = await no_show(scene)
    with refused(Code.STALE_REV) as refusal:
        await comes_back(maria, rev=1)
    assert refusal.value.details == {"rev": (await maria.ticket()).rev}


@outcome("come_back", "request_reused")
async def test_coming_back_binds_its_request(scene: Scene):
    maria, _ = await no_show(scene)
    request, rev = maria.request(), (await maria.ticket()).rev
    back = await scene.store.come_back(scene.court, request, maria.holder, rev, maria.tab)
    assert await scene.store.come_back(scene.court, request, maria.holder, rev, maria.tab) == back
    with refused(Code.REQUEST_REUSED):
        other = Request(request.principal, request.id, "another")
        await scene.store.come_back(scene.court, other, maria.holder, rev, maria.tab)
