"""The scripts and the model agree, whatever happens, and what must hold holds."""

import logging
from collections import Counter as Count

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from rooms.ports import AttendantVerbs, HouseVerbs, VisitorVerbs
from tests.model.frozen import Loop
from tests.model.invariants import never_seen
from tests.model.machine import Story

HAPPENED = logging.getLogger("happened")
VERBS = {name for verbs in (VisitorVerbs, AttendantVerbs, HouseVerbs) for name in vars(verbs) if name[0] != "_"}
OTHERWISE = {"units", "ticket_of", "ticket", "desk", "people", "floods", "now", "hold_pusher"}
"""What is read after every step, or goes by the store's own clock."""
ENOUGH = 80
"""Stories in which every move and every verb must have happened."""
STEPS = 120
AT_ONCE = 10
"""Stories for one seed. After its tenth Hypothesis only varies what it has told, five times of six."""


def test_the_scripts_and_the_model_agree_whatever_happens(valkey_url: str, request: pytest.FixtureRequest):
    stories, shrinks = request.config.getoption("--stories"), request.config.getoption("--shrink")
    if not stories:
        pytest.skip("no stories were asked for: --stories 80")
    loop, seen = Loop(valkey_url), Count()
    told = settings(
        max_examples=AT_ONCE,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink] if shrinks else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        for tale in range(-(-stories // AT_ONCE)):
            machine = seed(tale)(type("StoryHere", (Story,), {"loop": loop, "seen": seen}))
            run_state_machine_as_test(machine, settings=told)
    finally:
        loop.close()
        for one, times in seen.most_common():
            HAPPENED.info("%6d %s", times, one)
    if stories < ENOUGH:
        return
    assert never_seen(seen) == [], "these moves of the table never happened"
    asked = {verb for verb, outcome in (one for one in seen if isinstance(one, tuple)) if outcome == "accepted"}
    assert VERBS - asked - OTHERWISE == set(), "these verbs were never asked, or always refused"
