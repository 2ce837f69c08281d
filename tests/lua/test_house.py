"""What the house does by itself: one test per declared outcome, and what each deadline means."""

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import AttendantId, Millis
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.events import FACTS, EventKind
from rooms.model.ticket import TicketState
from rooms.model.unit import Policy
from rooms.ports import Request, Session
from tests.scene import FAMILIA, Person, Scene, in_call

outcome = pytest.mark.outcome


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


async def line(scene: Scene) -> list[str]:
    return [waiting.ticket for waiting in (await scene.unit()).line]


async def returned(person: Person) -> list[str]:
    events = await person.scene.events(EventKind.TICKET_RETURNED)
    return [event.facts["cause"] for event in events if event.ticket == person.ticket_id]


# ------------------------------------------------------------------------------------------- presence


@outcome("sweep", "swept")
async def test_who_is_silent_is_away_and_keeps_the_place(scene: Scene):
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    scene.vanishes(maria)
    await scene.passes(40)
    assert [(waiting.ticket, waiting.present) for waiting in (await scene.unit()).line] == [
        (maria.ticket_id, False),
        (joao.ticket_id, True),
    ]
    assert [event.ticket for event in await scene.events(EventKind.TICKET_AWAY)] == [maria.ticket_id]


@outcome("renew", "renewed")
async def test_who_is_back_is_present_again(scene: Scene):
    maria = await scene.visitor()
    scene.vanishes(maria)
    await scene.passes(40)
    scene.here.append(maria)
    await scene.renew()
    assert (await maria.ticket()).present
    assert len(await scene.events(EventKind.TICKET_PRESENT)) == 1


async def test_renewing_brings_nobody_back_who_has_left(scene: Scene):
    maria = await scene.visitor()
    await maria.leave()
    await scene.passes(120)
    assert (await maria.ticket()).state is TicketState.LEFT
    assert await line(scene) == []


async def test_the_away_are_skipped_and_lost_fifteen_minutes_after_their_turn(scene: Scene):
    maria, joao, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    scene.vanishes(maria)
    await scene.passes(3600)
    assert (await maria.ticket()).state is TicketState.WAITING, "an hour away loses nothing while nobody is called"
    assert (await ana.calls()).ticket == joao.ticket_id
    await scene.passes(890)
    assert (await maria.ticket()).state is TicketState.WAITING
    await scene.passes(20)
    assert (await maria.ticket()).state is TicketState.LOST


async def test_who_comes_back_in_time_loses_nothing(scene: Scene):
    maria, _, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    scene.vanishes(maria)
    await scene.passes(40)
    await ana.calls()
    await maria.opens()
    scene.here.append(maria)
    await scene.passes(1000)
    ticket = await maria.ticket()
    assert (ticket.state, ticket.passed_ms) == (TicketState.WAITING, None)


async def test_the_quarter_of_an_hour_begins_anew_after_a_return_and_only_then(scene: Scene):
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    others = [await scene.visitor(name) for name in ("joão", "lia", "rita")]
    scene.vanishes(maria)
    await scene.passes(40)

    async def serves(person: Person) -> None:
        call = await in_call(scene, person, ana)
        await ana.hangs_up(call)
        await ana.finishes(call)

    await serves(others[0])
    await scene.passes(600)
    await maria.opens()
    await scene.passes(600)
    assert (await maria.ticket()).state is TicketState.WAITING, "away again, but nobody has been called since"
    await serves(others[1])
    await scene.passes(600)
    await serves(others[2])
    await scene.passes(310)
    assert (await maria.ticket()).state is TicketState.LOST, "a second call does not begin it anew"


async def test_only_those_before_the_called_person_are_passed_by(scene: Scene):
    ana, joao, maria = await scene.clerk(), await scene.visitor("joão"), await scene.visitor("maria")
    scene.vanishes(maria)
    await scene.passes(40)
    assert (await ana.calls()).ticket == joao.ticket_id
    assert (await maria.ticket()).passed_ms is None


# ------------------------------------------------------------------------------------------- the ring


async def test_a_line_is_lost_since_its_last_sign_of_life_not_since_the_ring(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    scene.vanishes(maria)
    await scene.passes(15)
    await ana.calls()
    await scene.passes(6)
    assert (await maria.ticket()).state is TicketState.WAITING


async def test_more_time_may_be_asked_for_at_each_ring(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    for _ in range(2):
        await maria.sees((await ana.calls()).call)
        await maria.asks_for_time()
        await scene.passes(121)
    assert (await maria.ticket()).tries == 2


async def test_who_leaves_after_a_missed_ring_leaves_nothing_behind(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await maria.sees((await ana.calls()).call)
    await scene.passes(61)
    await maria.leave()
    for index in ("missed", "cards", "line", "away", "called"):
        assert await scene.store._client.call("EXISTS", f"{{{scene.court}}}:{index}:civel") == 0, index


async def test_a_ring_that_nobody_enters_frees_the_clerk_and_keeps_the_key(scene: Scene):
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    rung = await ana.calls()
    await maria.sees(rung.call)
    joao = await scene.visitor("joão")
    await scene.passes(61)
    ticket, desk = await maria.ticket(), await ana.desk()
    assert (ticket.state, ticket.tries, ticket.band) == (TicketState.WAITING, 1, 1)
    assert (desk.activity, desk.status) == (Activity.IDLE, Status.AVAILABLE)
    assert (await scene.log.call_log(scene.court, rung.call, None, 10))[-1].kind == "end"
    assert await line(scene) == [maria.ticket_id, joao.ticket_id]
    assert await returned(maria) == ["not_entered"]


async def test_who_missed_a_ring_lets_one_turn_pass_and_is_called_again(scene: Scene):
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    await maria.sees((await ana.calls()).call)
    joao, lia = await scene.visitor("joão"), await scene.visitor("lia")
    await scene.passes(61)
    second = await ana.calls()
    assert second.ticket == joao.ticket_id
    await ana.cancels(second.call)
    await joao.leave()
    await ana.status(Status.AVAILABLE)
    assert (await ana.calls()).ticket == maria.ticket_id
    assert await line(scene) == [lia.ticket_id]


async def test_who_missed_a_ring_is_called_at_once_when_nobody_else_waits(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await maria.sees((await ana.calls()).call)
    await scene.passes(61)
    assert (await ana.calls()).ticket == maria.ticket_id


async def test_who_missed_a_ring_waits_for_the_other_units_person_too_but_one_turn_only(scene: Scene):
    maria, ana = await scene.visitor("maria"), await scene.clerk(units=("civel", FAMILIA))
    await maria.sees((await ana.calls()).call)
    joao = await scene.visitor("joão", unit=FAMILIA)
    await scene.visitor("lia", unit=FAMILIA)
    await scene.passes(61)
    second = await ana.calls()
    assert second.ticket == joao.ticket_id
    await joao.leave()
    assert (await ana.calls()).ticket == maria.ticket_id


async def test_the_third_ring_that_nobody_enters_is_a_no_show(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    for _ in range(3):
        await maria.sees((await ana.calls()).call)
        await scene.passes(61)
    ticket = await maria.ticket()
    assert (ticket.state, ticket.tries, ticket.end_reason) == (TicketState.NO_SHOW, 3, "no_show")
    assert (await ana.desk()).activity is Activity.IDLE
    assert (await scene.unit()).left_today == 1


async def test_a_ring_that_no_page_has_shown_is_no_try(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    await scene.passes(61)
    assert (await maria.ticket()).tries == 0
    assert await returned(maria) == ["not_seen"]


async def test_more_time_makes_the_ring_last(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await maria.sees((await ana.calls()).call)
    await maria.asks_for_time()
    await scene.passes(110)
    assert (await maria.ticket()).state is TicketState.CALLED
    await scene.passes(20)
    assert (await maria.ticket()).state is TicketState.WAITING


async def test_a_line_lost_while_called_costs_no_try_any_number_of_times(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    for _ in range(4):
        rung = await ana.calls()
        await maria.sees(rung.call)
        scene.vanishes(maria)
        await scene.passes(30)
        assert (await scene.log.call_log(scene.court, rung.call, None, 10))[-1].kind == "end"
        ticket = await maria.ticket()
        assert (ticket.state, ticket.present, ticket.tries) == (TicketState.WAITING, False, 0)
        assert (await ana.desk()).activity is Activity.IDLE
        assert (await scene.unit()).called == 0
        await maria.opens()
        scene.here.append(maria)
    assert set(await returned(maria)) == {"line_lost"}


async def test_a_clerk_who_vanishes_while_calling_costs_the_visitor_nothing(scene: Scene):
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    rung = await ana.calls()
    await scene.visitor("joão")
    scene.vanishes(ana)
    await scene.passes(30)
    assert (await maria.ticket()).band == 0
    entries = await scene.log.call_log(scene.court, rung.call, None, 10)
    assert entries[-1].body == '{"type":"end","reason":"attendant_gone","by":null}'
    desk = await ana.desk()
    assert (desk.status, desk.pause, desk.activity) == (Status.PAUSED, PauseReason.VANISHED, Activity.IDLE)
    await scene.passes(400)
    assert (await ana.desk()).status is Status.OFFLINE


async def test_who_is_back_after_vanishing_is_expected_as_usual(scene: Scene):
    _, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    scene.vanishes(ana)
    await scene.passes(30)
    await ana.status(Status.AVAILABLE)
    await scene.passes(30)
    assert (await ana.desk()).status is Status.OFFLINE


# ------------------------------------------------------------------------------------------- the call


async def test_an_outcome_that_nobody_said_is_not_invented(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await ana.hangs_up(call)
    await scene.passes(31)
    desk = await ana.desk()
    assert (desk.activity, desk.status) == (Activity.IDLE, Status.AVAILABLE)
    assert "outcome" not in (await scene.events(EventKind.CALL_FINISHED))[0].facts
    with refused(Code.CALL_UNKNOWN):
        await ana.finishes(call)


async def test_who_vanishes_in_wrap_up_is_offline(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await ana.hangs_up(call)
    scene.vanishes(ana)
    await scene.passes(25)
    desk = await ana.desk()
    assert (desk.activity, desk.status) == (Activity.IDLE, Status.OFFLINE)
    assert len(await scene.events(EventKind.CALL_FINISHED)) == 1


async def test_an_idle_clerk_whose_line_is_lost_is_offline(scene: Scene):
    ana = await scene.clerk()
    scene.vanishes(ana)
    await scene.passes(25)
    assert (await ana.desk()).status is Status.OFFLINE
    unit = await scene.unit()
    assert unit.attendants == ()
    assert unit.unattended_since_ms == (await ana.desk()).since_ms


async def test_who_went_offline_is_not_sent_there_again_nor_brought_back(scene: Scene):
    ana = await scene.clerk()
    await ana.status(Status.OFFLINE)
    said = len(await scene.events(EventKind.ATTENDANT_STATUS))
    scene.vanishes(ana)
    await scene.passes(30)
    assert len(await scene.events(EventKind.ATTENDANT_STATUS)) == said
    await ana.open()
    assert (await ana.desk()).status is Status.PAUSED


async def test_a_deadline_whose_record_has_gone_on_is_left_alone(scene: Scene):
    maria, joao, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    await maria.leave()
    before, called = await scene.events(), scene.store._client.call
    strays = [
        f"visitor:{maria.ticket_id}",
        f"ring:{joao.ticket_id}",
        f"passed:{joao.ticket_id}",
        f"wrap_up:{ana.id}",
        "visitor:nobody",
        "ring:nobody",
        "passed:nobody",
        "wrap_up:nobody",
        "attendant:nobody",
    ]
    for stray in strays:
        await called("ZADD", f"{{{scene.court}}}:deadlines", 1, stray)
    assert await scene.sweep() == len(strays)
    assert await scene.events() == before


# ------------------------------------------------------------------------------------------- an outage


async def outage(scene: Scene, seconds: int) -> None:
    """Time passes and nobody sweeps: the clock alone is moved, not the mark of the last sweep."""
    await scene.store._client.call("INCRBY", f"{{{scene.court}}}:clock", seconds * 1000)


async def test_an_outage_ends_nobody(scene: Scene):
    maria, joao, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    rung = await ana.calls()
    before = await scene.store.now(scene.court)
    await outage(scene, 3600)
    swept = await scene.store.sweep(scene.court)
    assert (swept.acted, swept.more) == (0, False)
    assert swept.credited_ms >= 3_600_000
    assert (await scene.store.sweep(scene.court)).acted == 0
    ticket = await maria.ticket()
    assert (ticket.state, ticket.call) == (TicketState.CALLED, rung.call)
    assert ticket.until_ms > before + 3_600_000
    assert [(waiting.ticket, waiting.present) for waiting in (await scene.unit()).line] == [(joao.ticket_id, True)]


async def test_after_an_outage_people_have_half_a_minute_to_show_that_they_are_there(scene: Scene):
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    scene.vanishes(maria)
    await scene.passes(20)
    await outage(scene, 600)
    await scene.sweep()
    await scene.later(25)
    assert await scene.sweep() == 0
    await scene.renew()
    await scene.passes(10)
    assert not (await maria.ticket()).present
    assert (await joao.ticket()).present


# ------------------------------------------------------------------------------------------- the rest


@outcome("close_unit", "closed")
async def test_a_closed_unit_ends_who_came_before_its_closing_present_or_away(scene: Scene):
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    scene.vanishes(maria)
    await scene.passes(40)
    closing = await scene.store.now(scene.court)
    await scene.later(0.001)
    lia = await scene.visitor("lia")
    until = Millis(closing + 3600_000)
    assert await scene.store.close_unit(scene.court, "civel", Millis(closing), until) == 2
    assert await scene.store.close_unit(scene.court, "civel", Millis(closing), until) == 0
    assert [(await one.ticket()).state for one in (maria, joao, lia)] == ["closed", "closed", "waiting"]


@outcome("sign_out", "signed_out")
async def test_a_stuck_clerk_is_signed_out_and_the_called_person_is_first(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await scene.store.sign_in(scene.court, "cookie", Session(ana.id, "attendant"), 3600)
    rung = await ana.calls()
    await scene.store.sign_out(scene.court, scene.request("s:sofia"), ana.id)
    assert await scene.store.session(scene.court, "cookie", 3600) is None
    desk = await ana.desk()
    assert (desk.status, desk.activity, desk.tab) == (Status.OFFLINE, Activity.IDLE, None)
    assert (await maria.ticket()).band == 0
    assert (await scene.log.call_log(scene.court, rung.call, None, 10))[-1].kind == "end"
    assert await scene.store._client.call("ZCARD", f"{{{scene.court}}}:deadlines") == 1, "the visitor's lease alone"
    with refused(Code.STALE_FENCE):
        await ana.status(Status.AVAILABLE)


async def test_signing_out_who_is_in_wrap_up_finishes_and_who_was_never_here_does_nothing(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.hangs_up(await in_call(scene, maria, ana))
    await scene.store.sign_out(scene.court, scene.request("s:sofia"), ana.id)
    assert (await ana.desk()).activity is Activity.IDLE
    assert len(await scene.events(EventKind.CALL_FINISHED)) == 1
    await scene.store.sign_out(scene.court, scene.request("s:sofia"), AttendantId("nobody"))


@outcome("sign_out", "request_reused")
async def test_signing_out_binds_its_request(scene: Scene):
    request = scene.request("s:sofia")
    await scene.store.sign_out(scene.court, request, AttendantId("ana"))
    with refused(Code.REQUEST_REUSED):
        await scene.store.sign_out(scene.court, Request(request.principal, request.id, "x"), AttendantId("bruno"))


@outcome("sign_in", "signed_in")
@outcome("session", "session")
@outcome("session", "none")
@outcome("end_session", "ended")
async def test_a_session_lives_from_sign_in_to_its_end(scene: Scene):
    ana = Session(AttendantId("ana"), "attendant")
    await scene.store.sign_in(scene.court, "cookie", ana, 3600)
    assert await scene.store.session(scene.court, "cookie", 3600) == ana
    await scene.store.end_session(scene.court, "cookie")
    assert await scene.store.session(scene.court, "cookie", 3600) is None
    await scene.store.end_session(scene.court, "cookie")


@outcome("attempt", "counted")
@outcome("attempt", "too_many_attempts")
async def test_sign_in_is_tried_so_often_an_account_and_a_network(scene: Scene):
    for _ in range(10):
        await scene.store.attempt(scene.court, "ana", "network", an_account=10, a_network=50)
    with refused(Code.TOO_MANY_ATTEMPTS) as refusal:
        await scene.store.attempt(scene.court, "ana", "network", an_account=10, a_network=50)
    assert 0 < refusal.value.details["retry_s"] <= 900
    for account in range(39):
        await scene.store.attempt(scene.court, f"account-{account}", "network", an_account=10, a_network=50)
    with refused(Code.TOO_MANY_ATTEMPTS):
        await scene.store.attempt(scene.court, "another", "network", an_account=10, a_network=50)


@outcome("attempt", "too_many_attempts")
async def test_what_a_network_tries_beyond_its_limit_does_not_lock_an_account(scene: Scene):
    await scene.store.attempt(scene.court, "somebody", "network", an_account=1, a_network=1)
    with refused(Code.TOO_MANY_ATTEMPTS):
        await scene.store.attempt(scene.court, "ana", "network", an_account=1, a_network=1)
    await scene.store.attempt(scene.court, "ana", "another-network", an_account=1, a_network=1)


@outcome("attempt", "counted")
async def test_a_network_of_the_allow_list_is_not_limited_its_accounts_are(scene: Scene):
    for account in range(5):
        await scene.store.attempt(scene.court, f"account-{account}", "", an_account=1, a_network=1)
    with refused(Code.TOO_MANY_ATTEMPTS):
        await scene.store.attempt(scene.court, "account-1", "", an_account=1, a_network=1)


@outcome("now", "now")
@outcome("move_clock", "now")
async def test_court_time_is_the_stores_and_moves_with_it(scene: Scene):
    before = await scene.store.now(scene.court)
    after = await scene.store.move_clock(scene.court, 60_000)
    assert 60_000 <= after - before < 70_000
    assert await scene.store.now(scene.court) >= after


@outcome("directory_changed", "told")
async def test_everybody_is_told_that_the_directory_has_changed(scene: Scene):
    await scene.store.directory_changed(scene.court)
    assert [event.kind for event in await scene.events()] == [EventKind.DIRECTORY_CHANGED]


async def test_a_unit_that_nobody_ever_attended_is_unattended_since_the_counter_serves(scene: Scene):
    since_ms = (await scene.unit()).unattended_since_ms
    assert since_ms is not None
    assert 0 < since_ms <= await scene.store.now(scene.court)
    await scene.passes(60)
    await scene.store.adopt(scene.court, 0)
    assert (await scene.unit()).unattended_since_ms == since_ms, "a restart does not begin it again"


@outcome("adopt", "adopted")
async def test_a_store_that_came_back_older_gets_a_new_epoch(scene: Scene):
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    fence = ana.fence
    assert await scene.store.adopt(scene.court, 4) == 1, "it has seen as much as history"
    assert await scene.store.adopt(scene.court, 500) == 2
    as_of = (await scene.store.ticket_of(scene.court, maria.holder)).as_of
    assert (as_of.epoch, as_of.n) == (2, 501)
    joao = await scene.visitor("joão")
    assert (await joao.ticket()).number == "CV1 102", "numbers that were given and forgotten are not given again"
    assert await ana.open("another-page", take_over=True) > fence + 1000
    assert await scene.store.adopt(scene.court, 501) == 2


@outcome("hold_recorder", "held")
@outcome("hold_recorder", "elsewhere")
async def test_one_node_records_and_its_fence_outlives_it(scene: Scene):
    first = await scene.log.hold_recorder(scene.court, "node-1", 15_000)
    assert await scene.log.hold_recorder(scene.court, "node-1", 15_000) == first
    assert await scene.log.hold_recorder(scene.court, "node-2", 15_000) is None
    await scene.store._client.call("DEL", f"{{{scene.court}}}:recorder")
    assert await scene.log.hold_recorder(scene.court, "node-2", 15_000) == first + 1


@outcome("positions", "at")
async def test_positions_are_where_the_streams_end(scene: Scene):
    assert await scene.log.positions(scene.court) == ("0-0", 0, "0-0", 0)
    maria, ana = await scene.visitor(), await scene.clerk()
    await in_call(scene, maria, ana)
    event, n, _, said = await scene.log.positions(scene.court)
    assert (event, n) == ((await scene.events())[-1].id, len(await scene.events()))
    assert said == 3


@outcome("trim", "trimmed")
async def test_nothing_is_trimmed_that_history_does_not_have_or_that_is_young(scene: Scene):
    await scene.visitor()
    await scene.log.trim(scene.court, (await scene.events())[-1].id)
    assert len(await scene.events()) == 1
    await scene.store._scripts.run("trim", scene.court, recorded="0-0", events_ms=-1000, signals_ms=-1000)
    assert len(await scene.events()) == 1, "history has not got it"
    for _ in range(250):
        await scene.store.directory_changed(scene.court)
    last = (await scene.events())[-1].id
    await scene.store._scripts.run("trim", scene.court, recorded=last, events_ms=-1000, signals_ms=-1000)
    assert len(await scene.events()) < 251, "the stream drops whole nodes of a hundred"


async def test_every_event_carries_the_facts_it_may_and_a_contiguous_number(scene: Scene):
    maria, joao = await scene.visitor("maria", policy=Policy(tries=1)), await scene.visitor("joão")
    ana = await scene.clerk()
    await maria.sees((await ana.calls()).call)
    await scene.passes(61)
    call = await in_call(scene, joao, ana)
    await ana.hangs_up(call)
    await ana.finishes(call)
    events = await scene.events()
    assert [event.n for event in events] == list(range(1, len(events) + 1))
    for event in events:
        assert event.facts.keys() <= FACTS[event.kind], event
    assert not any("Maria" in text for event in events for text in event.facts.values())
