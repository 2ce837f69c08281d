"""The attendant's verbs: one test per declared outcome."""

from dataclasses import replace

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import CallId, Fence, GuestId, Holder
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import CallState, EndOfCall, Outcome
from rooms.model.events import EventKind
from rooms.model.ticket import CancelReason, TicketState, Tier
from rooms.ports import NewCall, Request, Saying
from signaling.protocol.signals import SAID, End, Extended, Go, Ring, Seen
from tests.scene import CIVEL, FAMILIA, NAMES, Scene, in_call

outcome = pytest.mark.outcome
NO_CALL = CallId("no-call")


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


@outcome("open_desk", "desk")
async def test_who_opens_a_desk_sits_at_their_units_and_is_not_yet_available(scene: Scene):
    ana = await scene.clerk(units=(CIVEL, FAMILIA), available=False)
    desk = await ana.desk()
    assert (desk.status, desk.pause, desk.activity) == (Status.PAUSED, None, Activity.IDLE)
    assert desk.units == (CIVEL, FAMILIA)
    assert [seat.attendant for seat in (await scene.unit(FAMILIA)).attendants] == ["ana"]


async def test_the_same_page_keeps_its_fence_and_a_reload_keeps_the_status(scene: Scene):
    ana = await scene.clerk()
    before = ana.fence
    assert await ana.open() == before
    assert (await ana.desk()).status is Status.AVAILABLE


@outcome("open_desk", "desk_elsewhere")
async def test_a_desk_that_another_page_holds_must_be_taken_over(scene: Scene):
    ana = await scene.clerk()
    before = ana.fence
    with refused(Code.DESK_ELSEWHERE):
        await ana.open("another-page")
    assert await ana.open("another-page", take_over=True) > before


async def test_a_desk_whose_page_is_gone_is_free(scene: Scene):
    ana = await scene.clerk()
    scene.vanishes(ana)
    await scene.passes(30)
    before = ana.fence
    assert await ana.open("another-page") > before


async def test_a_line_lost_for_a_moment_takes_nobody_off_the_counter(scene: Scene):
    ana = await scene.clerk()
    scene.vanishes(ana)
    await scene.passes(30)
    assert (await ana.desk()).status is Status.OFFLINE
    before = ana.fence
    assert await ana.open() > before, "what the page asked for before it was lost comes too late"
    assert (await ana.desk()).status is Status.AVAILABLE


async def test_who_comes_back_the_next_hour_is_not_available_by_itself(scene: Scene):
    ana = await scene.clerk()
    scene.vanishes(ana)
    await scene.passes(3600)
    await ana.open()
    assert (await ana.desk()).status is Status.PAUSED


async def test_a_unit_that_was_taken_away_is_no_longer_chosen(scene: Scene):
    ana = await scene.clerk(units=(CIVEL, FAMILIA))
    ana.staff = ana.staff.__class__(ana.id, "Ana", "analista", (FAMILIA,), attends=True, supervises=False)
    await ana.open()
    assert (await ana.desk()).units == (FAMILIA,)
    assert (await scene.unit(CIVEL)).attendants == ()


@outcome("choose_units", "chosen")
async def test_an_attendant_attends_the_chosen_units_only(scene: Scene):
    ana = await scene.clerk(units=(CIVEL, FAMILIA))
    await scene.visitor(unit=CIVEL)
    joao = await scene.visitor("joão", unit=FAMILIA)
    await ana.chooses(FAMILIA)
    assert (await scene.unit(CIVEL)).attendants == ()
    assert (await ana.calls()).ticket == joao.ticket_id


@outcome("choose_units", "stale_fence")
@outcome("set_status", "stale_fence")
@outcome("call_next", "stale_fence")
@outcome("cancel_call", "stale_fence")
@outcome("hang_up", "stale_fence")
@outcome("finish", "stale_fence")
@outcome("extend_wrap_up", "stale_fence")
@outcome("signal", "stale_fence")
async def test_the_page_that_lost_the_desk_can_do_nothing(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await ana.open("another-page", take_over=True)
    ana.fence = Fence(ana.fence - 1)
    for verb in (
        ana.chooses(CIVEL),
        ana.status(Status.AVAILABLE),
        ana.calls(),
        ana.cancels(call),
        ana.hangs_up(call),
        ana.finishes(call),
        ana.extends(),
        ana.says(call),
    ):
        with refused(Code.STALE_FENCE):
            await verb
    assert (await maria.ticket()).state is TicketState.IN_CALL


@outcome("set_status", "set")
async def test_a_unit_knows_since_when_nobody_attends(scene: Scene):
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno")
    assert (await scene.unit()).unattended_since_ms is None
    await ana.status(Status.PAUSED, PauseReason.LUNCH)
    assert (await scene.unit()).unattended_since_ms is None
    await bruno.status(Status.OFFLINE)
    unit = await scene.unit()
    assert unit.unattended_since_ms == (await bruno.desk()).since_ms
    assert [(seat.attendant, seat.pause) for seat in unit.attendants] == [("ana", PauseReason.LUNCH)]


@outcome("call_next", "ringing")
async def test_the_lawfully_next_across_ones_units_rings(scene: Scene):
    await scene.visitor("maria", unit=CIVEL)
    rosa = await scene.visitor("rosa", unit=FAMILIA, tier=Tier.PRIORITY)
    ana = await scene.clerk(units=(CIVEL, FAMILIA))
    rung = await ana.calls()
    assert (rung.ticket, rung.unit) == (rosa.ticket_id, FAMILIA)
    desk = await ana.desk()
    assert (desk.activity, desk.ticket, desk.call) == (Activity.CALLING, rosa.ticket_id, rung.call)
    called = (await scene.events(EventKind.TICKET_CALLED))[0]
    assert called.facts == {
        "cause": "next",
        "actor": "attendant",
        "position": "1",
        "original_position": "1",
        "wait_ms": called.facts["wait_ms"],
        "tries": "0",
        "order": "strict",
    }
    assert (await scene.unit(FAMILIA)).called == 1


async def test_two_clerks_never_get_the_same_person(scene: Scene):
    await scene.visitor("maria")
    await scene.visitor("joão")
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno")
    assert (await ana.calls()).ticket != (await bruno.calls()).ticket


async def test_a_repeated_call_next_calls_once(scene: Scene):
    await scene.visitor("maria")
    await scene.visitor("joão")
    ana = await scene.clerk()
    request = ana.request()
    assert await ana.calls(request) == await ana.calls(request)
    assert len((await scene.unit()).line) == 1


async def test_a_unit_that_the_directory_no_longer_grants_is_not_called_for(scene: Scene):
    await scene.visitor(unit=CIVEL)
    ana = await scene.clerk()
    with refused(Code.NOBODY_WAITING):
        await scene.store.call_next(
            scene.court, ana.request(), ana.id, ana.fence, NewCall(NO_CALL, {FAMILIA: NAMES[FAMILIA]}, {})
        )


@outcome("call_next", "not_available")
async def test_who_is_paused_calls_nobody(scene: Scene):
    await scene.visitor()
    ana = await scene.clerk(available=False)
    with refused(Code.NOT_AVAILABLE):
        await ana.calls()


@outcome("call_next", "wrong_state")
async def test_one_person_at_a_time(scene: Scene):
    await scene.visitor("maria")
    await scene.visitor("joão")
    ana = await scene.clerk()
    await ana.calls()
    with refused(Code.WRONG_STATE):
        await ana.calls()


@outcome("call_next", "nobody_waiting")
async def test_the_away_are_not_called_but_their_turn_has_passed(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    scene.vanishes(maria)
    await scene.passes(40)
    with refused(Code.NOBODY_WAITING):
        await ana.calls()
    assert (await maria.ticket()).passed_ms is not None


@outcome("cancel_call", "cancelled")
async def test_who_was_called_in_vain_is_first_of_their_tier(scene: Scene):
    maria = await scene.visitor("maria")
    ana = await scene.clerk()
    rung = await ana.calls()
    joao = await scene.visitor("joão")
    await ana.cancels(rung.call)
    ticket = await maria.ticket()
    assert (ticket.state, ticket.band, ticket.tries, ticket.seq) == (TicketState.WAITING, 0, 0, 1)
    assert [waiting.ticket for waiting in (await scene.unit()).line] == [maria.ticket_id, joao.ticket_id]
    desk = await ana.desk()
    assert (desk.status, desk.pause, desk.activity) == (Status.PAUSED, PauseReason.CANCELLED, Activity.IDLE)


@outcome("cancel_call", "call_unknown")
async def test_another_call_cannot_be_cancelled(scene: Scene):
    ana = await scene.clerk()
    with refused(Code.CALL_UNKNOWN):
        await ana.cancels(NO_CALL)


@outcome("cancel_call", "wrong_state")
async def test_a_call_under_way_cannot_be_cancelled(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    with refused(Code.WRONG_STATE):
        await ana.cancels(call)


@outcome("hang_up", "hung_up")
@pytest.mark.parametrize("side", ["visitor", "attendant"])
async def test_either_side_ends_it_for_both(scene: Scene, side: str):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await (maria if side == "visitor" else ana).hangs_up(call)
    ticket, ended, desk = await maria.ticket(), await maria.call(), await ana.desk()
    assert ticket.state is TicketState.SERVED
    assert (ended.state, ended.end, ended.ended_by) == (CallState.ENDED, EndOfCall.HUNG_UP, side)
    assert (desk.activity, desk.ticket) == (Activity.WRAP_UP, maria.ticket_id)
    assert desk.wrap_until_ms == ended.ended_ms + 30_000
    unit = await scene.unit()
    assert (unit.in_call, unit.served_today, unit.left_today) == (0, 1, 0)


@outcome("hang_up", "call_unknown")
async def test_nobody_ends_a_strangers_call(scene: Scene):
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno", units=(FAMILIA,))
    call = await in_call(scene, maria, ana)
    for stranger, unknown in ((joao, call), (bruno, call), (ana, NO_CALL)):
        with refused(Code.CALL_UNKNOWN):
            await stranger.hangs_up(unknown)


@outcome("hang_up", "wrong_state")
async def test_a_call_ends_once(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await maria.hangs_up(call)
    with refused(Code.WRONG_STATE):
        await ana.hangs_up(call)


@outcome("finish", "finished")
async def test_the_outcome_makes_the_desk_ready(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await scene.passes(120)
    await ana.hangs_up(call)
    await ana.finishes(call, Outcome.FORWARDED)
    desk = await ana.desk()
    assert (desk.activity, desk.call, desk.wrap_until_ms) == (Activity.IDLE, None, None)
    assert (await maria.ticket()).outcome == "forwarded"
    finished = (await scene.events(EventKind.CALL_FINISHED))[0]
    assert (finished.ticket, finished.call, finished.unit) == (maria.ticket_id, call, CIVEL)
    assert finished.facts["outcome"] == "forwarded"
    assert int(finished.facts["handling_ms"]) >= 120_000


@outcome("finish", "call_unknown")
async def test_an_outcome_belongs_to_the_call_at_the_desk(scene: Scene):
    ana = await scene.clerk()
    with refused(Code.CALL_UNKNOWN):
        await ana.finishes(NO_CALL)


@outcome("finish", "wrong_state")
async def test_a_call_under_way_has_no_outcome_yet(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    with refused(Code.WRONG_STATE):
        await ana.finishes(call)


@outcome("extend_wrap_up", "extended")
@outcome("extend_wrap_up", "no_more_time")
async def test_wrap_up_lasts_up_to_five_minutes_once(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await ana.hangs_up(call)
    await ana.extends()
    desk = await ana.desk()
    assert desk.wrap_until_ms == (await maria.call()).ended_ms + 300_000
    assert desk.wrap_extended
    with refused(Code.NO_MORE_TIME):
        await ana.extends()


@outcome("extend_wrap_up", "wrong_state")
async def test_only_wrap_up_is_extended(scene: Scene):
    ana = await scene.clerk()
    with refused(Code.WRONG_STATE):
        await ana.extends()


async def test_the_next_wrap_up_may_be_extended_again(scene: Scene):
    ana = await scene.clerk()
    for name in ("maria", "joão"):
        call = await in_call(scene, await scene.visitor(name), ana)
        await ana.hangs_up(call)
        await ana.extends()
        await ana.finishes(call)


@outcome("signal", "said")
async def test_what_the_log_holds_is_what_the_wire_declares(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    await maria.sees(rung.call)
    await maria.asks_for_time()
    await maria.enters(rung.call)
    said = await maria.says(rung.call, "bom dia", to="attendant")
    await ana.says(rung.call, "bom dia")
    await ana.hangs_up(rung.call)
    entries = await scene.log.call_log(scene.court, rung.call, None, 100)
    bodies = [SAID.validate_json(entry.body) for entry in entries]
    assert [type(body) for body in (*bodies[:4], bodies[-1])] == [Ring, Seen, Extended, Go, End]
    assert [entry.kind for entry in entries] == [body.type for body in bodies]
    assert bodies[0].clerk.model_dump() == {"name": "Ana", "function": "analista", "unit": "1ª Vara Cível"}
    assert (bodies[-1].by, bodies[-1].reason) == ("attendant", EndOfCall.HUNG_UP)
    assert (entries[4].id, entries[4].sender, entries[4].to) == (said, "visitor", "attendant")
    assert [entry.n for entry in entries] == [1, 2, 3, 4, 5, 6, 7]
    assert await scene.log.call_log(scene.court, rung.call, said, 100) == entries[5:]


@outcome("signal", "not_member")
async def test_only_members_speak_and_only_to_members(scene: Scene):
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno", units=(FAMILIA,))
    call = await in_call(scene, maria, ana)
    for words in (
        joao.says(call),
        bruno.says(call),
        ana.says(NO_CALL),
        maria.says(call, to="visitor"),
        maria.says(call, to="interpreter"),
    ):
        with refused(Code.NOT_MEMBER):
            await words


@outcome("signal", "not_active_page")
async def test_a_mirror_does_not_speak(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    with refused(Code.NOT_ACTIVE_PAGE):
        await maria.says(call, tab="a-mirror")


@outcome("signal", "wrong_state")
async def test_nothing_is_said_after_the_end(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await ana.hangs_up(call)
    with refused(Code.WRONG_STATE):
        await maria.says(call)


@outcome("signal", "call_log_full")
async def test_a_calls_log_holds_two_megabytes(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    for _ in range(20):
        await maria.says(call, "a" * 100_000)
    with refused(Code.CALL_LOG_FULL):
        await maria.says(call, "a" * 100_000)
    await ana.says(call, "cabe")


@outcome("choose_units", "request_reused")
@outcome("set_status", "request_reused")
@outcome("call_next", "request_reused")
@outcome("cancel_call", "request_reused")
@outcome("hang_up", "request_reused")
@outcome("finish", "request_reused")
@outcome("extend_wrap_up", "request_reused")
@outcome("signal", "request_reused")
async def test_attendants_verbs_bind_a_request_to_its_payload(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    store, at, fence, saying = scene.store, (scene.court,), ana.fence, Saying(None, "chat", "{}")
    first = ana.request()
    other = Request(first.principal, first.id, "another")

    async def twice(verb, *rest):
        await verb(*at, first, ana.id, fence, *rest)
        await verb(*at, first, ana.id, fence, *rest)
        with refused(Code.REQUEST_REUSED):
            await verb(*at, other, ana.id, fence, *rest)

    await twice(store.choose_units, [CIVEL])
    await twice(store.set_status, Status.AVAILABLE, None)
    await twice(store.call_next, NewCall(CallId("call-a"), NAMES, {}))
    await twice(store.cancel_call, CallId("call-a"), CancelReason.MISTAKE)
    await ana.status(Status.AVAILABLE)
    call = await in_call(scene, maria, ana)
    await twice(store.signal_attendant, call, saying)
    await twice(store.hang_up_attendant, call)
    await twice(store.extend_wrap_up)
    await twice(store.finish, call, Outcome.INFORMED)
    assert len(await scene.events(EventKind.CALL_FINISHED)) == 1


@outcome("people", "people")
async def test_several_people_are_read_at_one_instant_as_each_alone(scene: Scene):
    maria, joao, ana = await scene.visitor(), await scene.visitor("joão"), await scene.clerk()
    await ana.calls()
    nobody, stranger = Holder("nobody"), GuestId("stranger")
    read = await scene.store.people(scene.court, [maria.holder, joao.holder, nobody], [ana.id], [stranger])
    assert read.tickets == {
        who: replace(await scene.store.ticket_of(scene.court, who), as_of=read.as_of)
        for who in (maria.holder, joao.holder, nobody)
    }
    assert read.desks == {ana.id: replace(await scene.store.desk(scene.court, ana.id), as_of=read.as_of)}
    assert read.guests == {stranger: replace(await scene.store.guest(scene.court, stranger), as_of=read.as_of)}
    assert read.tickets[maria.holder].ticket.state is TicketState.CALLED
    assert (await scene.store.people(scene.court, [], [], [])).tickets == {}


@outcome("desk", "desk")
async def test_a_desk_is_read_with_its_person_and_their_call(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    rung = await ana.calls()
    desk = await scene.store.desk(scene.court, ana.id)
    assert (desk.attendant.name, desk.ticket.id, desk.call.id) == ("Ana", maria.ticket_id, rung.call)
    assert (await scene.store.desk(scene.court, "nobody")).attendant is None
