"""What the random stories of `tests/model` found in scripts, each as the short story it came down to."""

from rooms.model.attendant import Status
from rooms.model.events import EventKind
from rooms.model.ticket import TicketState, Tier
from rooms.model.unit import Order, Policy
from tests.lua.test_house import outage
from tests.scene import CIVEL, FAMILIA, Person, Scene, in_call

RATIO = Policy(order=Order.RATIO, ratio_k=1, tries=1)


async def test_who_said_offline_after_a_lost_line_is_not_made_available_by_opening_the_page(scene: Scene):
    ana = await scene.clerk()
    scene.vanishes(ana)
    await scene.passes(30)
    assert (await ana.desk()).status is Status.OFFLINE
    await ana.status(Status.OFFLINE)
    await ana.open()
    assert (await ana.desk()).status is Status.PAUSED


async def test_who_was_signed_out_after_a_lost_line_says_themself_when_they_are_available(scene: Scene):
    ana = await scene.clerk()
    scene.vanishes(ana)
    await scene.passes(30)
    await scene.store.sign_out(scene.court, scene.request("s:sofia"), ana.id)
    await ana.open()
    assert (await ana.desk()).status is Status.PAUSED


async def test_a_pause_in_wrap_up_does_not_lengthen_its_maximum(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.hangs_up(await in_call(scene, maria, ana))
    await scene.passes(20)
    await ana.status(Status.PAUSED)
    await ana.extends()
    assert (await ana.desk()).wrap_until_ms == (await maria.call()).ended_ms + 300_000


async def test_joining_tells_the_place_by_the_units_rule(scene: Scene):
    scene.orders = {CIVEL: RATIO}
    for name, tier in (("maria", Tier.EVERYONE), ("rosa", Tier.PRIORITY), ("ivo", Tier.PRIORITY)):
        await scene.visitor(name, tier=tier)
    told = (await scene.events(EventKind.TICKET_JOINED))[-1].facts
    assert (told["position"], told["original_position"]) == ("3", "3")


async def run(scene: Scene) -> int:
    return (await scene.unit()).run


async def no_show(scene: Scene) -> Person:
    """Rosa has had her turn, by the ratio's count, and did not enter."""
    rosa, ana = await scene.visitor("rosa", tier=Tier.PRIORITY), await scene.clerk()
    await rosa.sees((await ana.calls()).call)
    await scene.passes(61)
    assert (await rosa.ticket()).state is TicketState.NO_SHOW
    return rosa


async def test_a_place_taken_up_again_is_no_turn_given_back(scene: Scene):
    scene.orders = {CIVEL: RATIO}
    rosa = await no_show(scene)
    assert await run(scene) == 1
    ticket = await rosa.ticket()
    await scene.store.come_back(scene.court, rosa.request(), rosa.holder, ticket.rev, rosa.tab)
    assert await run(scene) == 1


async def test_a_call_out_of_order_that_loses_its_clerk_gives_no_turn_back(scene: Scene):
    scene.orders = {CIVEL: RATIO}
    ivo, ana = await scene.visitor("ivo", tier=Tier.PRIORITY), await scene.clerk()
    await in_call(scene, ivo, ana)
    rosa, bia = await scene.visitor("rosa", tier=Tier.PRIORITY), await scene.clerk("bia")
    await rosa.enters((await bia.calls_out_of_order(rosa)).call)
    await scene.store.sign_out(scene.court, scene.request("s:sofia"), bia.id)
    assert (await rosa.ticket()).band == 0
    assert await run(scene) == 1


async def test_a_ring_of_after_an_outage_lasts_as_long_as_any(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await outage(scene, 3600)
    await ana.calls()
    until_ms = (await maria.ticket()).until_ms
    await scene.store.sweep(scene.court)
    assert (await maria.ticket()).until_ms == until_ms


async def test_who_shows_a_sign_of_life_after_an_outage_is_awaited_no_longer_than_anybody(scene: Scene):
    maria = await scene.visitor()
    await outage(scene, 3600)
    await scene.renew()
    await scene.store.sweep(scene.court)
    scene.vanishes(maria)
    await scene.passes(61)
    assert not (await maria.ticket()).present


async def test_whoever_was_silent_when_they_were_transferred_is_told_to_be_away_once(scene: Scene):
    await scene.clerk("bia", units=(FAMILIA,))
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    scene.vanishes(maria)
    await scene.passes(31)
    child = await ana.transfers(call, FAMILIA)
    await scene.passes(61)
    assert [event.ticket for event in await scene.events(EventKind.TICKET_AWAY)] == [child]


async def test_a_code_is_looked_at_after_an_outage_too(scene: Scene):
    maria = await scene.visitor()
    await scene.store.hand_over(scene.court, maria.holder, "link", "short", 60)
    await outage(scene, 30)
    assert (await scene.store.handover(scene.court, "link")).ticket == maria.ticket_id
