"""The unit's own verbs: it stops giving out tickets, it closes, and who was closed out begins before the others."""

from contextlib import nullcontext, suppress

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import Holder, Millis
from rooms.model.events import EventKind
from rooms.model.snapshot import Flooded, Suspension
from rooms.model.ticket import TicketState, Tier
from rooms.model.unit import Policy
from rooms.ports import Request, Suspending
from tests.lua.test_visitor import refused
from tests.scene import CIVEL, DAY, FAMILIA, Person, Scene

outcome = pytest.mark.outcome
WHY = Suspending("O sistema do fórum está fora do ar.", "Escreva para o e-mail da unidade.", None)
HOUR_MS = 3_600_000


async def suspends(scene: Scene, told: Suspending = WHY, request: Request | None = None) -> None:
    await scene.store.suspend(scene.court, request or scene.request("s:sofia"), CIVEL, "supervisor", told)


async def resumes(scene: Scene, request: Request | None = None) -> None:
    await scene.store.resume_unit(scene.court, request or scene.request("a:ana"), CIVEL, "attendant")


# ------------------------------------------------------------------------------------------- suspension


@outcome("suspend", "suspended")
@outcome("join", "unit_suspended")
async def test_a_suspended_unit_gives_out_no_tickets_and_keeps_who_is_inside(scene: Scene):
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    await suspends(scene)
    with refused(Code.UNIT_SUSPENDED):
        await scene.visitor("joão")
    await scene.visitor("lia", unit=FAMILIA)
    assert (await ana.calls()).ticket == maria.ticket_id
    told = (await scene.unit()).suspension
    assert told == Suspension(WHY.message, WHY.alternative, told.since_ms, None)
    assert 0 < told.since_ms <= await scene.store.now(scene.court)
    event = (await scene.events(EventKind.UNIT_SUSPENDED))[0]
    assert (event.unit, event.facts) == (CIVEL, {"actor": "supervisor"}), "what people are told is in no event"


@outcome("resume_unit", "resumed")
async def test_a_unit_gives_out_tickets_again_when_somebody_says_so(scene: Scene):
    await suspends(scene)
    await resumes(scene)
    assert (await scene.unit()).suspension is None
    await scene.visitor("maria")
    assert (await scene.events(EventKind.UNIT_RESUMED))[0].facts == {"actor": "attendant"}


async def test_a_suspension_ends_by_itself_at_its_hour(scene: Scene):
    until = Millis(await scene.store.now(scene.court) + HOUR_MS)
    await suspends(scene, Suspending("Reunião", None, until))
    assert (await scene.unit()).suspension.until_ms == until
    await scene.passes(3590)
    with refused(Code.UNIT_SUSPENDED):
        await scene.visitor("maria")
    await scene.passes(20)
    await scene.visitor("maria")
    assert (await scene.unit()).suspension is None
    assert (await scene.events(EventKind.UNIT_RESUMED))[0].facts == {"actor": "house"}


async def test_a_suspension_said_anew_replaces_the_one_before_with_its_hour(scene: Scene):
    await suspends(scene, Suspending("Reunião", "Ligue", Millis(await scene.store.now(scene.court) + 60_000)))
    await suspends(scene, Suspending("Sem luz", None, None))
    await scene.passes(120)
    told = (await scene.unit()).suspension
    assert (told.message, told.alternative, told.until_ms) == ("Sem luz", None, None)


async def test_a_suspension_that_was_ended_early_does_not_end_again(scene: Scene):
    await suspends(scene, Suspending("Reunião", None, Millis(await scene.store.now(scene.court) + 60_000)))
    await resumes(scene)
    await scene.passes(120)
    assert len(await scene.events(EventKind.UNIT_RESUMED)) == 1


@outcome("resume_unit", "wrong_state")
async def test_only_a_suspended_unit_is_resumed(scene: Scene):
    with refused(Code.WRONG_STATE):
        await resumes(scene)


@outcome("suspend", "request_reused")
@outcome("resume_unit", "request_reused")
async def test_suspending_and_resuming_bind_their_request(scene: Scene):
    request = scene.request("s:sofia")
    other = Request(request.principal, request.id, "another")
    await suspends(scene, request=request)
    await suspends(scene, request=request)
    with refused(Code.REQUEST_REUSED):
        await suspends(scene, request=other)
    await resumes(scene, request)
    with refused(Code.REQUEST_REUSED):
        await resumes(scene, other)
    assert len(await scene.events(EventKind.UNIT_SUSPENDED)) == 1


# ------------------------------------------------------------------------------------------- a head start


async def closed_out(scene: Scene, name: str = "maria", tier: Tier = Tier.EVERYONE, hours: int = 24) -> Person:
    """Somebody waited, and the unit closed; until so many hours later their receipt gives a head start."""
    person = await scene.visitor(name, tier=tier)
    await scene.later(0.001)
    closing = await scene.store.now(scene.court)
    await scene.store.close_unit(scene.court, CIVEL, closing, Millis(closing + hours * HOUR_MS))
    ticket = await person.ticket()
    assert ticket.state is TicketState.CLOSED
    assert ticket.head_start_until_ms == closing + hours * HOUR_MS
    scene.here.remove(person)
    return person


async def receipt_of(person: Person) -> str:
    return (await person.ticket()).receipt


async def test_whoever_was_closed_out_begins_as_the_first_of_their_tier(scene: Scene):
    receipt = await receipt_of(await closed_out(scene))
    joao, rosa = await scene.visitor("joão"), await scene.visitor("rosa", tier=Tier.PRIORITY)
    maria = await scene.visitor("maria on another device", head_start=receipt)
    ticket = await maria.ticket()
    assert (ticket.head_start, ticket.band, ticket.original_position) == (True, 0, 2)
    assert [waiting.ticket for waiting in (await scene.unit()).line] == [
        rosa.ticket_id,
        maria.ticket_id,
        joao.ticket_id,
    ]
    assert (await scene.events(EventKind.TICKET_JOINED))[-1].facts["band"] == "0"


async def test_a_head_start_is_had_once(scene: Scene):
    receipt = await receipt_of(await closed_out(scene))
    await scene.visitor("maria", head_start=receipt)
    lia = await scene.visitor("lia", head_start=receipt)
    assert ((await lia.ticket()).band, (await lia.ticket()).head_start) == (1, False)


async def test_a_head_start_is_of_its_unit_and_of_its_time(scene: Scene):
    receipt = await receipt_of(await closed_out(scene, hours=1))
    elsewhere = await scene.visitor("elsewhere", unit=FAMILIA, head_start=receipt)
    assert (await elsewhere.ticket()).band == 1
    await scene.later(3601)
    late = await scene.visitor("late", head_start=receipt)
    assert (await late.ticket()).band == 1
    nobody = await scene.visitor("nobody", head_start="0000-0000-0000")
    assert (await nobody.ticket()).band == 1


async def test_a_head_start_is_of_the_tier_it_was_earned_in(scene: Scene):
    """Declaring a higher priority does not carry it there, and does not use it up; forgetting one loses nothing."""
    usual = await receipt_of(await closed_out(scene, "maria"))
    first = await scene.visitor("maria", tier=Tier.PRIORITY, head_start=usual)
    assert ((await first.ticket()).tier, (await first.ticket()).band) == (Tier.PRIORITY, 1)
    await first.leave()
    second = await scene.visitor("maria", head_start=usual)
    assert ((await second.ticket()).tier, (await second.ticket()).band) == (Tier.EVERYONE, 0)
    await second.leave()
    priority = await receipt_of(await closed_out(scene, "rosa", Tier.PRIORITY))
    third = await scene.visitor("rosa", head_start=priority)
    assert ((await third.ticket()).tier, (await third.ticket()).band) == (Tier.PRIORITY, 0)


async def test_a_head_start_that_nobody_used_does_not_stay_for_ever(scene: Scene):
    receipt = await receipt_of(await closed_out(scene, hours=24))
    left = await scene.store._client.call("TTL", f"{{{scene.court}}}:head_start:{receipt}")
    assert 24 * 3600 < left <= 48 * 3600


# ------------------------------------------------------------------------------------------- lost demand


async def test_whoever_is_refused_for_want_of_room_is_counted_once_and_told_to_nobody_by_name(scene: Scene):
    await scene.visitor("maria", policy=Policy(max_waiting=1))
    for _ in range(3):
        with refused(Code.UNIT_FULL):
            await scene.visitor("joão", policy=Policy(max_waiting=1))
    with refused(Code.UNIT_FULL):
        await scene.visitor("lia", policy=Policy(max_waiting=1))
    assert (await scene.unit()).refused_today == 2
    told = await scene.events(EventKind.TICKET_REFUSED)
    assert [(event.unit, event.ticket, event.facts) for event in told] == [(CIVEL, None, {"reason": "full"})] * 2


async def test_whoever_gets_in_after_all_was_no_lost_demand(scene: Scene):
    maria = await scene.visitor("maria", policy=Policy(max_waiting=1))
    with refused(Code.UNIT_FULL):
        await scene.visitor("joão", policy=Policy(max_waiting=1))
    await maria.leave()
    await scene.visitor("joão", policy=Policy(max_waiting=1))
    assert (await scene.unit()).refused_today == 0


async def test_a_suspension_turns_people_away_too(scene: Scene):
    await suspends(scene)
    with refused(Code.UNIT_SUSPENDED):
        await scene.visitor("maria")
    assert (await scene.events(EventKind.TICKET_REFUSED))[0].facts == {"reason": "suspended"}
    assert (await scene.unit()).refused_today == 1


@outcome("turn_away", "counted")
async def test_whoever_is_told_at_the_door_that_it_is_too_late_is_counted(scene: Scene):
    for _ in range(2):
        await scene.store.turn_away(scene.court, CIVEL, DAY, Holder("h"), "closing")
    assert (await scene.unit()).refused_today == 1
    assert (await scene.events(EventKind.TICKET_REFUSED))[0].facts == {"reason": "closing"}


async def test_of_those_who_go_without_no_more_are_kept_than_anybody_wants_to_know_of(scene: Scene):
    """Browsers are free to make; whoever comes with one after the other must not fill the store."""
    for number in range(1010):
        await scene.store.turn_away(scene.court, CIVEL, DAY, Holder(f"browser-{number}"), "closing")
    assert (await scene.unit()).refused_today == 1000


# ------------------------------------------------------------------------------------------- floods

NETWORK = "0123456789abcdef"


async def flooded(scene: Scene, joins: int = 3) -> None:
    """So many people of one network ask for a ticket; two may."""
    for number in range(joins):
        with nullcontext() if number < 2 else refused(Code.TOO_MANY_JOINS):
            await scene.visitor(f"flood-{number}", network=NETWORK, network_limit=2)


@outcome("floods", "floods")
async def test_the_supervisor_sees_which_networks_are_limited_until_when(scene: Scene):
    await flooded(scene, joins=5)
    now = await scene.store.now(scene.court)
    (flood,) = await scene.store.floods(scene.court)
    assert (flood.network, flood.what, flood.count) == (NETWORK, Flooded.JOINS, 5)
    assert now < flood.until_ms <= now + 600_000
    assert len(await scene.events(EventKind.NETWORK_LIMITED)) == 1, "said once a window"
    for account in range(3):
        with suppress(RoomsError):
            await scene.store.attempt(scene.court, f"account-{account}", NETWORK, an_account=9, a_network=1)
    assert {one.what for one in await scene.store.floods(scene.court)} == set(Flooded)
    await scene.later(901)
    assert await scene.store.floods(scene.court) == []


@outcome("clear_flood", "cleared")
@outcome("clear_flood", "request_reused")
async def test_a_cleared_network_may_ask_again(scene: Scene):
    await flooded(scene)
    request = scene.request("s:sofia")
    await scene.store.clear_flood(scene.court, request, NETWORK)
    assert await scene.store.floods(scene.court) == []
    await scene.visitor("joão", network=NETWORK, network_limit=1)
    told = (await scene.events(EventKind.NETWORK_CLEARED))[0]
    assert told.facts == {"network": NETWORK, "actor": "supervisor"}
    with refused(Code.REQUEST_REUSED):
        await scene.store.clear_flood(scene.court, Request(request.principal, request.id, "x"), "f" * 16)
