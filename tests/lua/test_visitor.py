"""The visitor's verbs: one test per declared outcome."""

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import CallId
from rooms.model.attendant import Activity, Status
from rooms.model.call import CallState, EndOfCall
from rooms.model.events import EventKind
from rooms.model.ticket import Media, TicketState, Tier
from rooms.model.unit import Policy
from rooms.ports import Request
from tests.scene import CIVEL, DAY, FAMILIA, MARIA, Scene, in_call

outcome = pytest.mark.outcome
NO_CALL = CallId("no-call")


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


@outcome("join", "joined")
async def test_who_joins_has_a_number_and_stands_behind_those_before(scene: Scene):
    first, second = await scene.visitor("maria"), await scene.visitor("joão")
    ticket = await second.ticket()
    assert ticket.number == "CV1 002"
    assert ticket.original_position == 2
    assert ticket.state is TicketState.WAITING
    assert ticket.visitor == MARIA
    assert [waiting.ticket for waiting in (await scene.unit()).line] == [first.ticket_id, second.ticket_id]


async def test_numbers_run_by_unit(scene: Scene):
    await scene.visitor("maria")
    other = await scene.visitor("joão", unit=FAMILIA)
    assert (await other.ticket()).number == "FA1 001"


async def test_a_priority_stands_before_everyone_but_not_before_its_own(scene: Scene):
    await scene.visitor("maria")
    await scene.visitor("rosa", tier=Tier.PRIORITY)
    second = await scene.visitor("lia", tier=Tier.PRIORITY)
    assert (await second.ticket()).original_position == 2


@outcome("join", "ticket_exists")
async def test_a_browser_has_one_live_ticket(scene: Scene):
    maria = await scene.visitor("maria")
    before = maria.ticket_id
    with refused(Code.TICKET_EXISTS) as refusal:
        await maria.join(unit=FAMILIA)
    assert refusal.value.details == {"ticket": before}


async def test_whoever_has_left_may_join_again(scene: Scene):
    maria = await scene.visitor("maria")
    await maria.leave()
    assert (await maria.join()).number == "CV1 002"


@outcome("join", "unit_full")
async def test_a_full_unit_says_how_many_wait(scene: Scene):
    small = Policy(max_waiting=2)
    gone = await scene.visitor("maria")
    await scene.visitor("joão")
    scene.vanishes(gone)
    await scene.passes(40)
    with refused(Code.UNIT_FULL) as refusal:
        await scene.visitor("lia", policy=small)
    assert refusal.value.details == {"waiting": 2}


@outcome("join", "too_many_joins")
async def test_one_network_cannot_fill_the_line(scene: Scene):
    await scene.visitor("maria", network="n1", network_limit=1)
    with refused(Code.TOO_MANY_JOINS):
        await scene.visitor("joão", network="n1", network_limit=1)
    await scene.visitor("lia", network="n2", network_limit=1)


async def test_the_same_request_gets_the_same_place(scene: Scene):
    maria = await scene.visitor("maria")
    request = Request(f"v:{maria.holder}", maria.request().id, "payload")
    await maria.leave()
    first = await maria.join(request=request)
    assert await maria.join(request=request) == first
    assert len((await scene.unit()).line) == 1


@outcome("join", "request_reused")
async def test_the_same_request_with_another_payload_is_refused(scene: Scene):
    maria = await scene.visitor("maria")
    await maria.leave()
    request = maria.request()
    await maria.join(request=request)
    with refused(Code.REQUEST_REUSED):
        await maria.join(request=Request(request.principal, request.id, "another"))


@outcome("leave", "left")
async def test_who_leaves_frees_the_place(scene: Scene):
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    await maria.leave()
    assert (await maria.ticket()).state is TicketState.LEFT
    unit = await scene.unit()
    assert [waiting.ticket for waiting in unit.line] == [joao.ticket_id]
    assert unit.left_today == 1
    ended = (await scene.events(EventKind.TICKET_ENDED))[0].facts
    assert (ended["state"], ended["position"], ended["original_position"], ended["actor"]) == (
        "left",
        "1",
        "1",
        "visitor",
    )


async def test_who_leaves_while_called_frees_the_clerk(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    await maria.leave()
    assert (await maria.call()).end is EndOfCall.VISITOR_LEFT
    desk = await ana.desk()
    assert (desk.activity, desk.status, desk.ticket) == (Activity.IDLE, Status.AVAILABLE, None)


async def test_who_leaves_in_a_call_has_been_served(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await in_call(scene, maria, ana)
    await maria.leave()
    assert (await maria.ticket()).state is TicketState.SERVED
    assert (await ana.desk()).activity is Activity.WRAP_UP


@outcome("leave", "ticket_unknown")
async def test_nobody_leaves_twice(scene: Scene):
    maria = await scene.visitor()
    await maria.leave()
    with refused(Code.TICKET_UNKNOWN):
        await maria.leave()


@outcome("leave", "stale_rev")
async def test_leaving_supposes_the_state_one_sees(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    with refused(Code.STALE_REV) as refusal:
        await maria.leave(rev=1)
    assert refusal.value.details == {"rev": 2}
    assert (await maria.ticket()).state is TicketState.CALLED


@outcome("open_page", "page")
async def test_the_newest_opened_page_is_the_active_one_and_a_reconnect_changes_nothing(scene: Scene):
    maria = await scene.visitor()
    assert (await maria.opens("tab-2")).ticket.active_tab == "tab-2"
    assert (await maria.opens(opened=False)).ticket.active_tab == "tab-2"
    assert len(await scene.events(EventKind.TICKET_PAGE)) == 1


async def test_a_page_of_somebody_who_was_away_makes_them_present(scene: Scene):
    maria = await scene.visitor()
    scene.vanishes(maria)
    await scene.passes(40)
    assert not (await maria.ticket()).present
    assert (await maria.opens()).ticket.present


async def test_a_browser_without_a_ticket_has_a_page_without_one(scene: Scene):
    maria = await scene.visitor()
    maria.holder = "somebody-else"
    assert (await maria.opens()).ticket is None


@outcome("seen", "seen")
async def test_a_ring_is_seen_once(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    await maria.sees(rung.call)
    await maria.sees(rung.call)
    assert (await maria.call()).seen_ms is not None
    assert len(await scene.events(EventKind.TICKET_SEEN)) == 1


@outcome("seen", "ticket_unknown")
async def test_who_has_left_sees_no_ring(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    await maria.leave()
    with refused(Code.TICKET_UNKNOWN):
        await maria.sees(rung.call)


@outcome("seen", "call_unknown")
async def test_another_call_is_not_seen(scene: Scene):
    maria = await scene.visitor()
    with refused(Code.CALL_UNKNOWN):
        await maria.sees(NO_CALL)


@outcome("seen", "wrong_state")
async def test_a_call_under_way_no_longer_rings(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    with refused(Code.WRONG_STATE):
        await maria.sees(call)


@outcome("seen", "not_active_page")
async def test_a_mirror_does_not_say_that_the_ring_is_seen(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    with refused(Code.NOT_ACTIVE_PAGE):
        await maria.sees(rung.call, tab="a-mirror")


@outcome("seen", "request_reused")
@outcome("more_time", "request_reused")
@outcome("enter", "request_reused")
@outcome("leave", "request_reused")
async def test_visitors_verbs_bind_a_request_to_its_payload(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    store, court, request = scene.store, scene.court, maria.request()
    other = Request(request.principal, request.id, "another")
    await store.seen(court, request, maria.holder, rung.call, maria.tab)
    with refused(Code.REQUEST_REUSED):
        await store.seen(court, other, maria.holder, rung.call, maria.tab)
    assert await store.more_time(court, request, maria.holder, 2) == 3, "a request id belongs to its verb"
    with refused(Code.REQUEST_REUSED):
        await store.more_time(court, other, maria.holder, 2)
    assert await store.enter(court, request, maria.holder, rung.call, maria.tab, Media.VIDEO) == 4
    assert await store.enter(court, request, maria.holder, rung.call, maria.tab, Media.VIDEO) == 4
    with refused(Code.REQUEST_REUSED):
        await store.enter(court, other, maria.holder, rung.call, maria.tab, Media.VIDEO)
    await store.leave(court, request, maria.holder, 4)
    with refused(Code.REQUEST_REUSED):
        await store.leave(court, other, maria.holder, 4)


@outcome("more_time", "extended")
async def test_more_time_is_sixty_seconds(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    before = (await maria.ticket()).until_ms
    await maria.asks_for_time()
    after = await maria.ticket()
    assert after.until_ms == before + 60_000
    assert after.more_time_used


@outcome("more_time", "ticket_unknown")
async def test_who_has_left_needs_no_time(scene: Scene):
    maria = await scene.visitor()
    await maria.leave()
    with refused(Code.TICKET_UNKNOWN):
        await maria.asks_for_time(rev=2)


@outcome("more_time", "wrong_state")
async def test_only_a_ring_can_last_longer(scene: Scene):
    maria = await scene.visitor()
    with refused(Code.WRONG_STATE):
        await maria.asks_for_time()


@outcome("more_time", "stale_rev")
async def test_more_time_supposes_the_ring_one_sees(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    with refused(Code.STALE_REV):
        await maria.asks_for_time(rev=1)


@outcome("more_time", "no_more_time")
async def test_more_time_is_had_once_a_ring(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    await maria.asks_for_time()
    with refused(Code.NO_MORE_TIME):
        await maria.asks_for_time()


@outcome("enter", "entered")
async def test_who_enters_is_in_the_call_with_the_clerk(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    await maria.enters(rung.call, Media.TEXT)
    ticket = await maria.ticket()
    assert (ticket.state, ticket.until_ms) == (TicketState.IN_CALL, None)
    call = await maria.call()
    assert (call.state, call.media) == (CallState.ACTIVE, Media.TEXT)
    assert (await ana.desk()).activity is Activity.IN_CALL
    assert (await scene.unit()).in_call == 1
    entered = (await scene.events(EventKind.TICKET_ENTERED))[0].facts
    assert (entered["media"], entered["cause"], entered["actor"], entered["position"]) == (
        "text",
        "entered",
        "visitor",
        "1",
    )


@outcome("enter", "ticket_unknown")
async def test_who_has_left_cannot_enter(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    await maria.leave()
    with refused(Code.TICKET_UNKNOWN):
        await maria.enters(rung.call)


@outcome("enter", "call_unknown")
async def test_nobody_enters_another_persons_call(scene: Scene):
    maria, joao, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    rung = await ana.calls()
    assert rung.ticket == maria.ticket_id
    with refused(Code.CALL_UNKNOWN):
        await joao.enters(rung.call)


@outcome("enter", "wrong_state")
async def test_a_ring_that_is_over_cannot_be_entered(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    with refused(Code.WRONG_STATE):
        await maria.enters(call)


@outcome("enter", "not_active_page")
async def test_a_mirror_cannot_enter(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    with refused(Code.NOT_ACTIVE_PAGE):
        await maria.enters(rung.call, tab="a-mirror")


@outcome("ticket_of", "page")
@outcome("ticket", "page")
async def test_the_end_of_a_visit_can_still_be_read(scene: Scene):
    maria = await scene.visitor()
    await maria.leave()
    mine = await scene.store.ticket_of(scene.court, maria.holder)
    by_id = await scene.store.ticket(scene.court, maria.ticket_id)
    assert mine.ticket == by_id.ticket
    assert mine.ticket.state is TicketState.LEFT
    assert mine.as_of.n == 2


@outcome("units", "units")
async def test_units_are_read_at_one_instant(scene: Scene):
    await scene.visitor("maria")
    await scene.visitor("joão", unit=FAMILIA)
    read = await scene.store.units(scene.court, [CIVEL, FAMILIA], {CIVEL: DAY, FAMILIA: DAY})
    assert [[waiting.number for waiting in unit.line] for unit in read.units] == [["CV1 001"], ["FA1 001"]]
    assert read.as_of.n == 2
