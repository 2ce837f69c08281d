"""What a clerk may do with the person they have: note, hold, send back, transfer, correct, remove."""

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import AttendantId, CallId, Fence, ParticipantId, Rev, TicketId
from rooms.model.attendant import Activity, Status
from rooms.model.call import CallState, EndOfCall, Gone, Outcome
from rooms.model.events import EventKind
from rooms.model.ticket import CancelReason, Cause, FetchReason, RemoveReason, TicketState, Tier, TierReason
from rooms.model.unit import Policy
from rooms.ports import Destination, Request, Suspending
from tests.scene import CIVEL, DAY, FAMILIA, Clerk, Person, Scene, in_call

outcome = pytest.mark.outcome
NO_CALL = CallId("no-call")


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


async def both(scene: Scene) -> tuple[Person, Clerk, CallId]:
    """They talk."""
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    return maria, ana, await in_call(scene, maria, ana)


async def line(scene: Scene, unit=CIVEL) -> list[tuple[str, bool]]:
    return [(waiting.ticket, waiting.present) for waiting in (await scene.unit(unit)).line]


# ------------------------------------------------------------------------------------------- the page's own fence

VERBS = {
    "note": lambda ana, call: ana.notes(call, "…"),
    "hold": lambda ana, call: ana.holds(call),
    "unhold": lambda ana, call: ana.unholds(call),
    "send_back": lambda ana, call: ana.sends_back(call),
    "transfer": lambda ana, call: ana.transfers(call, FAMILIA),
}


@outcome("note", "stale_fence")
@outcome("hold", "stale_fence")
@outcome("unhold", "stale_fence")
@outcome("send_back", "stale_fence")
@outcome("transfer", "stale_fence")
@outcome("note", "call_unknown")
@outcome("hold", "call_unknown")
@outcome("unhold", "call_unknown")
@outcome("send_back", "call_unknown")
@outcome("transfer", "call_unknown")
@pytest.mark.parametrize("verb", VERBS)
async def test_only_the_page_that_holds_the_desk_and_only_with_its_own_call(scene: Scene, verb: str):
    maria, ana, call = await both(scene)
    await scene.clerk("rosa", units=(FAMILIA,))
    with refused(Code.CALL_UNKNOWN):
        await VERBS[verb](ana, NO_CALL)
    fence = ana.fence
    await ana.open("another", take_over=True)
    ana.fence = fence
    with refused(Code.STALE_FENCE):
        await VERBS[verb](ana, call)
    assert (await maria.ticket()).state is TicketState.IN_CALL


@outcome("hold", "wrong_state")
@outcome("unhold", "wrong_state")
@outcome("send_back", "wrong_state")
@outcome("transfer", "wrong_state")
@pytest.mark.parametrize("verb", ["hold", "unhold", "send_back", "transfer"])
async def test_none_of_it_before_the_person_has_entered(scene: Scene, verb: str):
    maria, ana = await scene.visitor(), await scene.clerk()
    await scene.clerk("rosa", units=(FAMILIA,))
    rung = await ana.calls()
    with refused(Code.WRONG_STATE):
        await VERBS[verb](ana, rung.call)
    assert (await maria.ticket()).state is TicketState.CALLED


# ------------------------------------------------------------------------------------------- cancel, with its reason


async def test_a_cancelled_ring_has_a_reason_and_is_counted(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.cancels((await ana.calls()).call, CancelReason.TECHNICAL)
    back = (await scene.events(EventKind.TICKET_RETURNED))[0].facts
    assert (back["cause"], back["reason"], back["actor"], back["band"]) == ("cancelled", "technical", "attendant", "0")
    assert (await scene.unit()).cancelled_today == 1
    assert [(met.cause, met.detail) for met in (await maria.ticket()).past] == [(Cause.CANCELLED, "technical")]


# ------------------------------------------------------------------------------------------- the note


@outcome("note", "noted")
@outcome("note", "wrong_state")
async def test_a_note_is_the_live_tickets_alone(scene: Scene):
    maria, ana, call = await both(scene)
    await ana.notes(call, "Trará a certidão.")
    assert (await maria.ticket()).note == "Trará a certidão."
    await ana.notes(call, "")
    assert (await maria.ticket()).note is None
    await ana.notes(call, "Trará a certidão.")
    await ana.hangs_up(call)
    with refused(Code.WRONG_STATE):
        await ana.notes(call, "tarde demais")
    assert "certidão" not in str(await scene.events())


# ------------------------------------------------------------------------------------------- hold


@outcome("hold", "held")
async def test_on_hold_both_know_for_how_long(scene: Scene):
    maria, ana, call = await both(scene)
    until_ms = await ana.holds(call)
    ticket = await maria.ticket()
    assert (ticket.state, ticket.until_ms, (await maria.call()).state) == (
        TicketState.ON_HOLD,
        until_ms,
        CallState.ON_HOLD,
    )
    entries = await scene.log.call_log(scene.court, call, None, 10)
    assert (entries[-1].kind, entries[-1].sender, entries[-1].to) == ("hold", "attendant", None)
    assert (await ana.desk()).activity is Activity.IN_CALL
    await scene.passes(890)
    assert (await maria.ticket()).state is TicketState.ON_HOLD
    await scene.passes(20)
    assert ((await maria.ticket()).state, (await maria.call()).state) == (TicketState.IN_CALL, CallState.ACTIVE)
    over = (await scene.events(EventKind.TICKET_UNHELD))[0].facts
    assert (over["cause"], over["actor"]) == ("hold_over", "house")


@outcome("unhold", "unheld")
async def test_the_clerk_ends_a_hold(scene: Scene):
    maria, ana, call = await both(scene)
    await ana.holds(call)
    with refused(Code.WRONG_STATE):
        await ana.holds(call)
    await ana.unholds(call)
    assert ((await maria.ticket()).state, (await maria.ticket()).until_ms) == (TicketState.IN_CALL, None)
    with refused(Code.WRONG_STATE):
        await ana.unholds(call)


async def test_who_is_lost_on_hold_is_waited_for_and_talks_again(scene: Scene):
    maria, ana, call = await both(scene)
    await ana.holds(call)
    scene.vanishes(maria)
    await ana.hears(call, alive=False)
    await scene.passes(40)
    assert (await maria.call()).gone is Gone.VISITOR
    await maria.opens()
    assert (await maria.ticket()).state is TicketState.IN_CALL
    await scene.passes(1000)
    assert [event.kind for event in await scene.events(EventKind.TICKET_UNHELD)] == [], "the hold was over before"


# ------------------------------------------------------------------------------------------- send back


@outcome("send_back", "sent_back")
async def test_who_fetches_a_document_keeps_the_key_and_is_not_called(scene: Scene):
    maria, ana, call = await both(scene)
    joao = await scene.visitor("joão")
    await ana.sends_back(call)
    ticket, desk = await maria.ticket(), await ana.desk()
    assert (ticket.state, ticket.band, ticket.tries, ticket.fetching, ticket.present) == (
        TicketState.WAITING,
        1,
        0,
        True,
        True,
    )
    assert (desk.status, desk.activity) == (Status.AVAILABLE, Activity.IDLE)
    assert (await scene.log.call_log(scene.court, call, None, 10))[-1].body.count('"sent_back"') == 1
    assert await line(scene) == [(maria.ticket_id, False), (joao.ticket_id, True)]
    assert (await ana.calls()).ticket == joao.ticket_id
    assert (await maria.ticket()).passed_ms is None, "its time to be back has not begun"
    back = (await scene.events(EventKind.TICKET_RETURNED))[0].facts
    assert (back["cause"], back["reason"], back["actor"]) == ("sent_back", "document", "attendant")


@outcome("ready", "ready")
async def test_who_is_ready_is_called_at_the_old_place(scene: Scene):
    maria, ana, call = await both(scene)
    await scene.visitor("joão")
    await ana.sends_back(call)
    rev = await maria.is_ready()
    ticket = await maria.ticket()
    assert (ticket.rev, ticket.fetching, ticket.until_ms) == (rev, False, None)
    assert (await ana.calls()).ticket == maria.ticket_id
    told = (await scene.events(EventKind.TICKET_READY))[0].facts
    assert (told["actor"], told["position"]) == ("visitor", "1")


@outcome("ready", "ticket_unknown")
@outcome("ready", "stale_rev")
@outcome("ready", "wrong_state")
async def test_ready_is_for_whoever_was_sent_back(scene: Scene):
    maria = await scene.visitor()
    with refused(Code.WRONG_STATE):
        await maria.is_ready()
    with refused(Code.STALE_REV):
        await maria.is_ready(99)
    await maria.leave()
    with refused(Code.TICKET_UNKNOWN):
        await maria.is_ready(1)


async def test_half_an_hour_is_enough_to_fetch_something(scene: Scene):
    maria, ana, call = await both(scene)
    await ana.sends_back(call, FetchReason.TECHNICAL)
    await scene.passes(1790)
    assert (await maria.ticket()).fetching
    await scene.passes(20)
    assert not (await maria.ticket()).fetching
    assert await line(scene) == [(maria.ticket_id, True)]
    assert (await scene.events(EventKind.TICKET_READY))[0].facts["actor"] == "house"


async def test_whose_page_is_closed_meanwhile_is_away_and_no_sign_of_life_makes_them_ready(scene: Scene):
    maria, ana, call = await both(scene)
    await ana.sends_back(call)
    scene.vanishes(maria)
    await scene.passes(60)
    assert not (await maria.ticket()).present
    await maria.opens()
    scene.here.append(maria)
    assert ((await maria.ticket()).present, await line(scene)) == (True, [(maria.ticket_id, False)])
    scene.vanishes(maria)
    await scene.passes(1800)
    with refused(Code.NOBODY_WAITING):
        await ana.calls()
    assert (await maria.ticket()).passed_ms is not None, "from here on away like anybody else"
    await maria.opens()
    assert await line(scene) == [(maria.ticket_id, True)]


# ------------------------------------------------------------------------------------------- transfer


@outcome("transfer", "transferred")
async def test_a_transfer_keeps_the_arrival_and_everything_said(scene: Scene):
    maria, ana, call = await both(scene)
    rosa = await scene.clerk("rosa", units=(FAMILIA,))
    joao = await scene.visitor("joão", unit=FAMILIA)
    await ana.notes(call, "Pensão, processo antigo.")
    before = await maria.ticket()
    child_id = await ana.transfers(call, FAMILIA)

    parent = await maria.ticket()
    assert (parent.state, (await maria.call()).end) == (TicketState.TRANSFERRED, EndOfCall.TRANSFERRED)
    child = (await scene.store.ticket_of(scene.court, maria.holder)).ticket
    assert (child.id, child.unit, child.number, child.state) == (child_id, FAMILIA, "FA1 002", TicketState.WAITING)
    assert (child.seq, child.tier, child.band, child.joined_ms) == (before.seq, before.tier, 1, before.joined_ms)
    assert (child.visitor, child.note, child.parent, child.hops) == (
        before.visitor,
        "Pensão, processo antigo.",
        before.id,
        1,
    )
    assert (child.receipt != before.receipt, child.active_tab) == (True, maria.tab)
    assert [(met.cause, met.detail) for met in child.past] == [(Cause.TRANSFERRED, CIVEL)]
    desk = await ana.desk()
    assert (desk.activity, desk.outcome) == (Activity.WRAP_UP, Outcome.FORWARDED)
    joined = (await scene.events(EventKind.TICKET_JOINED))[-1]
    assert (joined.facts["parent"], joined.facts["cause"], joined.facts["joined_ms"]) == (
        before.id,
        "transferred",
        str(before.joined_ms),
    )
    assert (await rosa.calls()).ticket == child_id, "before João, who came later"
    maria.ticket_id = child_id
    await maria.leave()
    assert (await rosa.calls()).ticket == joao.ticket_id


async def test_who_was_silent_when_forwarded_is_away_there(scene: Scene):
    maria, ana, call = await both(scene)
    await scene.clerk("rosa", units=(FAMILIA,))
    scene.vanishes(maria)
    await scene.passes(40)
    child = await ana.transfers(call, FAMILIA)
    assert await line(scene, FAMILIA) == [(child, False)]
    await maria.opens()
    assert await line(scene, FAMILIA) == [(child, True)]


@outcome("transfer", "unit_full")
@outcome("transfer", "unit_suspended")
@outcome("transfer", "unit_unattended")
async def test_nobody_is_sent_where_nobody_can_take_them(scene: Scene):
    maria, ana, call = await both(scene)
    with refused(Code.UNIT_UNATTENDED):
        await ana.transfers(call, FAMILIA)
    await scene.clerk("rosa", units=(FAMILIA,))
    await scene.visitor("joão", unit=FAMILIA)
    with refused(Code.UNIT_FULL) as full:
        await ana.transfers(call, FAMILIA, Policy(max_waiting=1))
    assert full.value.details == {"waiting": 1}
    with refused(Code.WRONG_STATE):
        await ana.transfers(call, CIVEL)
    told = Suspending("Sem sistema.", None, None)
    await scene.store.suspend(scene.court, scene.request("s:sofia"), FAMILIA, ParticipantId("supervisor"), told)
    with refused(Code.UNIT_SUSPENDED):
        await ana.transfers(call, FAMILIA)
    assert (await maria.ticket()).state is TicketState.IN_CALL


@outcome("transfer", "too_many_transfers")
async def test_the_fourth_unit_is_one_too_many(scene: Scene):
    maria, ana, call = await both(scene)
    clerks = {CIVEL: ana, FAMILIA: await scene.clerk("rosa", units=(FAMILIA,))}
    here, there = CIVEL, FAMILIA
    for _ in range(3):
        maria.ticket_id = await clerks[here].transfers(call, there)
        await clerks[here].finishes(call, Outcome.FORWARDED)
        here, there = there, here
        call = await in_call(scene, maria, clerks[here])
    with refused(Code.TOO_MANY_TRANSFERS) as far:
        await clerks[here].transfers(call, there)
    assert far.value.details == {"hops": 3}


# ------------------------------------------------------------------------------------------- tier


@outcome("set_tier", "set")
async def test_a_tier_is_corrected_and_the_sequence_stays(scene: Scene):
    joao, maria, ana = await scene.visitor("joão"), await scene.visitor("maria"), await scene.clerk()
    rung = await ana.calls()
    rev = await ana.corrects(joao, Tier.EIGHTY)
    ticket = await joao.ticket()
    assert (ticket.rev, ticket.tier, ticket.seq, ticket.tier_reason) == (rev, Tier.EIGHTY, 1, TierReason.UNDECLARED)
    told = (await scene.events(EventKind.TICKET_TIER))[0].facts
    assert (told["tier"], told["before"], told["reason"], told["actor"]) == ("0", "3", "undeclared", "attendant")
    await ana.cancels(rung.call)
    assert (await line(scene))[0] == (joao.ticket_id, True)

    found = await maria.ticket()
    await scene.store.set_tier_supervisor(
        scene.court, scene.request("s:sofia"), found.id, found.rev, Tier.PRIORITY, TierReason.DOCUMENT
    )
    assert (await scene.events(EventKind.TICKET_TIER))[1].facts["actor"] == "supervisor"
    assert [waiting.tier for waiting in (await scene.unit()).line] == [Tier.EIGHTY, Tier.PRIORITY]


@outcome("set_tier", "ticket_unknown")
@outcome("set_tier", "stale_fence")
@outcome("set_tier", "not_yours")
@outcome("set_tier", "stale_rev")
async def test_whose_tier_may_be_corrected(scene: Scene):
    maria, ana, _ = await both(scene)
    joao = await scene.visitor("joão")
    with refused(Code.NOT_YOURS):
        await ana.corrects(joao, Tier.EIGHTY)
    store, court = scene.store, scene.court
    with refused(Code.STALE_REV):
        await store.set_tier_supervisor(court, ana.request(), joao.ticket_id, Rev(9), Tier.DONOR, TierReason.MISTAKEN)
    await joao.leave()
    with refused(Code.TICKET_UNKNOWN):
        await ana.corrects(joao, Tier.EIGHTY)
    ana.fence = Fence(ana.fence - 1)
    with refused(Code.STALE_FENCE):
        await ana.corrects(maria, Tier.EIGHTY)


# ------------------------------------------------------------------------------------------- remove


@outcome("remove", "removed")
async def test_a_clerk_removes_the_person_in_the_call(scene: Scene):
    maria, ana, call = await both(scene)
    await ana.removes(maria.ticket_id)
    ticket, desk = await maria.ticket(), await ana.desk()
    assert (ticket.state, ticket.end_reason) == (TicketState.REMOVED, RemoveReason.CONDUCT)
    assert (await maria.call()).end is EndOfCall.REMOVED
    assert (desk.activity, desk.outcome) == (Activity.WRAP_UP, None)
    ended = (await scene.events(EventKind.TICKET_ENDED))[0].facts
    assert (ended["state"], ended["cause"], ended["reason"], ended["actor"]) == (
        "removed",
        "removed",
        "conduct",
        "attendant",
    )
    assert (await scene.unit()).left_today == 1
    await ana.finishes(call)


async def test_a_ring_of_somebody_removed_leaves_the_desk_free(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    await ana.removes(maria.ticket_id, RemoveReason.TEST)
    desk = await ana.desk()
    assert ((await maria.ticket()).state, desk.activity, desk.status) == (
        TicketState.REMOVED,
        Activity.IDLE,
        Status.AVAILABLE,
    )


@outcome("remove", "ticket_unknown")
@outcome("remove", "stale_fence")
@outcome("remove", "not_yours")
@outcome("remove", "wrong_state")
async def test_who_may_be_removed_by_whom(scene: Scene):
    maria, ana, _ = await both(scene)
    joao = await scene.visitor("joão")
    store, court = scene.store, scene.court
    with refused(Code.NOT_YOURS):
        await ana.removes(joao.ticket_id)
    with refused(Code.WRONG_STATE):
        await store.remove_supervisor(court, scene.request("s:sofia"), maria.ticket_id, RemoveReason.OTHER)
    await store.remove_supervisor(court, scene.request("s:sofia"), joao.ticket_id, RemoveReason.DUPLICATE)
    ended = (await scene.events(EventKind.TICKET_ENDED))[0].facts
    assert (ended["actor"], ended["reason"], ended["position"]) == ("supervisor", "duplicate", "1")
    with refused(Code.TICKET_UNKNOWN):
        await store.remove_supervisor(court, scene.request("s:sofia"), joao.ticket_id, RemoveReason.DUPLICATE)
    ana.fence = Fence(ana.fence - 1)
    with refused(Code.STALE_FENCE):
        await ana.removes(maria.ticket_id)


# ------------------------------------------------------------------------------------------- once


@outcome("note", "request_reused")
@outcome("hold", "request_reused")
@outcome("unhold", "request_reused")
@outcome("send_back", "request_reused")
@outcome("ready", "request_reused")
@outcome("transfer", "request_reused")
@outcome("set_tier", "request_reused")
@outcome("remove", "request_reused")
async def test_each_of_these_is_bound_to_its_request(scene: Scene):
    maria, ana, call = await both(scene)
    await scene.clerk("rosa", units=(FAMILIA,))
    store, court = scene.store, scene.court

    async def twice(principal: Person | Clerk, verb, *rest):
        first = principal.request()
        answer = await verb(court, first, *rest)
        assert await verb(court, first, *rest) == answer
        with refused(Code.REQUEST_REUSED):
            await verb(court, Request(first.principal, first.id, "another"), *rest)

    at = AttendantId("ana"), ana.fence
    await twice(ana, store.note, *at, call, "…")
    await twice(ana, store.hold, *at, call)
    await twice(ana, store.unhold, *at, call)
    rev = (await maria.ticket()).rev
    await twice(ana, store.set_tier_attendant, *at, maria.ticket_id, rev, Tier.EIGHTY, TierReason.DOCUMENT)
    await twice(ana, store.send_back, *at, call, FetchReason.OTHER)
    await twice(maria, store.ready, maria.holder, (await maria.ticket()).rev)
    call = await in_call(scene, maria, ana)
    to = Destination(TicketId("child"), FAMILIA, "FA1", DAY, "BBBB-CCCC-DDDD")
    await twice(ana, store.transfer, *at, call, to, Policy())
    await ana.finishes(call)
    joao = await scene.visitor("joão")
    await ana.calls()
    await twice(ana, store.remove_attendant, *at, joao.ticket_id, RemoveReason.OTHER)
    assert len(await scene.events(EventKind.TICKET_JOINED)) == 3
