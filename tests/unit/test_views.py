"""What pages show: places, reasons, needs, the person behind a ring. From plain values, at a plain hour."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from rooms.ids import AttendantId, CallId, CourtId, Fence, Millis, Rev, TabId, TicketId, UnitId
from rooms.model.attendant import Activity, Attendant, PauseReason, Staff, Status
from rooms.model.call import Call, CallState
from rooms.model.estimate import Pace
from rooms.model.hours import Hours, SpecialDay, Window
from rooms.model.order import Key, score_of
from rooms.model.quality import Check, Found, Path
from rooms.model.snapshot import AsOf, Desk, DeskState, Flood, Flooded, Suspension, UnitState, Waiting
from rooms.model.ticket import Cause, Met, Role, Ticket, TicketState, Tier, Visitor
from rooms.model.unit import Court, Order, Policy, Unit
from signaling.protocol.views import Attention, Worsening
from signaling.views.board import LONG_WAIT_MS, attention, board_unit, board_view, next_change
from signaling.views.desk import LINE_ROWS, desk_line, desk_view
from signaling.views.ticket import ticket_view, worsening
from signaling.views.unit import opened_at, public_unit, unit_list, unit_now

ZONE = "America/Cuiaba"
DAY = (Window(time(12), time(18)),)
WEEK = (DAY, DAY, DAY, DAY, DAY, (), ())
NOON = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
"""A Tuesday, 12h in Cuiabá."""
UNIT = Unit(UnitId("civel"), "1ª Vara Cível", "Cuiabá", "CV1", "(65) 0000-0000", "a@b.example", Hours(ZONE, WEEK))
ANA = Staff(AttendantId("ana"), "Ana Souza", "analista", (UNIT.id,), attends=True, supervises=False)
PACE = Pace(services=20, mean_s=300)
TAB = TabId("tab")
AS_OF = AsOf(epoch=1, n=7, now_ms=Millis(int(NOON.timestamp() * 1000)))


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def ms(moment: datetime) -> Millis:
    return Millis(int(moment.timestamp() * 1000))


def row(seq, tier=Tier.EVERYONE, *, band=1, present=True, came=NOON):
    return Waiting(TicketId(f"t{seq}"), f"CV1 {seq:03d}", tier, score_of(Key(tier, band, seq)), ms(came), present)


def desk_state(status=Status.AVAILABLE, activity=Activity.IDLE, units=1, name="ana"):
    return DeskState(AttendantId(name), "Ana Souza", status, None, activity, ms(NOON), units)


def state(*line, desks=(), unattended=None, **counts):
    counted = {"called": 0, "in_call": 0, "served_today": 0, "left_today": 0, "cancelled_today": 0} | counts
    ordered = tuple(sorted(line, key=lambda waiting: waiting.score))
    return UnitState(UNIT.id, ordered, tuple(desks), **counted, unattended_since_ms=unattended)


def now(*line, desks=(), moment=None, unit=UNIT, pace=PACE, **rest):
    moment = at(60) if moment is None else moment
    return unit_now(unit, replace(state(*line, desks=desks, **rest), unit=unit.id), pace, moment)


def ticket(seq=5, tier=Tier.EVERYONE, **changed):
    made = Ticket(
        id=TicketId(f"t{seq}"), court=CourtId("tjmt"), unit=UNIT.id, number=f"CV1 {seq:03d}", state=TicketState.WAITING,
        rev=Rev(1), tier=tier, band=1, seq=seq, visitor=Visitor("Maria", Role.PARTY, None, None), joined_ms=ms(NOON),
        present=True, tries=0, original_position=3, receipt="AAAA-BBBB-CCCC", announced_low_min=None,
        announced_high_min=None, active_tab=TAB, call=None, attendant=None, until_ms=None, more_time_used=False,
        near=False, passed_ms=None, restored=False, came_back=False, head_start=False,
        head_start_until_ms=None, called_ms=None, entered_ms=None,
        ended_ms=None, end_reason=None, outcome=None,
        fetching=False, note=None, check=None, past=(), parent=None, hops=0, tier_reason=None,
    )  # fmt: skip
    return replace(made, **changed)


def desk_of(desk, staff, units, fence):
    chosen = () if desk.attendant is None else desk.attendant.units
    return desk_view(desk, staff, units, desk_line([one for one in units if one.unit.id in chosen], staff.id), fence)


def show(held, unit, *, call=None, clerk=None, tab=TAB, reason=None):
    public = None if unit is None else public_unit(unit)
    return ticket_view(AS_OF, held, call, unit, public, tab=tab, clerk=clerk, reason=reason)


# ------------------------------------------------------------------------------------------------------- the unit


def test_an_open_unit_says_until_when_in_its_own_hour():
    unit = public_unit(now())
    assert (unit.open, unit.until, unit.opens_at) == (True, "2026-11-24T18:00:00-04:00", None)


def test_a_closed_unit_says_when_it_opens_and_promises_no_wait():
    unit = public_unit(now(desks=[desk_state()], moment=at(-60)))
    assert (unit.open, unit.until, unit.opens_at) == (False, None, "2026-11-24T12:00:00-04:00")
    assert unit.estimate is None


def test_a_closed_day_says_why_in_the_calendars_words():
    hours = replace(UNIT.hours, special_days=(SpecialDay(NOON.date(), (), "Feriado municipal"),))
    assert public_unit(now(unit=replace(UNIT, hours=hours))).closed_reason == "Feriado municipal"


def test_the_away_do_not_count_as_waiting():
    assert public_unit(now(row(1), row(2, present=False))).waiting == 1


def test_who_is_paused_attends_only_while_busy():
    desks = [
        desk_state(Status.PAUSED),
        desk_state(Status.PAUSED, Activity.IN_CALL, name="bruno"),
        desk_state(Status.OFFLINE, name="carla"),
        desk_state(name="davi"),
    ]
    assert public_unit(now(desks=desks)).attending == 2


def test_open_units_are_listed_first_else_in_the_directorys_order():
    closed = replace(UNIT, id=UnitId("closed"), hours=replace(UNIT.hours, week=((),) * 7))
    other = replace(UNIT, id=UnitId("other"))
    read = [public_unit(now(unit=closed)), None, public_unit(now()), public_unit(now(unit=other))]
    assert [unit.slug for unit in unit_list(read)] == ["civel", "other", "closed"]


def test_an_opening_began_at_the_first_of_windows_that_adjoin():
    local = NOON.astimezone().tzinfo
    assert local is not None
    split = Hours(ZONE, ((Window(time(8), time(12)), *DAY),) * 7)
    assert opened_at(split, at(60)).isoformat() == "2026-11-24T08:00:00-04:00"
    apart = Hours(ZONE, ((Window(time(8), time(11)), *DAY),) * 7)
    assert opened_at(apart, at(60)).isoformat() == "2026-11-24T12:00:00-04:00"
    monday_on = Hours(ZONE, (((Window(time(12), None),)), *((Window(time(0), None),),) * 6))
    assert opened_at(monday_on, at(60)).isoformat() == "2026-11-23T12:00:00-04:00"
    always = Hours(ZONE, ((Window(time(0), None),),) * 7)
    assert opened_at(always, at(60)) is None


# ----------------------------------------------------------------------------------------------------- the visitor


def test_those_present_with_an_earlier_key_stand_ahead():
    line = [row(1), row(2, present=False), row(5), row(6), row(9, Tier.EIGHTY)]
    body = show(ticket(5), now(*line, desks=[desk_state()])).ticket
    assert body.ahead == 2, "the first, and the eighty-year-old who came later"
    assert body.estimate is not None
    assert body.original_ahead == 2
    assert body.kept_s == UNIT.policy.passed_s


def test_nobody_attends_nothing_is_estimated():
    assert show(ticket(), now(row(5))).ticket.estimate is None


def test_a_browser_without_a_ticket_is_shown_none():
    assert show(None, None).ticket is None


def test_another_page_is_a_mirror_while_the_ticket_lives():
    assert show(ticket(), now(row(5)), tab=TabId("other")).mirror
    assert not show(ticket(active_tab=None), now(row(5)), tab=TabId("other")).mirror
    left = ticket(state=TicketState.LEFT, ended_ms=ms(NOON))
    assert not show(left, now(), tab=TabId("other")).mirror


def test_a_ring_names_the_clerk_and_says_whether_more_time_is_left():
    called = ticket(
        state=TicketState.CALLED, call=CallId("c"), attendant=ANA.id, until_ms=ms(at(1)), more_time_used=True
    )
    body = show(called, now(), clerk=ANA).ticket
    assert (body.ring.clerk.name, body.ring.clerk.function, body.ring.clerk.unit) == (
        "Ana Souza", "analista", "1ª Vara Cível",
    )  # fmt: skip
    assert (body.ring.more_time, body.ahead, body.call) == (False, None, None)


def test_an_end_has_its_protocol_its_receipt_and_its_outcome():
    ended = ticket(
        state=TicketState.SERVED, attendant=ANA.id, ended_ms=ms(at(5)), end_reason="hung_up", outcome="informed"
    )
    end = show(ended, now(), clerk=ANA).ticket.end
    assert (end.outcome, end.receipt, end.clerk.name) == ("informed", "AAAA-BBBB-CCCC", "Ana Souza")
    assert end.protocol.startswith("2026-0005-")


@pytest.mark.parametrize(
    ("before", "after", "told", "expected"),
    [
        ([row(5)], [row(5), row(9, Tier.EIGHTY)], None, Worsening.PRIORITY_ENTERED),
        ([row(1, present=False), row(5)], [row(1), row(5)], None, Worsening.RETURNED),
        ([row(5)], [row(3, band=0), row(5)], None, Worsening.RETURNED),
        ([row(5)], [row(5)], Worsening.PRIORITY_ENTERED, Worsening.PRIORITY_ENTERED),
        ([row(1), row(5)], [row(5)], Worsening.PRIORITY_ENTERED, None),
        ([row(5)], [row(5), row(6)], None, None),
    ],
)
def test_more_people_ahead_is_explained_until_it_gets_better(before, after, told, expected):
    desks = [desk_state()]
    assert worsening(told, ticket(5), now(*before, desks=desks), now(*after, desks=desks)) is expected


def test_a_longer_wait_with_as_many_ahead_is_the_clerks_or_the_pace():
    two = [desk_state(), desk_state(name="bruno")]
    line = [row(n) for n in range(1, 6)]
    assert worsening(None, ticket(5), now(*line, desks=two), now(*line, desks=two[:1])) is Worsening.ATTENDANT_LEFT
    slow = replace(PACE, mean_s=900)
    assert worsening(None, ticket(5), now(*line, desks=two), now(*line, desks=two, pace=slow)) is Worsening.SLOWER


BY_RATIO = replace(UNIT, policy=Policy(order=Order.RATIO, ratio_k=1))
DEDICATED = replace(UNIT, policy=Policy(order=Order.DEDICATED, dedicated=("ana",)))


def test_a_place_is_told_by_the_units_rule():
    """One with priority, then one of everybody else: t5 comes after t8 and before t9."""
    line = [row(5), row(6), row(8, Tier.PRIORITY), row(9, Tier.PRIORITY)]
    assert show(ticket(5), now(*line, unit=BY_RATIO)).ticket.ahead == 1
    assert show(ticket(5), now(*line, unit=BY_RATIO, run=1)).ticket.ahead == 0
    assert show(ticket(5), now(*line)).ticket.ahead == 2
    assert show(ticket(9, Tier.PRIORITY), now(*line, unit=BY_RATIO)).ticket.ahead == 2


def test_whoever_is_away_is_told_the_place_they_would_have():
    line = [row(4), row(5, present=False), row(8, Tier.PRIORITY)]
    assert show(ticket(5), now(*line, unit=BY_RATIO)).ticket.ahead == 2
    assert show(ticket(5), now(row(4), row(8, Tier.PRIORITY), unit=BY_RATIO)).ticket.ahead == 2, "not yet in the line"


def test_a_wait_is_told_by_how_many_may_still_come_between():
    """Three quarters of the work have priority: 5 minutes become 20; where only one may come between, 5 + 5."""
    busy = Pace(services=20, mean_s=300, arrivals_per_min=(0.0, 0.15, 0.0, 0.0))
    desks = (desk_state(),)
    strictly = show(ticket(5), now(row(5), desks=desks, pace=busy)).ticket.estimate
    between = show(ticket(5), now(row(5), desks=desks, pace=busy, unit=BY_RATIO)).ticket.estimate
    nobody = show(ticket(5), now(row(5), desks=desks, pace=busy, unit=BY_RATIO, run=1)).ticket.estimate
    assert (strictly.high_min, between.high_min, nobody.high_min) == (45, 25, 15)


def test_a_dedicated_attendant_who_comes_changes_the_order_and_that_is_said():
    """Before: bruno alone, by tier. Then: bruno by arrival and ana by tier, so t3 goes before t9."""
    line = [row(3), row(5), row(9, Tier.PRIORITY)]
    alone, both = (desk_state(name="bruno"),), (desk_state(name="ana"), desk_state(name="bruno"))
    before, after = now(*line, desks=alone, unit=DEDICATED), now(*line, desks=both, unit=DEDICATED)
    assert worsening(None, ticket(9, Tier.PRIORITY), before, after) is Worsening.ORDER
    came = now(*line, row(2, Tier.EIGHTY), desks=both, unit=DEDICATED)
    assert worsening(None, ticket(5), after, came) is Worsening.PRIORITY_ENTERED


def test_who_has_just_come_or_is_called_has_nothing_explained():
    assert worsening(None, ticket(5), None, now(row(5))) is None
    called = ticket(state=TicketState.CALLED)
    assert worsening(Worsening.SLOWER, called, now(row(1)), now(row(1), row(2))) is None


# --------------------------------------------------------------------------------------------------------- the desk


def attendant(**changed):
    made = Attendant(
        ANA.id, ANA.name, ANA.function, Status.AVAILABLE, None, Activity.IDLE, (UNIT.id,), ms(NOON), Fence(3), TAB,
        None, None, None, wrap_extended=False, outcome=None,
    )  # fmt: skip
    return replace(made, **changed)


def test_a_desk_shows_its_line_in_the_lawful_order_and_no_name():
    line = [row(1), row(2, present=False), row(3, Tier.PRIORITY)]
    view = desk_of(Desk(AS_OF, attendant(), None, None), ANA, [now(*line)], Fence(3))
    assert [shown.number for shown in view.line] == ["CV1 003", "CV1 001"]
    assert (view.waiting, view.away, view.longest_ms, view.elsewhere) == (2, 1, ms(NOON), False)
    assert (view.person, view.call) == (None, None)
    assert "Maria" not in view.model_dump_json()


def test_a_desk_shows_the_line_as_it_would_call_it():
    line = [row(3), row(5), row(9, Tier.PRIORITY)]
    both = (desk_state(name="ana"), desk_state(name="bruno"))

    def numbers(unit, desks=(), **counts):
        held = Desk(AS_OF, attendant(), None, None)
        view = desk_of(held, ANA, [now(*line, unit=unit, desks=desks, **counts)], Fence(3))
        return [shown.number for shown in view.line]

    assert numbers(UNIT) == ["CV1 009", "CV1 003", "CV1 005"]
    assert numbers(BY_RATIO, run=1) == ["CV1 003", "CV1 009", "CV1 005"]
    hers = replace(UNIT, policy=Policy(order=Order.DEDICATED, dedicated=("bruno",)))
    assert numbers(hers, both) == ["CV1 003", "CV1 005", "CV1 009"], "bruno is dedicated; ana goes by arrival"


def test_only_whoever_may_call_out_of_order_is_told_which_tickets_wait():
    held = Desk(AS_OF, attendant(), None, None)
    assert desk_of(held, ANA, [now(row(1))], Fence(3)).line[0].ticket is None
    may = replace(ANA, may_call_out_of_order=True)
    assert desk_of(held, may, [now(row(1))], Fence(3)).line[0].ticket == "t1"


def test_the_board_counts_who_was_called_out_of_order():
    assert (
        board_view(AS_OF, Court(CourtId("tjmt"), "TJMT", None, None, None), [now(out_of_order_today=2)])
        .units[0]
        .out_of_order_today
        == 2
    )


def test_units_that_are_not_chosen_do_not_feed_the_line():
    view = desk_of(Desk(AS_OF, attendant(units=()), None, None), ANA, [now(row(1))], Fence(3))
    assert (view.waiting, view.line, [unit.chosen for unit in view.units]) == (0, (), [False])


def test_a_long_line_is_cut_and_counted_whole():
    view = desk_of(Desk(AS_OF, attendant(), None, None), ANA, [now(*map(row, range(80)))], Fence(3))
    assert (len(view.line), view.waiting) == (LINE_ROWS, 80)


@pytest.mark.parametrize("fence", [None, Fence(2)])
def test_a_page_without_the_newest_fence_is_elsewhere(fence):
    assert desk_of(Desk(AS_OF, attendant(), None, None), ANA, [now()], fence).elsewhere


def test_a_desk_that_was_never_opened_is_offline():
    view = desk_of(Desk(AS_OF, None, None, None), ANA, [now()], None)
    assert (view.status, view.activity, view.elsewhere) == (Status.OFFLINE, Activity.IDLE, True)


def test_who_was_called_is_shown_to_the_clerk_with_the_ring():
    held = ticket(state=TicketState.CALLED, until_ms=ms(at(1)), call=CallId("c"))
    call = Call(
        CallId("c"), CallState.RINGING, UNIT.id, held.id, ANA.id, ms(NOON), None, None, None, None, None, None, None
    )
    view = desk_of(Desk(AS_OF, attendant(activity=Activity.CALLING), held, call), ANA, [now()], Fence(3))
    assert (view.person.name, view.call.state, view.call.until_ms, view.call.seen) == (
        "Maria", "ringing", ms(at(1)), False,
    )  # fmt: skip


@pytest.mark.parametrize("libras", [False, True])
def test_the_clerk_sees_whether_the_person_speaks_libras(*, libras: bool):
    held = ticket(visitor=Visitor("Maria", Role.PARTY, None, None, libras))
    view = desk_of(Desk(AS_OF, attendant(activity=Activity.CALLING), held, None), ANA, [now()], Fence(3))
    assert view.person.libras is libras


def test_the_clerk_sees_what_the_check_of_the_persons_devices_found():
    found = Found(
        camera=True, microphone=False, path=Path.RELAY, round_trip_ms=40, lost_percent=None, kbit_per_s=900, udp=False
    )
    held = ticket(check=Check(ms(NOON), found))
    view = desk_of(Desk(AS_OF, attendant(activity=Activity.CALLING), held, None), ANA, [now()], Fence(3))
    assert view.person.check.model_dump() == {"at_ms": ms(NOON), "found": asdict(found)}


@pytest.mark.parametrize(
    ("activity", "extended", "extendable"),
    [(Activity.WRAP_UP, False, True), (Activity.WRAP_UP, True, False), (Activity.IDLE, False, False)],
)
def test_wrap_up_can_be_extended_once(activity, extended, extendable):
    desk = Desk(AS_OF, attendant(activity=activity, wrap_extended=extended), None, None)
    assert desk_of(desk, ANA, [now()], Fence(3)).wrap_extendable is extendable


# -------------------------------------------------------------------------------------------------------- the board


def test_a_unit_open_with_somebody_waiting_and_nobody_there_needs_help_at_once():
    assert attention(now(row(1), unattended=ms(at(60)))) is Attention.UNATTENDED_WAITING


def test_an_empty_one_after_three_minutes_counted_from_its_opening():
    yesterday = ms(at(-1000))
    assert attention(now(moment=at(2.9), unattended=yesterday)) is None
    assert attention(now(moment=at(3), unattended=yesterday)) is Attention.UNATTENDED
    assert attention(now(moment=at(60), unattended=ms(at(58)))) is None
    assert attention(now(moment=at(-60), unattended=yesterday)) is None, "closed"
    assert attention(now(desks=[desk_state(Status.PAUSED, Activity.IN_CALL)], unattended=yesterday)) is None


def test_a_long_wait_is_seen_even_where_somebody_attends():
    waited = LONG_WAIT_MS // 60_000
    desks = [desk_state()]
    assert attention(now(row(1), desks=desks, moment=at(waited - 0.1))) is None
    assert attention(now(row(1), desks=desks, moment=at(waited))) is Attention.LONG_WAIT


def test_the_board_is_sorted_by_need_and_adds_up():
    units = {
        name: now(*line, desks=desks, unit=replace(UNIT, id=UnitId(name)), unattended=ms(NOON), in_call=1)
        for name, line, desks in (
            ("quiet", (), [desk_state()]),
            ("busy", (row(1, came=at(50)), row(2, came=at(55))), [desk_state()]),
            ("empty", (), ()),
            ("abandoned", (row(3, came=at(55)),), ()),
        )
    }
    view = board_view(AS_OF, Court(CourtId("tjmt"), "TJMT", None, None, None), list(units.values()))
    assert [unit.slug for unit in view.units] == ["abandoned", "empty", "busy", "quiet"]
    assert (view.waiting, view.in_call) == (3, 4)
    assert view.attending == 1, "the same person in two units is one person"


def test_the_board_counts_the_interpreters_of_a_court_that_has_any():
    court = Court(CourtId("tjmt"), "TJMT", None, None, None)
    assert board_view(AS_OF, court, [now()]).pool is None
    free, paused = desk_state(name="lia"), desk_state(Status.PAUSED, name="rita")
    helping = desk_state(activity=Activity.HELPING, name="joana")
    pool = board_view(AS_OF, court, [now()], pool=state(desks=(free, paused, helping))).pool
    assert (pool.free, pool.helping) == (1, 1)


def test_who_is_offline_is_not_on_the_board():
    desks = [desk_state(Status.OFFLINE), desk_state(Status.PAUSED, name="bruno")]
    view = board_view(AS_OF, Court(CourtId("tjmt"), "TJMT", None, None, None), [now(desks=desks)])
    assert [person.id for person in view.units[0].attendants] == ["bruno"]


def test_the_clock_alone_changes_a_unit_when_it_opens_closes_or_falls_into_alarm():
    desks = [desk_state()]
    assert next_change(now(desks=desks, moment=at(-60))) == ms(NOON)
    assert next_change(now(desks=desks)) == ms(at(360 - 15)), "the last entry: fifteen minutes' wait before closing"
    assert next_change(now(desks=desks, moment=at(350))) == ms(at(360))
    assert next_change(now(moment=at(61), unattended=ms(at(60)))) == ms(at(63))
    assert next_change(now(row(1, came=at(50)), desks=desks)) == ms(at(50)) + LONG_WAIT_MS
    always = replace(UNIT, hours=Hours(ZONE, ((Window(time(0), None),),) * 7))
    midnight = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
    assert next_change(now(desks=desks, unit=always)) == ms(midnight)


def test_a_pause_says_its_reason():
    desk = Desk(AS_OF, attendant(status=Status.PAUSED, pause=PauseReason.LUNCH), None, None)
    assert desk_of(desk, ANA, [now()], Fence(3)).pause is PauseReason.LUNCH


# -------------------------------------------------------------------------------------------------- and back again


def test_a_no_show_says_until_when_voltei_gives_the_place_back():
    over = {"state": TicketState.NO_SHOW, "ended_ms": ms(NOON)}
    assert show(ticket(**over), now()).ticket.end.back_until_ms == ms(NOON) + 900_000
    assert show(ticket(**over, came_back=True), now()).ticket.end.back_until_ms is None
    lost = ticket(state=TicketState.LOST, ended_ms=ms(NOON))
    assert show(lost, now()).ticket.end.back_until_ms is None, "opening the page is the way, not a button"


def test_why_a_place_is_taken_up_again_is_said_until_the_next_call():
    past = (Met(ms(NOON), Cause.NOT_ENTERED, None), Met(ms(at(5)), Cause.LOST_BACK, None))
    assert show(ticket(past=past), now()).ticket.returned.cause is Cause.LOST_BACK
    assert show(ticket(past=past, state=TicketState.CALLED), now()).ticket.returned is None
    assert show(ticket(), now()).ticket.returned is None


def test_whose_turn_is_near_is_told():
    assert [show(ticket(near=near), now()).ticket.near for near in (False, True)] == [False, True]


def test_a_suspended_unit_says_why_and_until_when_in_its_own_hour_and_stands_below_those_that_take_people():
    told = Suspension("Sem luz", "Ligue", ms(at(0)), ms(at(60)))
    suspended = now(row(1))
    suspended = replace(suspended, state=replace(suspended.state, suspension=told))
    unit = public_unit(suspended)
    assert unit.open
    assert (unit.suspended.message, unit.suspended.alternative) == ("Sem luz", "Ligue")
    assert unit.suspended.until == "2026-11-24T13:00:00-04:00"
    assert public_unit(now()).suspended is None
    assert [one.suspended is None for one in unit_list([unit, public_unit(now())])] == [True, False]
    forever = replace(suspended, state=replace(suspended.state, suspension=replace(told, until_ms=None)))
    assert public_unit(forever).suspended.until is None
    assert board_unit(suspended).suspended == unit.suspended


def test_a_ticket_that_was_closed_out_says_until_when_its_receipt_gives_a_head_start():
    over = ticket(state=TicketState.CLOSED, ended_ms=ms(NOON), head_start_until_ms=ms(at(60)))
    assert show(over, now()).ticket.end.head_start_until_ms == ms(at(60))
    assert show(ticket(head_start=True), now()).ticket.head_start


def test_a_full_unit_stands_below_those_that_take_people():
    small = replace(UNIT, policy=Policy(max_waiting=2))
    full, free = public_unit(now(row(1), row(2, present=False), unit=small)), public_unit(now(row(1), unit=small))
    assert (full.full, free.full) == (True, False)
    assert unit_list([full, free]) == (free, full)


def test_a_unit_that_can_serve_nobody_else_today_says_so():
    desks = [desk_state()]
    assert not public_unit(now(desks=desks, moment=at(344))).closing
    assert public_unit(now(desks=desks, moment=at(345))).closing
    assert not public_unit(now(moment=at(345))).closing, "without an estimate, at closing"
    assert not public_unit(now(desks=desks, moment=at(361))).closing, "closed is closed"


def test_the_board_counts_those_who_got_no_ticket_and_shows_limited_networks():
    flood = Flood("0f" * 8, Flooded.JOINS, 131, ms(at(70)))
    board = board_view(AS_OF, Court(CourtId("tjmt"), "TJMT", None, None, None), [now(refused_today=3)], [flood])
    assert (board.refused_today, board.units[0].refused_today) == (3, 3)
    assert [(one.network, one.what, one.count, one.until_ms) for one in board.floods] == [
        ("0f" * 8, "joins", 131, ms(at(70)))
    ]
