"""Somebody is called although it is not their turn: for a reason, counted; nobody's place is lost by it."""

import pytest

from rooms.errors import Code, RoomsError
from rooms.model.attendant import PauseReason, Status
from rooms.model.call import OutOfOrder
from rooms.model.events import EventKind
from rooms.model.order import USUAL
from rooms.model.ticket import TicketState, Tier
from rooms.model.unit import Order, Policy
from tests.scene import CIVEL, FAMILIA, NO_FENCE, Scene

outcome = pytest.mark.outcome


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


@outcome("call_out_of_order", "ringing")
async def test_who_is_called_out_of_order_rings_and_the_reason_is_told(scene: Scene):
    await scene.visitor("maria")
    joao, ana = await scene.visitor("joão"), await scene.clerk()
    rung = await ana.calls_out_of_order(joao, OutOfOrder.HEARING)
    assert (rung.ticket, rung.unit) == (joao.ticket_id, CIVEL)
    assert (await joao.ticket()).state is TicketState.CALLED
    called = (await scene.events(EventKind.TICKET_CALLED))[0].facts
    assert (called["cause"], called["reason"], called["position"]) == ("out_of_order", "hearing", "2")
    assert (await scene.unit()).out_of_order_today == 1


async def test_a_call_in_order_is_not_counted_as_one_out_of_order(scene: Scene):
    await scene.visitor()
    await (await scene.clerk()).calls()
    assert (await scene.unit()).out_of_order_today == 0


async def test_a_ring_out_of_order_taken_back_puts_nobody_before_the_others(scene: Scene):
    """Else calling out of order and cancelling would make anybody the first of their tier."""
    maria = await scene.visitor("maria")
    joao, ana = await scene.visitor("joão"), await scene.clerk()
    await ana.cancels((await ana.calls_out_of_order(joao)).call)
    await ana.status(Status.AVAILABLE)
    assert (await joao.ticket()).band == USUAL
    assert (await ana.calls()).ticket == maria.ticket_id


async def test_who_is_cancelled_in_their_own_turn_later_is_first_of_their_tier(scene: Scene):
    joao, ana = await scene.visitor("joão"), await scene.clerk()
    await ana.cancels((await ana.calls_out_of_order(joao)).call)
    await ana.status(Status.AVAILABLE)
    await ana.cancels((await ana.calls()).call)
    assert (await joao.ticket()).band != USUAL


async def test_a_turn_out_of_order_is_none_that_the_ratio_counts(scene: Scene):
    scene.orders = {CIVEL: Policy(order=Order.RATIO, ratio_k=2)}
    ivo, rosa = [await scene.visitor(name, tier=Tier.PRIORITY) for name in ("ivo", "rosa")]
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno")
    await ana.calls()
    rung = await bruno.calls_out_of_order(rosa)
    assert (await scene.unit()).run == 1
    await bruno.cancels(rung.call)
    assert (await scene.unit()).run == 1
    assert (await ivo.ticket()).state is TicketState.CALLED


async def test_a_call_out_of_order_passes_nobodys_turn(scene: Scene):
    maria = await scene.visitor("maria")
    scene.vanishes(maria)
    await scene.passes(40)
    joao, ana = await scene.visitor("joão"), await scene.clerk()
    await ana.calls_out_of_order(joao)
    assert (await maria.ticket()).passed_ms is None


@outcome("call_out_of_order", "stale_fence")
async def test_the_page_that_lost_the_desk_calls_nobody_out_of_order(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    ana.fence = NO_FENCE
    with refused(Code.STALE_FENCE):
        await ana.calls_out_of_order(maria)


@outcome("call_out_of_order", "not_available")
async def test_who_is_paused_calls_nobody_out_of_order(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.status(Status.PAUSED, PauseReason.BREAK)
    with refused(Code.NOT_AVAILABLE):
        await ana.calls_out_of_order(maria)


@outcome("call_out_of_order", "wrong_state")
async def test_who_is_calling_somebody_calls_nobody_else(scene: Scene):
    await scene.visitor("maria")
    joao, ana = await scene.visitor("joão"), await scene.clerk()
    await ana.calls()
    with refused(Code.WRONG_STATE):
        await ana.calls_out_of_order(joao)


@outcome("call_out_of_order", "ticket_unknown")
async def test_a_ticket_that_does_not_exist_is_not_called(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    maria.ticket_id = "nobody"
    with refused(Code.TICKET_UNKNOWN):
        await ana.calls_out_of_order(maria)


@outcome("call_out_of_order", "not_waiting")
async def test_whoever_is_away_called_or_gone_is_not_called_out_of_order(scene: Scene):
    maria, joao, rosa = [await scene.visitor(name) for name in ("maria", "joão", "rosa")]
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno")
    await bruno.calls()
    await joao.leave()
    scene.vanishes(rosa)
    await scene.passes(40)
    for person in (maria, joao, rosa):
        with refused(Code.NOT_WAITING):
            await ana.calls_out_of_order(person)
    assert (await scene.unit()).out_of_order_today == 0


@outcome("call_out_of_order", "not_your_unit")
async def test_nobody_is_called_out_of_order_for_a_unit_one_does_not_attend_now(scene: Scene):
    maria = await scene.visitor(unit=FAMILIA)
    ana = await scene.clerk(units=(CIVEL, FAMILIA))
    await ana.chooses(CIVEL)
    with refused(Code.NOT_YOUR_UNIT):
        await ana.calls_out_of_order(maria)


@outcome("call_out_of_order", "request_reused")
async def test_a_repeated_call_out_of_order_rings_once(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    request, new, at = ana.request(), scene.new_call(), scene.court
    call = (at, request, ana.id, ana.fence, new, maria.ticket_id, OutOfOrder.OTHER)
    assert await scene.store.call_out_of_order(*call) == await scene.store.call_out_of_order(*call)
    assert (await scene.unit()).out_of_order_today == 1
    other = (at, request.__class__(request.principal, request.id, "another"), *call[2:])
    with refused(Code.REQUEST_REUSED):
        await scene.store.call_out_of_order(*other)
