"""A unit may weigh priority against arrival by another rule than the strict one; orders computed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.ids import AttendantId, Millis, TicketId, UnitId
from rooms.model.attendant import Activity, Status
from rooms.model.order import (
    FIRST_OF_TIER,
    STRICT,
    USUAL,
    Key,
    Rule,
    ahead_for,
    ahead_of,
    calls_of,
    candidate,
    newcomer,
    next_of,
    order_of,
    room_before,
    rule_of,
    run_after_call,
    run_after_return,
    score_of,
)
from rooms.model.snapshot import DeskState, UnitState, Waiting
from rooms.model.ticket import Tier
from rooms.model.unit import Order, Policy

MINUTE = 60_000
ANA, BRUNO, CAIO = AttendantId("ana"), AttendantId("bruno"), AttendantId("caio")
RATIO = Rule(Order.RATIO, ratio_k=2)
HEAD_START = Rule(Order.HEAD_START, head_start_ms=15 * MINUTE)
DEDICATED = Rule(Order.DEDICATED, dedicated=frozenset({ANA}), others=1)


def came(name: str, tier: Tier, seq: int, *, minute: int = 0, band: int = USUAL, present: bool = True) -> Waiting:
    return Waiting(TicketId(name), "", tier, score_of(Key(tier, band, seq)), Millis(minute * MINUTE), present)


def everyone(seq: int, **rest: int) -> Waiting:
    return came(f"n{seq}", Tier.EVERYONE, seq, **rest)


def priority(seq: int, **rest: int) -> Waiting:
    return came(f"p{seq}", Tier.PRIORITY, seq, **rest)


def eighty(seq: int, **rest: int) -> Waiting:
    return came(f"e{seq}", Tier.EIGHTY, seq, **rest)


def names(order: list[Waiting]) -> str:
    return " ".join(waiting.ticket for waiting in order)


PLACES = st.lists(
    st.tuples(st.sampled_from(Tier), st.sampled_from([0, 1]), st.booleans(), st.integers(0, 20)), max_size=9
)
LINES = PLACES.map(
    lambda places: [
        came(f"t{seq}", tier, seq, minute=2 * seq + late, band=band, present=present)
        for seq, (tier, band, present, late) in enumerate(places)
    ]
)
RULES = st.builds(
    Rule,
    st.sampled_from(Order),
    st.integers(1, 4),
    st.integers(0, 30 * MINUTE),
    st.integers(0, 6),
    st.frozensets(st.sampled_from([ANA, BRUNO])),
    st.integers(0, 3),
)


# ------------------------------------------------------------------------------------------------------------- ratio


def test_two_to_one_lets_one_of_everybody_else_in_after_two_with_priority():
    line = [everyone(1), everyone(2), everyone(3), priority(4), priority(5), priority(6)]
    assert names(order_of(line, RATIO)) == "p4 p5 n1 p6 n2 n3"


def test_the_count_goes_on_from_the_calls_that_were():
    line = [everyone(1), everyone(2), priority(3), priority(4)]
    assert names(order_of(line, Rule(Order.RATIO, ratio_k=2, run=1))) == "p3 n1 p4 n2"
    assert names(order_of(line, Rule(Order.RATIO, ratio_k=2, run=2))) == "n1 p3 p4 n2"
    assert names(order_of(line, Rule(Order.RATIO, ratio_k=2, run=7))) == "n1 p3 p4 n2"


def test_the_tier_leads_among_those_with_priority_under_every_rule():
    line = [priority(1, minute=1), eighty(2, minute=2), everyone(3, minute=3)]
    for rule in (STRICT, RATIO, HEAD_START):
        assert names(order_of(line, rule)) == "e2 p1 n3"


def test_a_turn_that_was_not_had_is_given_back():
    assert run_after_call(1, Tier.PRIORITY) == 2
    assert run_after_call(2, Tier.EVERYONE) == 0
    assert run_after_return(2, Tier.PRIORITY, ratio_k=2) == 1
    assert run_after_return(0, Tier.EVERYONE, ratio_k=2) == 2
    assert run_after_return(0, Tier.DONOR, ratio_k=2) == 0


@given(LINES, RULES)
def test_whoever_is_called_and_comes_back_unserved_is_next_again_under_the_ratio(line: list[Waiting], rule: Rule):
    rule = Rule(Order.RATIO, rule.ratio_k, run=rule.run)
    first = candidate(line, rule)
    if first is None:
        return
    run = run_after_return(run_after_call(rule.run, first.tier), first.tier, rule.ratio_k)
    back = Waiting(
        first.ticket, "", first.tier, score_of(Key(first.tier, FIRST_OF_TIER, 0)), first.joined_ms, present=True
    )
    others = [waiting for waiting in line if waiting.ticket != first.ticket and waiting.score > first.score]
    again = candidate([back, *others], Rule(Order.RATIO, rule.ratio_k, run=run))
    assert again == back


def test_only_so_many_as_the_ratio_leaves_room_for_can_still_come_between():
    """Before n2: two for n1 and two for n2, less the one who stands there and the one who was called."""
    line = [everyone(1), everyone(2), priority(3)]
    rule = Rule(Order.RATIO, ratio_k=2, run=1)
    assert names(order_of(line, rule)) == "p3 n1 n2"
    assert room_before(line[1], line, rule) == 2
    assert room_before(line[2], line, rule) is None
    assert room_before(line[1], line, STRICT) is None


# -------------------------------------------------------------------------------------------------------- head start


def test_everybody_else_goes_first_only_if_they_came_so_much_earlier():
    early, later, old = everyone(1, minute=0), everyone(2, minute=10), priority(3, minute=20)
    assert names(order_of([early, later, old], HEAD_START)) == "n1 p3 n2"


def test_just_as_much_earlier_is_not_enough():
    assert names(order_of([everyone(1, minute=0), priority(2, minute=15)], HEAD_START)) == "p2 n1"
    assert names(order_of([everyone(1, minute=0), priority(2, minute=16)], HEAD_START)) == "n1 p2"


def test_nobody_with_priority_is_overtaken_because_somebody_of_eighty_came_late():
    """p1 came before n2; e3 is the first by tier and came half an hour later than n2: n2 still waits for both."""
    line = [priority(1, minute=0), everyone(2, minute=10), eighty(3, minute=40)]
    assert names(order_of(line, HEAD_START)) == "e3 p1 n2"


@given(LINES, st.integers(0, 30))
def test_nobody_who_came_later_is_called_before_somebody_with_priority(line: list[Waiting], minutes: int):
    order = order_of(line, Rule(Order.HEAD_START, head_start_ms=minutes * MINUTE))
    for place, waiting in enumerate(order):
        if waiting.tier < Tier.EVERYONE:
            earlier = [one for one in order[:place] if one.tier is Tier.EVERYONE]
            assert all(one.joined_ms + minutes * MINUTE < waiting.joined_ms for one in earlier)


# --------------------------------------------------------------------------------------------------------- dedicated


def test_the_dedicated_go_by_tier_and_the_others_by_arrival():
    line = [everyone(1), everyone(2), priority(3), everyone(4), eighty(5)]
    assert candidate(line, DEDICATED, ANA) == line[4]
    assert candidate(line, DEDICATED, BRUNO) == line[0]


def test_without_a_dedicated_attendant_the_order_is_strict_for_all():
    line = [everyone(1), priority(2)]
    nobody = Rule(Order.DEDICATED, dedicated=frozenset(), others=2)
    assert candidate(line, nobody, BRUNO) == line[1]
    assert order_of(line, nobody) == order_of(line)


def test_for_those_who_wait_the_attendants_call_in_turn_the_others_first():
    line = [everyone(1), everyone(2), priority(3), priority(4), everyone(5)]
    assert names(order_of(line, DEDICATED)) == "n1 p3 n2 p4 n5"
    assert names(order_of(line, Rule(Order.DEDICATED, dedicated=frozenset({ANA}), others=2))) == "n1 n2 p3 p4 n5"


def test_an_interrupted_person_is_first_for_the_others_too():
    line = [everyone(1), everyone(9, band=FIRST_OF_TIER), priority(3)]
    assert candidate(line, DEDICATED, BRUNO) == line[1]


def test_only_the_available_of_the_dedicated_count():
    def desk(name: AttendantId, status: Status) -> DeskState:
        return DeskState(name, "", status, None, Activity.IDLE, Millis(0), 1)

    desks = (desk(ANA, Status.PAUSED), desk(BRUNO, Status.AVAILABLE), desk(CAIO, Status.AVAILABLE))
    state = UnitState(UnitId("u"), (), desks, 0, 0, 0, 0, 0, None, run=3)
    policy = Policy(order=Order.DEDICATED, dedicated=(ANA, CAIO), ratio_k=4, head_start_min=20)
    assert rule_of(policy, state) == Rule(Order.DEDICATED, 4, 20 * MINUTE, 3, frozenset({CAIO}), 1)


# ----------------------------------------------------------------------------------------------------------- all four


@given(LINES, RULES)
def test_every_rule_calls_each_of_those_present_once(line: list[Waiting], rule: Rule):
    order = order_of(line, rule)
    assert sorted(order, key=lambda waiting: waiting.score) == sorted(
        (waiting for waiting in line if waiting.present), key=lambda waiting: waiting.score
    )
    assert [ahead_for(waiting, line, rule) for waiting in order] == list(range(len(order)))


@given(LINES, RULES)
def test_inside_a_tier_every_rule_keeps_the_key(line: list[Waiting], rule: Rule):
    order = order_of(line, rule)
    for tier in Tier:
        scores = [waiting.score for waiting in order if waiting.tier is tier]
        assert scores == sorted(scores)


@given(LINES, RULES)
def test_calling_one_after_the_other_is_the_order_that_was_told(line: list[Waiting], rule: Rule):
    """The order shown to those who wait is what calling the next, and the next, comes to."""
    told = order_of(line, rule)
    if rule.order is Order.DEDICATED:
        return  # whose turn it is to call is chance
    called = []
    while (first := candidate(line, rule)) is not None:
        called.append(first)
        line = [waiting for waiting in line if waiting != first]
        rule = Rule(rule.order, rule.ratio_k, rule.head_start_ms, run_after_call(rule.run, first.tier))
    assert called == told


@given(LINES, st.sampled_from(Tier))
def test_under_the_strict_rule_the_places_are_those_of_the_key(line: list[Waiting], tier: Tier):
    last = newcomer(tier, Millis(0))
    assert ahead_for(last, line) == ahead_of(last.score, line)
    assert ahead_for(last, line) == sum(waiting.present and waiting.tier <= tier for waiting in line)


@given(LINES, RULES)
def test_somebody_away_is_told_the_place_they_would_have(line: list[Waiting], rule: Rule):
    for waiting in line:
        back = [
            Waiting(one.ticket, "", one.tier, one.score, one.joined_ms, one.present or one is waiting) for one in line
        ]
        assert ahead_for(waiting, line, rule) == [one.ticket for one in order_of(back, rule)].index(waiting.ticket)


def test_units_of_different_rules_nominate_each_their_own_and_the_tier_decides():
    civel = [everyone(1), priority(2)]
    familia = [everyone(3), came("d4", Tier.DONOR, 4)]
    due = Rule(Order.RATIO, ratio_k=1, run=1)
    lines = {UnitId("civel"): civel, UnitId("familia"): familia}
    assert next_of(lines) == ("civel", "p2")
    assert next_of(lines, {UnitId("civel"): due}) == ("familia", "d4")
    assert next_of(lines, {UnitId("civel"): due, UnitId("familia"): due}) == ("civel", "n1")


def test_a_desk_of_several_units_sees_whom_it_would_call_one_after_the_other():
    civel, familia = UnitId("civel"), UnitId("familia")
    lines = {civel: [everyone(1), priority(2), priority(5)], familia: [everyone(3), priority(4)]}
    due = {civel: Rule(Order.RATIO, ratio_k=1)}
    assert names([waiting for _, waiting in calls_of(lines, {}, ANA)]) == "p2 p4 p5 n1 n3"
    assert names([waiting for _, waiting in calls_of(lines, due, ANA)]) == "p2 p4 n1 p5 n3"
    dedicated = {civel: DEDICATED}
    assert names([waiting for _, waiting in calls_of(lines, dedicated, ANA)]) == "p2 p4 p5 n1 n3"
    assert names([waiting for _, waiting in calls_of(lines, dedicated, BRUNO)]) == "p4 n1 p2 p5 n3"


@given(LINES, RULES)
def test_the_first_at_a_desk_is_whom_it_would_call(line: list[Waiting], rule: Rule):
    unit = UnitId("u")
    calls = calls_of({unit: line}, {unit: rule}, BRUNO)
    assert [(unit, waiting.ticket) for unit, waiting in calls[:1]] == [
        found for found in [next_of({unit: line}, {unit: rule}, BRUNO)] if found
    ]


@pytest.mark.parametrize("rule", [STRICT, RATIO, HEAD_START, DEDICATED])
def test_nobody_present_nobody_next_under_any_rule(rule: Rule):
    assert candidate([everyone(1, present=False)], rule, BRUNO) is None
