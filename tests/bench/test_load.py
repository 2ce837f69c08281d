"""A big court's full lines: what a visit costs, and whether those who wait elsewhere make it dearer."""

import pytest

from tests.bench.court import UNITS
from tests.bench.figures import PAGE, Row, Section, percentile, publish
from tests.bench.load import CATCHES_UP_S, NODES, Load, load
from tests.bench.plot import draw, svg_of

FEW, MANY = 500, 5_000
SERVED = UNITS[:5]
"""As many in each line as in those of `MANY` people in all units."""
PER_S, SECONDS = 20.0, 20.0
LATEST_S = 1.5
UNSEEN = "calls that the last in line had not seen in the end"
DROPPED = "moments at which somebody was to be called and no clerk was free"
HOTTEST = 3
BEFORE = (
    "Before (2026-11-24, the same load): the garbage collector, 28 %, which looked at a million objects every few"
    " seconds and found little but what engine.io left of each connection; then, without it, 18 % for a unit's line,"
    " read and made into views for all who stood in it whatever had happened there, and 10 % for the database, asked"
    " for the pace of each unit that had served somebody, while its line waited."
)
PLOT = PAGE.parent / "img" / "full-lines.png"


@pytest.mark.timeout(600)
async def test_five_thousand_wait_while_twenty_a_second_are_served():
    few, many = [await load(waiting, PER_S, SECONDS) for waiting in (FEW, MANY)]

    def row(what: str, unit: str, of: str, scale: float = 1, target: str | None = None) -> Row:
        return Row(what, unit, scale * getattr(many, of), scale * getattr(few, of), target)

    def lag(each: Load, share: float) -> float:
        return percentile(each.lags_s, share)

    curves = {f"{each.waiting:,} in line": each.lags_s for each in (few, many)}
    await draw(PLOT, svg_of("Views that are not later than so many seconds", "seconds", curves, LATEST_S))
    publish(
        Section(
            title="Full lines",
            compared_with=f"the same with {FEW} people in line",
            how=f"{MANY:,} people in line in 50 units, {PER_S:g} visits a second for {SECONDS:g} s ({many.visits} and"
            f" {few.visits} in all), {NODES} servers on one Valkey with `appendfsync always`; the pages are one more"
            " process on the same machine. A view is late from the clerk's answer to the page of the last in line that"
            f" shows one person fewer ahead; one that never comes is {CATCHES_UP_S} s late. What is `for a visit` is"
            " all that happened meanwhile, shared among them."
            f"\n\n![Share of views by lateness](img/{PLOT.name})",
            rows=(
                Row("a view is late, p50", "s", lag(many, 0.5), lag(few, 0.5)),
                Row("a view is late, p99", "s", lag(many, 0.99), lag(few, 0.99), f"≤ {LATEST_S:g} s"),
                Row(UNSEEN, "", many.unseen, few.unseen or None, "0"),
                Row(DROPPED, "", many.dropped, few.dropped or None, "0"),
                row("processor time of the servers for a visit", "ms", "cpu_s", 1000),
                row("messages to and from pages for a visit", "", "messages"),
                row("memory of one who waits", "KB", "visitor_kb"),
                row("commands of the store for a visit, those inside scripts too", "", "commands"),
                row("processor time of the store for a visit", "ms", "store_cpu_s", 1000),
                row("cores that both servers use while nobody is called", "", "idle_cpu"),
                row("cores that both servers use meanwhile", "", "busy_cpu"),
            ),
        )
    )
    publish(
        Section(
            title="Where the time of full lines goes",
            compared_with=f"the same with {FEW} people in line",
            how="The three hottest places of the servers in the run above, of their processor time: the innermost"
            f" function of ours with all that it calls of others, else whose library it is. {BEFORE}",
            rows=tuple(
                Row(place, "%", 100 * share, 100 * few.hottest.get(place, 0.0) or None)
                for place, share in list(many.hottest.items())[:HOTTEST]
            ),
        )
    )


@pytest.mark.timeout(600)
async def test_who_waits_elsewhere_does_not_make_a_call_dearer():
    elsewhere = MANY - FEW
    alone = await load(FEW, PER_S, SECONDS, units=SERVED)
    amid = await load(FEW, PER_S, SECONDS, units=SERVED, elsewhere=elsewhere)
    publish(
        Section(
            title="Who waits elsewhere",
            compared_with="the same lines with nobody anywhere else",
            how=f"{FEW} people in line in {len(SERVED)} units, {PER_S:g} visits a second there for {SECONDS:g} s"
            f" ({amid.visits} and {alone.visits} in all), while {elsewhere:,} more wait in the other units of the"
            f" court; {NODES} servers as above. What the servers do while nobody is called (leases, pings) is taken"
            " off: it grows with people, not with calls.",
            rows=(
                Row("processor time of the servers for a visit", "ms", 1000 * amid.call_s, 1000 * alone.call_s),
                Row("a view is late, p50", "s", percentile(amid.lags_s, 0.5), percentile(alone.lags_s, 0.5)),
                Row("a view is late, p99", "s", percentile(amid.lags_s, 0.99), percentile(alone.lags_s, 0.99)),
                Row(UNSEEN, "", amid.unseen, alone.unseen or None, "0"),
                Row(DROPPED, "", amid.dropped, alone.dropped or None, "0"),
            ),
        )
    )
