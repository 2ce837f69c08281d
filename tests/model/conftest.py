"""A story is a few hundred commands: on a busy machine it takes seconds, and a test of many stories minutes."""

import pytest

A_STORY_S = 10

# what differs is shown wherever it is asserted
pytest.register_assert_rewrite("tests.model.both", "tests.model.invariants")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """So long, by the number of stories, until a test counts as hung."""
    for item in items:
        if "valkey_url" in getattr(item, "fixturenames", ()) and item.path.name == "test_counter.py":
            item.add_marker(pytest.mark.timeout(60 + A_STORY_S * config.getoption("--stories")))
