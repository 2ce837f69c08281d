"""A rolling upgrade with five hundred people in line and twenty calls on."""

import pytest

from tests.bench.figures import Row, Section, percentile, publish
from tests.chaos.keeper import ASKED, CUT, CUT_EARLY, KNOCKED, MOVED, PUT_OFF, TOLD, Noticed
from tests.chaos.site import NoHistoryError
from tests.chaos.upgrade import upgrade

WAITING, CALLS = 500, 20
ANNOUNCED_S = 10.0
SAID_AFTER_S = 2.5
"""A move that takes longer is told of (`web/src/transport/connection.ts`)."""


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
            how=f"{WAITING} waiting in 48 units, {CALLS} calls on, in which both sides say something each second,"
            " and at one unit people who come, are called by three attendants and served, one after the other;"
            " two servers of an earlier wire and earlier scripts, behind Debian's Caddy with the configuration"
            " of `deploy/` (without TLS, and without `stream_close_delay`, which that Caddy does not know),"
            " become two of ours, SIGTERM one after the other; then these two are replaced in the same way."
            f" {found.pages} pages, and {sum(found.served)} visits that came to their end while a server ended.",
            rows=(
                Row("lost places", "", found.lost_places),
                Row("people who were ever shown another place", "", len(found.other_places)),
                Row("lost calls", "", found.lost_calls),
                Row("words in calls that were lost, or said twice", "", found.lost_words),
                Row("visits called out of order, called twice or lost", "", len(found.wrong)),
                Row(
                    "events of those who waited and talked (nobody returned, interrupted or ended)",
                    "",
                    len(found.happened),
                ),
                *_moves("earlier servers end", found.earlier),
                *_moves("ours end", found.ours),
            ),
        )
    )


def _moves(when: str, noticed: Noticed) -> tuple[Row, ...]:
    counts = noticed.counts
    return (
        Row(f"{when}: moves when asked", "", counts[MOVED]),
        Row(f"{when}: cut before they had moved", "", counts[CUT_EARLY]),
        Row(f"{when}: cut without having been asked", "", counts[CUT]),
        Row(f"{when}: connections that had to be tried again", "", counts[KNOCKED]),
        Row(
            f"{when}: commands that pages said again by themselves, under the same id",
            "",
            counts[ASKED] + counts[PUT_OFF],
        ),
        Row(f"{when}: people who had to try again themselves", "", counts[TOLD]),
        Row(f"{when}: asked → connected to the other server, p50", "s", percentile(noticed.late_s, 0.5), ANNOUNCED_S),
        Row(
            f"{when}: asked → connected to the other server, the last", "s", max(noticed.late_s), ANNOUNCED_S, "≤ 10 s"
        ),
        Row(f"{when}: without a line while they moved, p50", "s", percentile(noticed.away_s, 0.5)),
        Row(
            f"{when}: without a line while they moved, the last",
            "s",
            max(noticed.away_s),
            SAID_AFTER_S,
            "pages tell of 2.5 s",
        ),
    )
