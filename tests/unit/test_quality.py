"""How a call went for a side whose page was opened anew."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rooms.ids import GaugeId
from rooms.model.quality import Measure, Path, joined

NOTHING = Measure(GaugeId("first"), Path.NONE, None, None, None, None, 0, 0, None, None, None, None)
ROUGH = Measure(GaugeId("first"), Path.RELAY, 300, 900, 8, 40, 2, 3, 700, 1_100, 1_900, None)
CALM = Measure(GaugeId("second"), Path.DIRECT, 30, 60, 0, 1, 18, 0, 40, 90, 200, 260)


def test_the_worst_and_the_restarts_are_of_both_pages():
    both = joined(ROUGH, CALM)
    assert (both.worst_round_trip_ms, both.worst_lost_percent, both.restarts) == (900, 40, 3)
    both = joined(CALM, replace(ROUGH, gauge=GaugeId("third")))
    assert (both.worst_round_trip_ms, both.worst_lost_percent, both.restarts) == (900, 40, 3)


def test_the_stages_are_those_of_the_page_that_had_the_beginning():
    both = joined(ROUGH, CALM)
    assert (both.ice_ms, both.connected_ms, both.sound_ms, both.picture_ms) == (700, 1_100, 1_900, None)
    both = joined(NOTHING, CALM)
    assert (both.ice_ms, both.connected_ms, both.sound_ms, both.picture_ms) == (40, 90, 200, 260)


def test_the_way_is_the_last_that_was_found():
    assert joined(ROUGH, CALM).path is Path.DIRECT
    assert joined(ROUGH, NOTHING).path is Path.RELAY


def test_the_medians_are_weighed_by_how_much_they_are_of():
    both = joined(ROUGH, CALM)
    assert (both.round_trip_ms, both.lost_percent, both.spells) == (57, 1, 20)
    assert joined(replace(CALM, round_trip_ms=None), ROUGH).round_trip_ms == 300
    assert joined(replace(CALM, spells=1), replace(ROUGH, round_trip_ms=31, spells=1)).round_trip_ms == 31, "half up"


maybe = st.none() | st.integers(0, 60_000)
measures = st.builds(
    Measure,
    gauge=st.just(GaugeId("page")),
    path=st.sampled_from(Path),
    round_trip_ms=maybe,
    worst_round_trip_ms=maybe,
    lost_percent=maybe,
    worst_lost_percent=maybe,
    spells=st.integers(0, 1_000),
    restarts=st.integers(0, 1_000),
    ice_ms=maybe,
    connected_ms=maybe,
    sound_ms=maybe,
    picture_ms=maybe,
)


@given(measures, measures)
def test_a_median_of_both_lies_between_the_two(earlier: Measure, later: Measure):
    both = joined(earlier, later)
    found = [one.round_trip_ms for one in (earlier, later) if one.round_trip_ms is not None]
    if found:
        assert both.round_trip_ms is not None
        assert min(found) <= both.round_trip_ms <= max(found)
    else:
        assert both.round_trip_ms is None


@given(measures)
def test_a_page_that_found_nothing_changes_nothing(measure: Measure):
    later = replace(NOTHING, gauge=measure.gauge)
    assert joined(measure, later) == measure
    assert joined(later, measure) == measure
