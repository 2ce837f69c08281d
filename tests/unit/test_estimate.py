"""The estimate, against values computed by hand from FIELD §6."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.ids import AttendantId, Millis
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.estimate import (
    Estimate,
    Overtaken,
    Pace,
    Staffing,
    arrival_rates,
    estimate,
    expected_wait_min,
    higher_share,
    pace_from,
    staffing_of,
    winsorised_mean,
)
from rooms.model.order import Rule
from rooms.model.snapshot import DeskState
from rooms.model.ticket import Tier
from rooms.model.unit import Order

TEN_MINUTES = Pace(services=50, mean_s=600)
ONE = Staffing(1)
PACES = st.builds(
    Pace,
    st.integers(5, 200),
    st.floats(30, 3_600),
    st.floats(0, 0.5),
    st.tuples(*(st.floats(0, 2) for _ in Tier)),
)
STAFFINGS = st.builds(Staffing, st.floats(0.05, 20))


def test_the_next_in_line_with_one_attendant():
    """S = 10 min, s = 1, n = 0: w = 1 / (1/10) = 10; [10 − 9, 10 + 11] = [1, 21] → 0 to 25 in steps of five."""
    assert expected_wait_min(0, TEN_MINUTES, ONE, Tier.EVERYONE) == pytest.approx(10)
    assert estimate(0, Tier.EVERYONE, TEN_MINUTES, ONE) == Estimate(0, 25)


def test_three_ahead_with_two_attendants():
    """S = 10, s = 2, n = 3: w = 4 × 5 = 20; half a spread: [20 − 9, 20 + 11] = [11, 31] → 10 to 35."""
    assert expected_wait_min(3, TEN_MINUTES, Staffing(2), Tier.EVERYONE) == pytest.approx(20)
    assert estimate(3, Tier.EVERYONE, TEN_MINUTES, Staffing(2)) == Estimate(10, 35)


def test_those_who_give_up_shorten_the_wait():
    """S = 5, s = 1, θ = 0.05, n = 2: 1/0.2 + 1/0.25 + 1/0.3 = 5 + 4 + 3.333 = 12.333; spread / √3.

    [12.333 − 0.9 × 7.1207, 12.333 + 1.1 × 7.1207] = [5.925, 20.166] → 5 to 25.
    """
    pace = Pace(services=20, mean_s=300, abandon_per_min=0.05)
    assert expected_wait_min(2, pace, ONE, Tier.EVERYONE) == pytest.approx(12.3333, abs=1e-3)
    assert estimate(2, Tier.EVERYONE, pace, ONE) == Estimate(5, 25)


BUSY = Pace(services=50, mean_s=600, arrivals_per_min=(0.02, 0.0, 0.03, 9.0))
"""ρ = 0.05 × 10 / 1 = 0.5 with one attendant: strictly, 10 minutes become 10 / (1 - 0.5) = 20."""


def test_a_ratio_lets_no_more_overtake_than_there_is_room_for():
    """One more of ten minutes: 10 + 10 instead of 20; none: 10. Room for many: as strictly."""
    for room, wait in ((1, 20), (0, 10), (9, 20)):
        rule = Rule(Order.RATIO, ratio_k=1)
        assert expected_wait_min(0, BUSY, ONE, Tier.EVERYONE, Overtaken(rule, room)) == pytest.approx(wait)
    # 2 ahead: 30, strictly 60; at most one between: 40
    assert expected_wait_min(2, BUSY, ONE, Tier.EVERYONE, Overtaken(rule, 1)) == pytest.approx(40)


def test_a_head_start_that_is_over_lets_nobody_overtake():
    """In the 15 minutes left come 15 × 0.05 people of ten minutes: 7.5; after 9 of them, 3; strictly it would be 10."""
    rule = Rule(Order.HEAD_START, head_start_ms=15 * 60_000)
    for waited, wait in ((0, 17.5), (9, 13), (15, 10), (99, 10)):
        overtaken = Overtaken(rule, waited_min=waited)
        assert expected_wait_min(0, BUSY, ONE, Tier.EVERYONE, overtaken) == pytest.approx(wait)
    assert expected_wait_min(0, BUSY, ONE, Tier.EVERYONE, Overtaken(Rule(Order.HEAD_START, head_start_ms=10**9))) == 20


def test_dedicated_attendants_take_no_more_of_the_capacity_than_they_are():
    """One of four: a quarter, although half of the work has priority. 10 / 4 attendants / 0.75."""
    rule = Rule(Order.DEDICATED, dedicated=frozenset({AttendantId("ana")}), others=3)
    busy = Pace(services=50, mean_s=600, arrivals_per_min=(0.0, 0.2, 0.0, 0.0))
    assert higher_share(Tier.EVERYONE, busy, Staffing(4)) == pytest.approx(0.5)
    assert higher_share(Tier.EVERYONE, busy, Staffing(4), rule) == pytest.approx(0.25)
    assert expected_wait_min(0, busy, Staffing(4), Tier.EVERYONE, Overtaken(rule)) == pytest.approx(2.5 / 0.75)


def test_no_rule_changes_what_those_with_priority_lose_to_a_higher_tier():
    for order in Order:
        overtaken = Overtaken(Rule(order, ratio_k=1, dedicated=frozenset({AttendantId("ana")}), others=1), room=0)
        assert expected_wait_min(0, BUSY, ONE, Tier.PRIORITY, overtaken) == pytest.approx(10 / 0.8)


def test_higher_tiers_take_their_share_of_the_capacity():
    """0.02 + 0.03 arrivals a minute before tier 3, S = 10, s = 2: ρ = 0.05 × 10 / 2 = 0.25; 10 / 0.75 = 13.333."""
    pace = Pace(services=50, mean_s=600, arrivals_per_min=(0.02, 0.0, 0.03, 9.0))
    assert higher_share(Tier.EVERYONE, pace, Staffing(2)) == pytest.approx(0.25)
    assert expected_wait_min(1, pace, Staffing(2), Tier.EVERYONE) == pytest.approx(13.3333, abs=1e-3)
    assert higher_share(Tier.DONOR, pace, Staffing(2)) == pytest.approx(0.1)
    assert higher_share(Tier.EIGHTY, pace, Staffing(2)) == 0


def test_their_share_is_capped_so_that_the_wait_is_never_endless():
    """ρ would be 10; capped at 0.8 the wait is 5 times as long: 10 → 50."""
    pace = Pace(services=50, mean_s=600, arrivals_per_min=(1.0, 0.0, 0.0, 0.0))
    assert expected_wait_min(0, pace, ONE, Tier.EVERYONE) == pytest.approx(50)


@pytest.mark.parametrize(
    ("ahead", "mean_s", "told"),
    [
        (0, 120, Estimate(0, 5)),  # [0.2, 4.2] by the minute
        (0, 300, Estimate(0, 15)),  # w = 5: [0.5, 10.5], just above ten
        (0, 1_728, Estimate(0, 70)),  # w = 28.8: [2.88, 60.48], just above the hour
        (0, 5_160, Estimate(0, 210)),  # w = 86: [8.6, 180.6], just above three hours
        (3, 90, Estimate(3, 10)),  # w = 6: [3.3, 9.3]
        (8, 600, Estimate(60, 130)),  # w = 90: [63, 123] by ten
        (35, 600, Estimate(300, 450)),  # w = 360: [306, 426] by thirty
    ],
)
def test_the_range_is_rounded_outwards_to_what_people_say(ahead: int, mean_s: float, told: Estimate):
    assert estimate(ahead, Tier.EVERYONE, Pace(50, mean_s), ONE) == told


def test_no_number_when_there_is_no_honest_one():
    assert estimate(0, Tier.EVERYONE, None, ONE) is None
    assert estimate(0, Tier.EVERYONE, Pace(services=4, mean_s=600), ONE) is None
    assert estimate(0, Tier.EVERYONE, Pace(services=5, mean_s=600), ONE) is not None
    assert estimate(0, Tier.EVERYONE, TEN_MINUTES, Staffing(0)) is None


def desk(status: Status, activity: Activity = Activity.IDLE, units: int = 1) -> DeskState:
    pause = PauseReason.LUNCH if status is Status.PAUSED else None
    return DeskState(AttendantId("ana"), "Ana", status, pause, activity, Millis(0), units)


def test_an_attendant_counts_by_the_share_of_their_time_in_this_unit():
    """One with this unit only, busy; one with four; two who will not call again: 1 + 1/4."""
    desks = [
        desk(Status.AVAILABLE, Activity.IN_CALL),
        desk(Status.AVAILABLE, units=4),
        desk(Status.PAUSED, Activity.IN_CALL),
        desk(Status.OFFLINE),
    ]
    assert staffing_of(desks) == Staffing(1.25)
    assert staffing_of([]) == Staffing(0)
    assert staffing_of([desk(Status.AVAILABLE, units=0)]) == Staffing(1)


@given(st.integers(0, 200), st.sampled_from(Tier), PACES, STAFFINGS)
def test_the_told_range_always_holds_the_exact_one(ahead: int, tier: Tier, pace: Pace, staffing: Staffing):
    told = estimate(ahead, tier, pace, staffing)
    wait = expected_wait_min(ahead, pace, staffing, tier)
    assert told is not None
    assert 0 <= told.low_min < told.high_min
    assert told.low_min <= wait - 0.9 * wait / (ahead + 1) ** 0.5 + 1e-6
    assert told.high_min >= wait + 1.1 * wait / (ahead + 1) ** 0.5 - 1e-6


@given(st.integers(0, 100), PACES, STAFFINGS)
def test_more_people_ahead_or_a_lower_tier_never_wait_less(ahead: int, pace: Pace, staffing: Staffing):
    here = expected_wait_min(ahead, pace, staffing, Tier.DONOR)
    assert expected_wait_min(ahead + 1, pace, staffing, Tier.DONOR) > here
    assert expected_wait_min(ahead, pace, staffing, Tier.EVERYONE) >= here


def test_one_forgotten_wrap_up_is_not_the_units_pace():
    """Ten values, one tenth at each end: 1 becomes 4 and 600 becomes 6; (4 + 4 + 5×6 + 6×2) / 10 = 5."""
    assert winsorised_mean([1, 4, 5, 5, 5, 5, 5, 5, 6, 600]) == pytest.approx(5)
    assert winsorised_mean([1, 2, 9]) == pytest.approx(4), "three are too few to cut"
    with pytest.raises(ValueError, match="the mean of nothing"):
        winsorised_mean([])


def test_a_few_slow_services_today_are_drawn_towards_the_units_history():
    """20 recent of 600 s: 600. The history of 200, a tenth pulled in at each end: its 20 slow ones become 300, so 300.

    Together, ten services' weight for the history: (20 × 600 + 10 × 300) / 30 = 500.
    """
    pace = pace_from([600] * 20 + [300] * 180, 0, 0, [])
    assert pace is not None
    assert pace.mean_s == pytest.approx(500)
    assert pace.services == 200


def test_services_beyond_the_history_do_not_count():
    pace = pace_from([60] * 200 + [9_999] * 500, 0, 0, [])
    assert pace is not None
    assert (pace.mean_s, pace.services) == (60, 200)


def test_the_pace_needs_five_services_and_counts_who_gave_up():
    assert pace_from([60] * 4, 100, 5, []) is None
    pace = pace_from([60] * 5, 100, 5, [])
    assert pace == Pace(5, 60, 0.05, (0, 0, 0, 0))
    assert pace_from([60] * 5, 0.5, 1, []) == Pace(5, 60, 2, (0, 0, 0, 0))
    assert pace_from([60] * 5, 0, 5, []) == Pace(5, 60, 0, (0, 0, 0, 0)), "nobody waited: no rate"


def test_a_night_between_two_arrivals_is_one_hour():
    """Minutes 100, 110, 1100 (a night: 60): two arrivals after the first in 70 minutes."""
    rates = arrival_rates([(100, Tier.EIGHTY), (110, Tier.PRIORITY), (1_100, Tier.EVERYONE)])
    assert rates == pytest.approx((0, 1 / 70, 0, 1 / 70))
    assert arrival_rates([]) == (0, 0, 0, 0)


def test_each_tier_has_its_own_rate():
    """1, 2, 3 and 4 arrivals of the tiers in the half minute after the first: 2, 4, 6 and 8 a minute."""
    tiers = [tier for tier in Tier for _ in range(tier + 1)]
    arrivals = [(0.0, Tier.EVERYONE), *((0.5 * at / len(tiers), tier) for at, tier in enumerate(tiers, start=1))]
    assert arrival_rates(arrivals) == pytest.approx((2, 4, 6, 8))


def test_one_arrival_is_no_rate():
    assert arrival_rates([(5, Tier.DONOR)]) == (0, 0, 0, 0)
