"""Hours around every edge: what a zone skips or repeats, pauses, recess, duty, holidays; and what rests on them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rooms.model.holidays import STATES, holiday
from rooms.model.hours import (
    Closed,
    ClosedCode,
    Hours,
    Open,
    Reason,
    SpecialDay,
    Window,
    local_day,
    next_service_end,
    service_end,
    status_at,
    windows_of,
)
from rooms.services.janitor import head_start_until, last_closing
from tests.unit.test_hours import (
    ALL_DAY,
    APIA,
    CUIABA,
    LISBON,
    OFFICE,
    SAO_PAULO,
    SPLIT,
    ST_JOHNS,
    WINDOWS,
    at,
    instant,
    windows_from,
)

LORD_HOWE = "Australia/Lord_Howe"  # moves by half an hour
CHANGES = [
    (LISBON, datetime(2026, 3, 29, 1, tzinfo=UTC)),
    (LISBON, datetime(2026, 10, 25, 1, tzinfo=UTC)),
    (SAO_PAULO, datetime(2018, 11, 4, 3, tzinfo=UTC)),
    (SAO_PAULO, datetime(2019, 2, 17, 2, tzinfo=UTC)),
    (CUIABA, datetime(2018, 11, 4, 4, tzinfo=UTC)),
    (CUIABA, datetime(2019, 2, 17, 3, tzinfo=UTC)),
    (ST_JOHNS, datetime(2010, 11, 7, 2, 31, tzinfo=UTC)),
    (LORD_HOWE, datetime(2026, 4, 4, 15, tzinfo=UTC)),
    (LORD_HOWE, datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    (APIA, datetime(2011, 12, 30, 10, tzinfo=UTC)),
]
"""When zones change, gaps and overlaps, by day and at midnight, by an hour, by half, by a whole day."""
QUARTERS = st.lists(st.sampled_from([*range(0, 240, 15), *range(1320, 1441, 15)]), unique=True, max_size=6)
NIGHTLY = QUARTERS.map(sorted).map(windows_from)
"""Windows that begin and end about midnight, where zones change."""
WEEKS = st.tuples(*(NIGHTLY | WINDOWS,) * 7)
NEAR = st.timedeltas(timedelta(hours=-3), timedelta(hours=3)) | st.timedeltas(timedelta(hours=-30), timedelta(hours=30))
SPECIALS = st.lists(st.tuples(st.integers(-2, 3), NIGHTLY), max_size=3, unique_by=lambda one: one[0])


def calendar(zone: str, week: tuple[tuple[Window, ...], ...], around: datetime, specials: list) -> Hours:
    """A week, with days of their own around an instant."""
    today = around.astimezone(ZoneInfo(zone)).date()
    days = tuple(SpecialDay(today + timedelta(days=ahead), windows, "Próprio") for ahead, windows in specials)
    return Hours(zone, week, days)


def shown(hours: Hours, now: datetime) -> bool:
    """The plain reading of the wall: its clock shows a time of one of the day's windows."""
    wall = now.astimezone(ZoneInfo(hours.zone))
    return any(
        window.start <= wall.time() and (window.end is None or wall.time() < window.end)
        for window in windows_of(hours, wall.date())
    )


def repeats(zone: str, now: datetime) -> bool:
    """Whether the wall shows this time twice, at `now` or within the repetition that a window's end waits for."""
    wall = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
    return first != second


@given(st.sampled_from(CHANGES), NEAR, WEEKS, SPECIALS)
def test_around_a_change_the_wall_decides_but_for_a_time_that_comes_twice(change, away, week, specials):
    zone, edge = change
    now = edge + away
    hours = calendar(zone, week, edge, specials)
    is_open = isinstance(status_at(hours, now), Open)
    if shown(hours, now):
        assert is_open, "never shorter than the wall says"
    elif is_open:
        assert repeats(zone, now), "longer only where the clock comes twice"


@pytest.mark.parametrize(("zone", "edge"), CHANGES)
def test_at_every_quarter_about_a_change_every_window_of_half_hours_is_as_the_wall_says(zone: str, edge: datetime):
    """All of them, not by chance: the two mistakes of an hour that comes twice are an hour wide in a year."""
    halves = [*range(0, 240, 30), *range(1290, 1441, 30)]
    instants = [edge + timedelta(minutes=15 * quarter) for quarter in range(-14, 15)]
    for start, end in combinations(halves, 2):
        hours = Hours(zone, (windows_from([start, end]),) * 7)
        for now in instants:
            is_open = isinstance(status_at(hours, now), Open)
            assert is_open or not shown(hours, now), (start, end, now)
            assert not is_open or shown(hours, now) or repeats(zone, now), (start, end, now)


@given(st.sampled_from(CHANGES), NEAR, WEEKS, SPECIALS, st.floats(0, 1, exclude_max=True))
def test_an_answer_holds_at_every_instant_until_the_one_it_names(change, away, week, specials, part):
    zone, edge = change
    now = edge + away
    hours = calendar(zone, week, edge, specials)
    told = status_at(hours, now)
    end = told.closes_at if isinstance(told, Open) else told.opens_at
    if end is None:
        return
    last = end.astimezone(UTC) - timedelta(microseconds=1)
    between = min(last, now + (last - now) * part)
    assert type(status_at(hours, between)) is type(told)
    assert type(status_at(hours, end)) is not type(told)


@given(st.sampled_from(CHANGES), NEAR, WEEKS, SPECIALS)
def test_the_days_service_ends_where_nothing_of_the_day_follows(change, away, week, specials):
    zone, edge = change
    hours = calendar(zone, week, edge, specials)
    told = status_at(hours, edge + away)
    if isinstance(told, Closed):
        return
    end = service_end(hours, told)
    if told.closes_at is None:
        assert end is None
        return
    assert instant(end) >= instant(told.closes_at)
    assert isinstance(status_at(hours, instant(end) - timedelta(microseconds=1)), Open)
    reopens = status_at(hours, told.closes_at)
    if isinstance(reopens, Closed) and instant(end) > instant(told.closes_at):
        assert instant(reopens.opens_at) < instant(end), "between them there is a pause, and then service again"
        last_day = local_day(hours, instant(told.closes_at) - timedelta(seconds=1))
        assert local_day(hours, reopens.opens_at) in {last_day, last_day + timedelta(days=1)}


@given(st.sampled_from(CHANGES), NEAR, WEEKS, SPECIALS)
def test_a_closing_is_past_closed_and_followed_by_no_service_of_its_day(change, away, week, specials):
    zone, edge = change
    now = edge + away
    hours = calendar(zone, week, edge, specials)
    closing = last_closing(hours, now)
    if closing is None:
        return
    assert closing.timestamp() <= now.timestamp()
    assert isinstance(status_at(hours, closing), Closed)
    until = head_start_until(hours, closing)
    assert until > closing.timestamp() * 1000, "a head start can be used"
    nearest = status_at(hours, closing)
    last_day = local_day(hours, instant(closing) - timedelta(seconds=1))
    if nearest.opens_at is not None and local_day(hours, nearest.opens_at) > last_day:
        assert until > nearest.opens_at.timestamp() * 1000, "on the next day of service, whichever that is"


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), WEEKS)
def test_the_next_day_of_service_is_the_first_one_that_has_any(day: date, week):
    hours = Hours(CUIABA, week)
    end = next_service_end(hours, day)
    if not any(week):
        assert end is None
        return
    service = local_day(hours, instant(end) - timedelta(seconds=1))
    assert service > day
    between = (day + timedelta(days=ahead) for ahead in range(1, (service - day).days))
    assert not any(windows_of(hours, one) for one in between)


# ------------------------------------------------------------------------------------------- the court's calendar


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.sampled_from(sorted(STATES)))
@example(date(2026, 11, 20), "MT")
@example(date(2026, 12, 25), "SP")
def test_a_holiday_closes_the_whole_day_by_its_name_and_nothing_else_changes(day: date, state: str):
    hours = replace(OFFICE, week=(SPLIT,) * 7, state=state)
    told = status_at(hours, datetime.combine(day, time(11), ZoneInfo(CUIABA)))
    name = holiday(state, day)
    if name is None:
        assert isinstance(told, Open)
    else:
        assert isinstance(told, Closed)
        assert told.reason == Reason(ClosedCode.SPECIAL_DAY, name)
        assert told.opens_at is not None
        assert holiday(state, told.opens_at.date()) is None


def test_holidays_are_told_in_portuguese_and_are_of_the_state():
    assert holiday("MT", date(2026, 9, 7)) == "Independência do Brasil"
    assert holiday("SP", date(2026, 7, 9)) is not None
    assert holiday("MT", date(2026, 7, 9)) is None
    assert len(STATES) == 27


def test_a_day_of_duty_is_open_on_a_holiday():
    duty = SpecialDay(date(2026, 9, 7), (Window(time(8), time(12)),), "Plantão")
    hours = replace(OFFICE, state="MT", special_days=(duty,))
    assert status_at(hours, at("2026-09-07T09:00")) == Open(at("2026-09-07T12:00"), at("2026-09-07T12:00"))
    assert isinstance(status_at(replace(hours, special_days=()), at("2026-09-07T11:00")), Closed)


def test_a_recess_over_the_turn_of_the_year_is_told_until_its_first_day_of_service():
    days = (date(2026, 12, 20) + timedelta(days=ahead) for ahead in range(18))
    recess = tuple(SpecialDay(day, (), "Recesso forense") for day in days)
    hours = replace(OFFICE, state="MT", special_days=recess)
    told = status_at(hours, at("2026-12-25T11:00"))
    assert told == Closed(Reason(ClosedCode.SPECIAL_DAY, "Recesso forense"), at("2027-01-07T10:00"))


def test_a_head_start_of_the_last_day_before_a_recess_is_for_the_first_day_after_it():
    days = (date(2026, 12, 19) + timedelta(days=ahead) for ahead in range(19))
    hours = replace(OFFICE, special_days=tuple(SpecialDay(day, (), "Recesso forense") for day in days))
    assert head_start_until(hours, at("2026-12-18T16:00")) == at("2027-01-07T16:00").timestamp() * 1000


@pytest.mark.parametrize(
    ("hours", "now", "end"),
    [
        (OFFICE, "2026-11-23T11:00", "2026-11-23T16:00"),
        (OFFICE, "2026-11-23T15:00", "2026-11-23T16:00"),
        (Hours(CUIABA, (ALL_DAY, (Window(time(0), time(2)), Window(time(9), time(10))), (), (), (), (), ())),
         "2026-11-23T23:00", "2026-11-24T10:00"),
        (Hours(CUIABA, ((Window(time(20), None),),) * 7), "2026-11-23T21:00", "2026-11-24T00:00"),
    ],
    ids=["before lunch", "after it", "over midnight", "at midnight"],
)  # fmt: skip
def test_a_pause_does_not_end_the_days_service(hours: Hours, now: str, end: str):
    opening = status_at(hours, at(now))
    assert isinstance(opening, Open)
    assert service_end(hours, opening) == at(end)


def test_a_midnight_that_is_skipped_ends_the_day_before_it():
    """In São Paulo, 4 November 2018 began at one o'clock: what ends at midnight of the 3rd is of the 3rd."""
    hours = Hours(SAO_PAULO, ((), (), (), (), (), (Window(time(20), None),), (Window(time(9), time(10)),)))
    opening = status_at(hours, at("2018-11-03T21:00", SAO_PAULO))
    assert isinstance(opening, Open)
    midnight = datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert instant(service_end(hours, opening)) == midnight
    assert head_start_until(hours, midnight) == at("2018-11-04T10:00", SAO_PAULO).timestamp() * 1000
    assert head_start_until(hours, midnight.astimezone(ZoneInfo(SAO_PAULO))) == head_start_until(hours, midnight)
    assert instant(last_closing(hours, midnight + timedelta(hours=1))) == midnight
