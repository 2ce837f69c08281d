"""A rolling upgrade with five hundred people in line and twenty calls on."""

import pytest

from tests.bench.figures import Row, Section, percentile, publish
from tests.chaos.site import NoHistoryError
from tests.chaos.upgrade import upgrade

WAITING, CALLS = 500, 20
ANNOUNCED_S = 10.0


@pytest.mark.timeout(300)
async def test_what_people_notice_of_a_rolling_upgrade():
    try:
        found = await upgrade(WAITING, CALLS)
    except NoHistoryError as why:
        pytest.skip(f"NOT MEASURED: {why}")
    publish(
        Section(
            title="A rolling upgrade",
            compared_with="the ten seconds within which pages are asked to move",
            how=f"{WAITING} waiting in 50 units and {CALLS} calls on, in which both sides say something each second;"
            " two servers of an earlier wire and earlier scripts, behind Debian's Caddy with the configuration of"
            " `deploy/` (without TLS, and without `stream_close_delay`, which that Caddy does not know), become two of"
            f" ours, SIGTERM one after the other. {found.pages} pages.",
            rows=(
                Row("lost places", "", found.lost_places),
                Row("people who were ever shown another place", "", len(found.other_places)),
                Row("lost calls", "", found.lost_calls),
                Row("lost words in calls", "", found.lost_words),
                Row("events of the court (nobody returned, interrupted or ended)", "", found.happened),
                Row("moves when asked", "", found.counts.get("moved when asked", 0)),
                Row("cut before they had moved", "", found.counts.get("cut before its moment", 0)),
                Row("cut without having been asked", "", found.counts.get("cut without a word", 0)),
                Row("asked → connected to the other server, p50", "s", percentile(found.late_s, 0.5), ANNOUNCED_S),
                Row("asked → connected to the other server, the last", "s", max(found.late_s), ANNOUNCED_S, "≤ 10 s"),
            ),
        )
    )
