"""The scripts and the model agree, whatever happens, and what must hold holds."""

import logging
from collections import Counter as Count

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.frozen import Loop
from tests.model.invariants import never_seen
from tests.model.machine import Story

HAPPENED = logging.getLogger("happened")


def test_the_scripts_and_the_model_agree_whatever_happens(valkey_url: str, request: pytest.FixtureRequest):
    stories, shrinks = request.config.getoption("--stories"), request.config.getoption("--shrink")
    if not stories:
        pytest.skip("no stories were asked for: --stories 60")
    loop, seen = Loop(valkey_url), Count()
    try:
        run_state_machine_as_test(
            type("StoryHere", (Story,), {"loop": loop, "seen": seen}),
            settings=settings(
                max_examples=stories,
                stateful_step_count=120,
                deadline=None,
                database=None,
                report_multiple_bugs=False,
                phases=[Phase.generate, Phase.shrink] if shrinks else [Phase.generate],
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        loop.close()
        for one, times in seen.most_common():
            HAPPENED.info("%6d %s", times, one)
    assert never_seen(seen) == [], "these moves of the table never happened"
