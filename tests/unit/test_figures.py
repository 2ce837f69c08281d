import re
from datetime import date

import pytest

from tests.bench.figures import BEGINNING, PAGE, SCALE, Row, Section, merged, percentile, quoting, written

DAY = date(2026, 11, 24)


def section(title: str, measured: float = 3.0) -> Section:
    rows = (Row("p99", "ms", measured=measured, compared=2.0, target=3.0), Row("calls", "", measured=2000.0))
    return Section(title=title, compared_with="a bare ack", how="At 200/s.", rows=rows)


def test_a_ratio_stands_beside_both_figures_and_its_target():
    told = written(section("call_next"), "2 cores", DAY)
    assert "| p99 | 3.00 ms | 2.00 ms | **1.50 ×** | ≤ 3 × |" in told
    assert "| calls | 2,000 | – | – | – |" in told
    assert told.endswith("2026-11-24, 2 cores.\n")


def test_a_section_replaces_its_former_self_and_leaves_the_others():
    page = BEGINNING
    for one in (section("first"), section("second"), section("first", measured=5.0)):
        page = merged(page, one.title, written(one, "2 cores", DAY))
    assert page.startswith(BEGINNING)
    assert [line for line in page.splitlines() if line.startswith("## ")] == ["## first", "## second"]
    assert page.count("**2.50 ×**") == 1
    assert page.count("**1.50 ×**") == 1


def test_publishing_the_same_twice_changes_nothing():
    told = written(section("call_next"), "2 cores", DAY)
    once = merged(BEGINNING, "call_next", told)
    assert merged(once, "call_next", told) == once


def test_a_page_for_people_quotes_a_figure_in_portuguese():
    page = merged(BEGINNING, "call_next", written(section("call_next", measured=1234.5), "2 cores", DAY))
    text = "leva 1,0<!-- call_next: p99 --> ms, em vez de 7<!-- call_next: p99, compared -->, e 5<!-- other: p99 -->"
    assert quoting(text, page) == (
        "leva 1.234<!-- call_next: p99 --> ms, em vez de 2,00<!-- call_next: p99, compared -->, e 5<!-- other: p99 -->"
    )


def test_how_far_it_goes_is_told_by_the_figures_that_were_measured():
    """`docs/escala.md` quotes `docs/figures.md`: nothing in it is older, and nothing misspelt."""
    text, page = SCALE.read_text("utf-8"), PAGE.read_text("utf-8")
    assert quoting(text, page) == text
    for title, what in re.findall(r"<!-- ([^:]+): (.+?)(?:, compared)? -->", text):
        assert f"\n## {title}\n" in page
        assert f"\n| {what} | " in page


@pytest.mark.parametrize(("share", "found"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_a_value_that_was_measured(share, found):
    assert percentile(list(range(100, 0, -1)), share) == found
