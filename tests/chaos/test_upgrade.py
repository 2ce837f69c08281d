"""A site is upgraded at noon, one server after the other, and nobody in line or in a call notices."""

import pytest

from tests.chaos.keeper import CUT, CUT_EARLY, MOVED, TOLD
from tests.chaos.site import NoHistoryError
from tests.chaos.upgrade import upgrade

WAITING, CALLS = 50, 4
DRAIN_S = 4
"""Shorter than a site's, so that there is less to wait for; the proxy looks after its servers every two seconds."""


@pytest.mark.timeout(240)
async def test_nobody_notices_a_rolling_upgrade_from_an_earlier_release():
    """Who waits, who talks, and who comes meanwhile and is served; then ours are replaced once more."""
    try:
        found = await upgrade(WAITING, CALLS, DRAIN_S)
    except NoHistoryError as why:
        pytest.skip(f"NOT SEEN: {why}")
    assert found.pages == WAITING + 2 * CALLS
    assert found.earlier.counts[MOVED] >= found.pages, "everybody went at least once"
    assert found.ours.counts[MOVED] >= found.pages
    assert (found.lost_places, found.other_places) == (0, [])
    assert (found.lost_calls, found.lost_words, found.happened) == (0, 0, [])
    assert found.wrong == []
    assert all(found.served), "people were served while each server ended"
    both = found.earlier.counts + found.ours.counts
    assert (both[CUT], found.earlier.vain + found.ours.vain, both[TOLD]) == (0, [], 0), "nobody had to try again"
    assert found.ours.counts[CUT_EARLY] == 0, "the moments end before the server does"
