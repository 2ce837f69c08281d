"""A dropped call resumes: silence alone proves nothing, and nobody loses their place by it."""

import pytest

from rooms.errors import Code, RoomsError
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import CallState, EndOfCall, Gone, Outcome
from rooms.model.events import EventKind
from rooms.model.ticket import Cause, TicketState
from rooms.ports import Request
from tests.scene import Clerk, Person, Scene, in_call

outcome = pytest.mark.outcome


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


async def said(scene: Scene, call) -> list[str]:
    return [entry.kind for entry in await scene.log.call_log(scene.court, call, None, 100)]


async def without_visitor(scene: Scene) -> tuple[Person, Clerk, str]:
    """A call whose visitor is gone for good, and whose clerk hears nothing any more."""
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    scene.vanishes(maria)
    await ana.hears(call, alive=False)
    await scene.passes(40)
    return maria, ana, call


async def without_clerk(scene: Scene) -> tuple[Person, Clerk, str]:
    """A call whose clerk is gone for good, and whose visitor hears nothing any more."""
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    scene.vanishes(ana)
    await maria.hears(call, alive=False)
    await scene.passes(30)
    return maria, ana, call


async def without_both(scene: Scene) -> tuple[Person, Clerk, str]:
    """A call that has lost both."""
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    scene.vanishes(maria)
    scene.vanishes(ana)
    await scene.passes(40)
    return maria, ana, call


# ------------------------------------------------------------------------------------------- what interrupts


@pytest.mark.parametrize("who", ["visitor", "clerk"])
async def test_silence_alone_interrupts_nothing(scene: Scene, who: str):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    silent, other = (maria, ana) if who == "visitor" else (ana, maria)
    await other.hears(call, alive=True)
    scene.vanishes(silent)
    await scene.passes(3600)
    assert ((await maria.ticket()).state, (await maria.call()).state) == (TicketState.IN_CALL, CallState.ACTIVE)


async def test_a_dead_leg_alone_interrupts_nothing(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await ana.hears(call, alive=False)
    await maria.hears(call, alive=False)
    await scene.passes(3600)
    assert (await maria.ticket()).state is TicketState.IN_CALL


@outcome("leg", "told")
async def test_a_silent_visitor_whom_the_clerk_does_not_hear_is_gone(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    scene.vanishes(maria)
    await scene.passes(40)
    assert (await maria.ticket()).state is TicketState.IN_CALL
    await ana.hears(call, alive=False)
    ticket, interrupted = await maria.ticket(), await maria.call()
    assert (ticket.state, interrupted.state, interrupted.gone) == (
        TicketState.INTERRUPTED,
        CallState.INTERRUPTED,
        Gone.VISITOR,
    )
    assert ticket.until_ms == interrupted.interrupted_ms + 300_000
    assert (await ana.desk()).activity is Activity.IN_CALL
    assert (await said(scene, call))[-1] == "interrupted"
    told = (await scene.events(EventKind.TICKET_INTERRUPTED))[0]
    assert (told.facts["cause"], told.facts["actor"], told.call) == ("visitor_gone", "house", call)
    assert {"original_position", "wait_ms", "until_ms"} <= told.facts.keys()


async def test_a_silent_clerk_whom_the_visitor_does_not_hear_is_gone(scene: Scene):
    maria, _, _ = await without_clerk(scene)
    ticket, call = await maria.ticket(), await maria.call()
    assert (ticket.state, call.gone) == (TicketState.INTERRUPTED, Gone.ATTENDANT)
    assert ticket.until_ms == call.interrupted_ms + 60_000


async def test_the_silence_of_both_needs_no_word(scene: Scene):
    maria, _, _ = await without_both(scene)
    assert ((await maria.ticket()).state, (await maria.call()).gone) == (TicketState.INTERRUPTED, Gone.BOTH)


async def test_a_leg_that_is_heard_again_resumes_although_the_line_is_silent(scene: Scene):
    maria, ana, call = await without_visitor(scene)
    await ana.hears(call, alive=True)
    assert (await maria.ticket()).state is TicketState.IN_CALL
    assert (await maria.ticket()).until_ms is None


@outcome("leg", "not_member")
@outcome("leg", "not_active_page")
@outcome("leg", "stale_fence")
@outcome("leg", "wrong_state")
async def test_only_the_pages_of_a_running_call_say_what_they_hear(scene: Scene):
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    rung = await ana.calls()
    with refused(Code.WRONG_STATE):
        await maria.hears(rung.call, alive=False)
    await maria.enters(rung.call)
    joao, bruno = await scene.visitor("joão"), await scene.clerk("bruno")
    for stranger in (joao, bruno):
        with refused(Code.NOT_MEMBER):
            await stranger.hears(rung.call, alive=False)
    with refused(Code.NOT_MEMBER):
        await maria.hears("no-call", alive=False)
    with refused(Code.NOT_ACTIVE_PAGE):
        await maria.hears(rung.call, alive=False, tab="another")
    fence = ana.fence
    await ana.open("another", take_over=True)
    ana.fence = fence
    with refused(Code.STALE_FENCE):
        await ana.hears(rung.call, alive=False)
    await maria.hangs_up(rung.call)
    with refused(Code.WRONG_STATE):
        await maria.hears(rung.call, alive=False)


# ------------------------------------------------------------------------------------------- who comes back


@pytest.mark.parametrize("how", ["renewed", "reloaded"])
async def test_a_visitor_back_in_time_goes_on_with_the_same_clerk(scene: Scene, how: str):
    maria, ana, call = await without_visitor(scene)
    await scene.passes(250)
    if how == "renewed":
        scene.here.append(maria)
        await scene.renew()
    else:
        await maria.opens()
    ticket, resumed = await maria.ticket(), await maria.call()
    assert (ticket.state, ticket.call, resumed.state) == (TicketState.IN_CALL, call, CallState.ACTIVE)
    assert (resumed.gone, resumed.interrupted_ms) == (None, None)
    assert (await said(scene, call))[-1] == "resumed"
    assert (await ana.desk()).call == call
    assert len(await scene.events(EventKind.TICKET_RESUMED)) == 1
    await scene.passes(20)
    assert (await maria.ticket()).state is TicketState.IN_CALL, "the lease runs again"


@pytest.mark.parametrize("how", ["renewed", "reloaded"])
async def test_a_clerk_back_in_time_goes_on_with_the_same_person(scene: Scene, how: str):
    maria, ana, call = await without_clerk(scene)
    await scene.passes(40)
    if how == "renewed":
        scene.here.append(ana)
        await scene.renew()
    else:
        await ana.open("a page after a crash")
    assert ((await maria.ticket()).state, (await maria.call()).id) == (TicketState.IN_CALL, call)
    assert (await ana.desk()).status is Status.AVAILABLE


async def test_whoever_comes_back_has_to_be_heard_again(scene: Scene):
    maria, ana, _ = await without_visitor(scene)
    await maria.opens()
    assert (await maria.ticket()).state is TicketState.IN_CALL
    await scene.passes(40)
    assert (await maria.call()).gone is Gone.VISITOR, "silent again, and no leg was built meanwhile"
    assert (await ana.desk()).activity is Activity.IN_CALL


@pytest.mark.parametrize(("back", "gone", "wait_s"), [("maria", Gone.ATTENDANT, 60), ("ana", Gone.VISITOR, 300)])
async def test_of_two_the_first_one_back_waits_for_the_other(scene: Scene, back: str, gone: Gone, wait_s: int):
    maria, ana, call = await without_both(scene)
    await scene.passes(100)
    if back == "maria":
        await maria.opens()
    else:
        await ana.open()
    ticket = await maria.ticket()
    assert (ticket.state, (await maria.call()).gone) == (TicketState.INTERRUPTED, gone)
    told = (await scene.events(EventKind.TICKET_INTERRUPTED))[-1]
    assert ticket.until_ms == told.at_ms + wait_s * 1000
    if back == "maria":
        await ana.open()
    else:
        await maria.opens()
    assert (await maria.ticket()).state is TicketState.IN_CALL
    assert (await said(scene, call))[-3:] == ["interrupted", "interrupted", "resumed"]


# ------------------------------------------------------------------------------------------- who does not


async def test_a_visitor_who_does_not_come_back_has_been_served_and_the_outcome_is_plain(scene: Scene):
    maria, ana, call = await without_visitor(scene)
    await scene.passes(280)
    assert (await maria.ticket()).state is TicketState.INTERRUPTED
    await scene.passes(30)
    ended = await maria.call()
    assert ((await maria.ticket()).state, ended.end) == (TicketState.SERVED, EndOfCall.VISITOR_GONE)
    desk = await ana.desk()
    assert (desk.activity, desk.call, desk.outcome) == (Activity.WRAP_UP, call, Outcome.INTERRUPTED)
    await scene.passes(40)
    finished = (await scene.events(EventKind.CALL_FINISHED))[0]
    assert finished.facts["outcome"] == Outcome.INTERRUPTED
    assert (await maria.ticket()).outcome == Outcome.INTERRUPTED
    assert (await ana.desk()).outcome is None


async def test_a_plain_outcome_gives_way_to_the_one_that_is_said(scene: Scene):
    maria, ana, call = await without_visitor(scene)
    await scene.passes(300)
    await ana.finishes(call, Outcome.INFORMED)
    assert (await maria.ticket()).outcome == Outcome.INFORMED
    assert (await scene.events(EventKind.CALL_FINISHED))[0].facts["outcome"] == Outcome.INFORMED


async def test_a_clerk_who_does_not_come_back_makes_the_visitor_first_of_their_tier(scene: Scene):
    maria, ana, _ = await without_clerk(scene)
    await scene.visitor("joão")
    await scene.passes(70)
    ticket = await maria.ticket()
    assert (ticket.state, ticket.band, ticket.present, ticket.entered_ms) == (TicketState.WAITING, 0, True, None)
    assert (await scene.unit()).line[0].ticket == maria.ticket_id
    assert (await scene.unit()).in_call == 0
    assert [met.cause for met in ticket.past] == [Cause.ATTENDANT_GONE]
    desk = await ana.desk()
    assert (desk.status, desk.pause, desk.activity) == (Status.PAUSED, PauseReason.VANISHED, Activity.IDLE)
    bruno = await scene.clerk("bruno")
    assert (await bruno.calls()).ticket == maria.ticket_id
    await scene.passes(400)
    assert (await ana.desk()).status is Status.OFFLINE


async def test_a_silence_of_both_ends_nobodys_visit(scene: Scene):
    maria, ana, call = await without_both(scene)
    await scene.passes(310)
    ticket = await maria.ticket()
    assert (ticket.state, ticket.band, ticket.present) == (TicketState.WAITING, 0, False)
    assert (await scene.log.call_log(scene.court, call, None, 100))[-1].body.count("both_gone") == 1
    assert (await ana.desk()).pause is PauseReason.VANISHED
    await maria.opens()
    assert (await maria.ticket()).present


async def test_an_outage_of_the_house_does_not_count_as_absence(scene: Scene):
    maria, _, _ = await without_visitor(scene)
    before = (await maria.ticket()).until_ms
    await scene.store.move_clock(scene.court, 0)
    await scene.store._client.call("SET", f"{{{scene.court}}}:swept", await scene.store.now(scene.court) - 3_600_000)
    await scene.sweep()
    assert (await maria.ticket()).until_ms >= before + 3_600_000


# ------------------------------------------------------------------------------------------- who does not wait


@outcome("release", "released")
async def test_a_clerk_need_not_wait(scene: Scene):
    maria, ana, call = await without_visitor(scene)
    await ana.notes(call, "Falta a procuração.")
    await ana.releases(call)
    ticket, desk = await maria.ticket(), await ana.desk()
    assert (ticket.state, ticket.band, ticket.present, ticket.note) == (
        TicketState.WAITING,
        0,
        False,
        "Falta a procuração.",
    )
    assert (desk.status, desk.activity, desk.ticket) == (Status.AVAILABLE, Activity.IDLE, None)
    back = (await scene.events(EventKind.TICKET_RETURNED))[0].facts
    assert (back["cause"], back["actor"], back["band"]) == ("released", "attendant", "0")
    await maria.opens()
    bruno = await scene.clerk("bruno")
    rung = await bruno.calls()
    assert rung.ticket == maria.ticket_id
    assert (await scene.store.desk(scene.court, bruno.id)).ticket.note == "Falta a procuração."


@outcome("release", "stale_fence")
@outcome("release", "call_unknown")
@outcome("release", "wrong_state")
async def test_nobody_is_released_who_is_there(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    with refused(Code.WRONG_STATE):
        await ana.releases(call)
    with refused(Code.CALL_UNKNOWN):
        await ana.releases("no-call")
    fence = ana.fence
    await ana.open("another", take_over=True)
    ana.fence = fence
    with refused(Code.STALE_FENCE):
        await ana.releases(call)


@outcome("other_attendant", "waiting")
async def test_a_visitor_need_not_wait(scene: Scene):
    maria, ana, call = await without_clerk(scene)
    rev = await maria.asks_for_another(call)
    ticket, desk = await maria.ticket(), await ana.desk()
    assert (ticket.rev, ticket.state, ticket.band, ticket.present) == (rev, TicketState.WAITING, 0, True)
    assert (desk.status, desk.pause, desk.activity) == (Status.PAUSED, PauseReason.VANISHED, Activity.IDLE)


@outcome("other_attendant", "ticket_unknown")
@outcome("other_attendant", "call_unknown")
@outcome("other_attendant", "wrong_state")
async def test_another_clerk_is_for_whoever_has_lost_theirs(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    with refused(Code.WRONG_STATE):
        await maria.asks_for_another(call)
    with refused(Code.CALL_UNKNOWN):
        await maria.asks_for_another("no-call")
    await maria.hangs_up(call)
    with refused(Code.TICKET_UNKNOWN):
        await maria.asks_for_another(call)


@pytest.mark.parametrize("who", ["visitor", "clerk", "supervisor", "leaves"])
async def test_an_interrupted_call_can_be_ended(scene: Scene, who: str):
    maria, ana, call = await without_visitor(scene)
    match who:
        case "visitor":
            await maria.hangs_up(call)
        case "clerk":
            await ana.hangs_up(call)
        case "leaves":
            await maria.leave()
        case "supervisor":
            await scene.store.sign_out(scene.court, scene.request("s:sofia"), ana.id)
    ticket = await maria.ticket()
    assert ticket.until_ms is None
    if who == "supervisor":
        assert (ticket.state, ticket.band, ticket.present) == (TicketState.WAITING, 0, False)
    else:
        assert ticket.state is TicketState.SERVED


@outcome("leg", "request_reused")
@outcome("release", "request_reused")
@outcome("other_attendant", "request_reused")
async def test_what_is_said_of_a_call_is_bound_to_its_request(scene: Scene):
    maria, ana, call = await without_visitor(scene)
    store, court = scene.store, scene.court
    first = ana.request()
    other = Request(first.principal, first.id, "another")
    await store.leg_attendant(court, first, ana.id, ana.fence, call, alive=False)
    with refused(Code.REQUEST_REUSED):
        await store.leg_attendant(court, other, ana.id, ana.fence, call, alive=True)
    await store.release(court, first, ana.id, ana.fence, call)
    await store.release(court, first, ana.id, ana.fence, call)
    with refused(Code.REQUEST_REUSED):
        await store.release(court, other, ana.id, ana.fence, call)
    await maria.opens()
    scene.here.append(maria)
    call = await in_call(scene, maria, ana)
    scene.vanishes(ana)
    await maria.hears(call, alive=False)
    await scene.passes(30)
    first = maria.request()
    other = Request(first.principal, first.id, "another")
    rev = await store.other_attendant(court, first, maria.holder, call)
    assert await store.other_attendant(court, first, maria.holder, call) == rev
    with refused(Code.REQUEST_REUSED):
        await store.other_attendant(court, other, maria.holder, call)
