"""A site is upgraded at noon, one server after the other, and nobody in line or in a call notices."""

import pytest

from tests.chaos.site import NoHistoryError
from tests.chaos.upgrade import upgrade

WAITING, CALLS = 50, 4


@pytest.mark.timeout(240)
async def test_nobody_notices_a_rolling_upgrade_from_an_earlier_release():
    try:
        found = await upgrade(WAITING, CALLS)
    except NoHistoryError as why:
        pytest.skip(f"NOT SEEN: {why}")
    assert found.pages == WAITING + 2 * CALLS
    assert found.counts["moved when asked"] >= found.pages, "everybody went at least once"
    assert (found.lost_places, found.other_places) == (0, [])
    assert (found.lost_calls, found.lost_words, found.happened) == (0, 0, 0)
