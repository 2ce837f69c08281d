"""Reminders: where they go is kept with the ticket; one node sends them and goes on where the one before stopped."""

import pytest

from rooms.errors import Code
from rooms.ids import Holder, TicketId
from rooms.model.ticket import TicketState
from tests.lua.test_handover import given, redeemed
from tests.lua.test_visitor import refused
from tests.scene import Scene, in_call

outcome = pytest.mark.outcome
PUSH = '{"endpoint":"https://push.example/1"}'


@outcome("subscribe", "subscribed")
@outcome("reminder", "reminder")
async def test_a_subscription_is_the_tickets(scene: Scene):
    maria = await scene.visitor()
    await scene.store.subscribe(scene.court, maria.holder, PUSH)
    found = await scene.store.reminder(scene.court, maria.ticket_id)
    assert (found.push, found.unit, found.number, found.state) == (PUSH, "civel", "CV1 001", TicketState.WAITING)
    assert found.looked_at, "a page lives"
    scene.vanishes(maria)
    await scene.passes(40)
    assert not (await scene.store.reminder(scene.court, maria.ticket_id)).looked_at


async def test_a_passed_turn_says_until_when(scene: Scene):
    maria, joao, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    await scene.store.subscribe(scene.court, maria.holder, PUSH)
    scene.vanishes(maria)
    await scene.passes(40)
    await in_call(scene, joao, ana)
    found = await scene.store.reminder(scene.court, maria.ticket_id)
    assert found.passed_until_ms == (await maria.ticket()).passed_ms + 900_000


async def test_a_ring_is_looked_at_once_a_page_has_shown_it(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await scene.store.subscribe(scene.court, maria.holder, PUSH)
    rung = await ana.calls()
    found = await scene.store.reminder(scene.court, maria.ticket_id)
    assert (found.state, found.looked_at) == (TicketState.CALLED, False)
    assert found.ring_until_ms == (await maria.ticket()).until_ms
    await maria.sees(rung.call)
    assert (await scene.store.reminder(scene.court, maria.ticket_id)).looked_at


@outcome("subscribe", "ticket_unknown")
async def test_who_holds_nothing_subscribes_to_nothing(scene: Scene):
    maria = await scene.visitor()
    await maria.leave()
    for holder in (maria.holder, Holder("nobody")):
        with refused(Code.TICKET_UNKNOWN):
            await scene.store.subscribe(scene.court, holder, PUSH)


@outcome("reminder", "none")
@outcome("unsubscribe", "unsubscribed")
async def test_an_over_subscription_is_forgotten_and_a_newer_one_is_not(scene: Scene):
    maria = await scene.visitor()
    assert await scene.store.reminder(scene.court, maria.ticket_id) is None
    assert await scene.store.reminder(scene.court, TicketId("nothing")) is None
    await scene.store.subscribe(scene.court, maria.holder, PUSH)
    await scene.store.unsubscribe(scene.court, maria.ticket_id, "an older one")
    assert await scene.store.reminder(scene.court, maria.ticket_id) is not None
    await scene.store.unsubscribe(scene.court, maria.ticket_id, PUSH)
    assert await scene.store.reminder(scene.court, maria.ticket_id) is None


@outcome("hold_pusher", "held")
@outcome("hold_pusher", "elsewhere")
async def test_one_node_sends_and_the_next_goes_on_where_it_stopped(scene: Scene):
    await scene.visitor("maria")
    last = (await scene.events())[-1].id
    hold = scene.store.hold_pusher
    assert await hold(scene.court, "node-1", 15_000, None) == last, "the first begins with what happens from now on"
    assert await hold(scene.court, "node-2", 15_000, None) is None
    await scene.visitor("joão")
    newer = (await scene.events())[-1].id
    assert await hold(scene.court, "node-1", 15_000, newer) == newer
    await scene.store._client.call("DEL", f"{{{scene.court}}}:pusher")
    assert await hold(scene.court, "node-2", 15_000, last) == newer, "one that does not hold it says nothing of it"


async def test_a_ticket_on_another_device_does_not_remind_the_one_before(scene: Scene):
    maria = await scene.visitor()
    await scene.store.subscribe(scene.court, maria.holder, PUSH)
    await given(scene, maria)
    await redeemed(scene)
    assert await scene.store.reminder(scene.court, maria.ticket_id) is None
