"""Hours and policy survive their JSON."""

import json
from dataclasses import fields
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.model.hours import Hours, SpecialDay, Window
from rooms.model.unit import Order, Policy
from rooms.sql.stored import (
    hours_from_json,
    hours_to_json,
    policy_from_json,
    policy_to_json,
    window_from_text,
    window_to_text,
)

CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WINDOWS = st.builds(Window, CLOCKS, st.none() | CLOCKS)
DAYS = st.lists(WINDOWS, max_size=3).map(tuple)
HOURS = st.builds(
    Hours,
    st.sampled_from(["America/Cuiaba", "UTC"]),
    st.tuples(*(DAYS,) * 7),
    st.lists(st.builds(SpecialDay, st.dates(), DAYS, st.text(max_size=20)), max_size=3).map(tuple),
    st.none() | st.sampled_from(["MT", "SP"]),
)
NUMBERS = {field.name: st.integers(1, 86_400) for field in fields(Policy) if isinstance(field.default, int)}
LOGINS = st.lists(st.sampled_from(["ana", "bruno"]), max_size=2, unique=True).map(tuple)
POLICIES = st.builds(Policy, **NUMBERS, order=st.sampled_from(Order), dedicated=LOGINS)


@given(HOURS)
def test_hours_come_back_equal(hours: Hours):
    assert hours_from_json(json.loads(json.dumps(hours_to_json(hours)))) == hours


@given(POLICIES)
def test_a_policy_comes_back_equal(policy: Policy):
    assert policy_from_json(json.loads(json.dumps(policy_to_json(policy)))) == policy


def test_only_what_a_court_chose_is_kept():
    assert policy_to_json(Policy()) == {}
    assert policy_to_json(Policy(ring_s=90)) == {"ring_s": 90}
    assert policy_to_json(Policy(order=Order.RATIO, ratio_k=3)) == {"order": "ratio", "ratio_k": 3}


def test_the_days_end_is_24h():
    assert window_to_text(Window(time(0), None)) == "00:00-24:00"
    assert window_from_text("00:00-24:00") == Window(time(0), None)


@pytest.mark.parametrize(
    "text", ["", "10:00", "10:00-", "-10:00", "24:00-24:00", "10-12", "10:0-12:00", "10:00-12:60", "aa:00-12:00"]
)
def test_another_shape_is_no_window(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - the import file words it
        window_from_text(text)
