"""The legal order is a number, and the number is the order."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.ids import Millis, TicketId, UnitId
from rooms.model.order import (
    FIRST_OF_TIER,
    SEQUENCES,
    USUAL,
    Key,
    ahead_of,
    candidate,
    key_of,
    next_of,
    score_of,
    tier_of,
)
from rooms.model.snapshot import Waiting
from rooms.model.ticket import Tier

KEYS = st.builds(Key, st.sampled_from(Tier), st.sampled_from([FIRST_OF_TIER, USUAL]), st.integers(0, SEQUENCES - 1))


def waiting(tier: Tier, seq: int, *, band: int = USUAL, present: bool = True) -> Waiting:
    score = score_of(Key(tier, band, seq))
    return Waiting(TicketId(f"t{seq}"), f"CV1 {seq:03d}", tier, score, Millis(seq), present)


LINES = st.lists(
    st.builds(
        lambda tier, band, present: (tier, band, present), st.sampled_from(Tier), st.sampled_from([0, 1]), st.booleans()
    ),
    max_size=12,
).map(lambda line: [waiting(tier, seq, band=band, present=present) for seq, (tier, band, present) in enumerate(line)])


@given(KEYS, KEYS)
def test_the_score_sorts_as_the_key_does_and_survives_a_double(one: Key, other: Key):
    assert (one < other) == (score_of(one) < score_of(other))
    assert key_of(score_of(one)) == one
    assert tier_of(score_of(one)) is one.tier
    assert int(float(score_of(one))) == score_of(one)


def test_hand_computed_scores():
    """Tier 1, usual, third of the court: (1 × 2 + 1) × 2^40 + 3 = 3 × 1,099,511,627,776 + 3."""
    assert score_of(Key(Tier.PRIORITY, USUAL, 3)) == 3_298_534_883_331
    assert score_of(Key(Tier.EIGHTY, FIRST_OF_TIER, 0)) == 0


@pytest.mark.parametrize(("band", "seq"), [(2, 0), (-1, 0), (0, -1), (0, SEQUENCES)])
def test_a_key_out_of_range_would_be_another_persons(band: int, seq: int):
    with pytest.raises(ValueError, match="no such key"):
        score_of(Key(Tier.EVERYONE, band, seq))


def test_the_interrupted_are_first_of_their_own_tier_and_of_no_other():
    line = [
        waiting(Tier.EVERYONE, 1),
        waiting(Tier.EVERYONE, 9, band=FIRST_OF_TIER),
        waiting(Tier.PRIORITY, 5),
        waiting(Tier.EIGHTY, 7),
        waiting(Tier.DONOR, 2),
    ]
    assert [one.ticket for one in sorted(line, key=lambda one: one.score)] == ["t7", "t5", "t2", "t9", "t1"]


def test_the_away_are_skipped_and_not_counted_and_keep_their_key():
    line = [waiting(Tier.EVERYONE, 1, present=False), waiting(Tier.EVERYONE, 2), waiting(Tier.EVERYONE, 3)]
    first = candidate(line)
    assert first is not None
    assert first.ticket == "t2"
    assert ahead_of(line[2].score, line) == 1
    assert ahead_of(line[0].score, line) == 0


def test_nobody_present_nobody_next():
    assert candidate([waiting(Tier.EVERYONE, 1, present=False)]) is None
    assert next_of({UnitId("a"): [], UnitId("b"): [waiting(Tier.EIGHTY, 1, present=False)]}) is None


def test_an_attendant_of_two_units_takes_the_better_tier_then_who_came_first():
    usual, later, priority = waiting(Tier.EVERYONE, 1), waiting(Tier.EVERYONE, 2), waiting(Tier.PRIORITY, 3)
    assert next_of({UnitId("a"): [later], UnitId("b"): [usual]}) == ("b", "t1")
    assert next_of({UnitId("a"): [usual], UnitId("b"): [later, priority]}) == ("b", "t3")


@given(LINES, st.integers(2, 4))
def test_next_of_several_units_is_next_of_one_common_line(line: list[Waiting], units: int):
    lines = {UnitId(f"u{at}"): line[at::units] for at in range(units)}
    common = candidate(line)
    chosen = next_of(lines)
    assert (chosen and chosen[1]) == (common and common.ticket)
    if chosen:
        assert chosen[1] in [one.ticket for one in lines[chosen[0]]]


@given(LINES)
def test_whoever_is_next_has_nobody_ahead(line: list[Waiting]):
    first = candidate(line)
    assert first is None or ahead_of(first.score, line) == 0
    assert ahead_of(math.inf, line) == sum(one.present for one in line)  # type: ignore[arg-type]
