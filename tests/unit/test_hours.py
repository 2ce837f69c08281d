"""When a unit is open: the calendar on the wall, at every instant, in every zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.model.hours import (
    Closed,
    ClosedCode,
    Hours,
    Open,
    Reason,
    SpecialDay,
    Window,
    in_order,
    local_day,
    status_at,
    windows_of,
)

CUIABA = "America/Cuiaba"
ALL_DAY = (Window(time(0), None),)
SPLIT = (Window(time(10), time(12)), Window(time(13, 30), time(16)))
OFFICE = Hours(CUIABA, (SPLIT,) * 5 + ((), ()))
ALWAYS = Hours(CUIABA, (ALL_DAY,) * 7)


def at(text: str, zone: str = CUIABA, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def instant(moment: datetime | None) -> datetime | None:
    """Python compares two times of one zone by the wall; these tests mean the instant."""
    return None if moment is None else moment.astimezone(UTC)


# 2026-11-23 is a Monday.


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23T10:00", "2026-11-23T12:00"),
        ("2026-11-23T11:59:59.999999", "2026-11-23T12:00"),
        ("2026-11-23T13:30", "2026-11-23T16:00"),
    ],
)
def test_open_from_the_first_instant_of_a_window_to_before_its_end(now: str, until: str):
    assert status_at(OFFICE, at(now)) == Open(at(until), at(until))


@pytest.mark.parametrize(
    ("now", "code", "opens"),
    [
        ("2026-11-23T09:59:59.999999", ClosedCode.OUTSIDE_HOURS, "2026-11-23T10:00"),
        ("2026-11-23T12:00", ClosedCode.OUTSIDE_HOURS, "2026-11-23T13:30"),
        ("2026-11-23T16:00", ClosedCode.OUTSIDE_HOURS, "2026-11-24T10:00"),
        ("2026-11-27T16:00", ClosedCode.OUTSIDE_HOURS, "2026-11-30T10:00"),
        ("2026-11-28T11:00", ClosedCode.WEEKEND, "2026-11-30T10:00"),
        ("2026-11-29T23:59", ClosedCode.WEEKEND, "2026-11-30T10:00"),
    ],
)
def test_closed_says_why_and_when_it_opens(now: str, code: ClosedCode, opens: str):
    assert status_at(OFFICE, at(now)) == Closed(Reason(code, None), at(opens))


def test_the_zone_decides_whatever_zone_the_question_is_asked_in():
    """14h in UTC is 10h in Cuiabá; 3h in UTC on the 24th is still the 23rd there."""
    assert isinstance(status_at(OFFICE, datetime(2026, 11, 23, 14, tzinfo=UTC)), Open)
    assert isinstance(status_at(OFFICE, datetime(2026, 11, 23, 13, 59, tzinfo=UTC)), Closed)
    assert local_day(OFFICE, datetime(2026, 11, 24, 3, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert local_day(OFFICE, datetime(2026, 11, 24, 4, 0, tzinfo=UTC)) == date(2026, 11, 24)


def test_open_day_and_night_is_open_until_midnight_and_never_closes():
    assert status_at(ALWAYS, at("2026-11-23T23:59")) == Open(at("2026-11-24T00:00"), None)
    assert status_at(ALWAYS, at("2026-11-24T00:00")) == Open(at("2026-11-25T00:00"), None)


def test_windows_that_meet_at_midnight_are_one_opening():
    night = Hours(CUIABA, ((Window(time(22), None),), (Window(time(0), time(6)),), (), (), (), (), ()))
    assert status_at(night, at("2026-11-23T23:00")) == Open(at("2026-11-24T00:00"), at("2026-11-24T06:00"))
    assert status_at(night, at("2026-11-24T01:00")) == Open(at("2026-11-24T06:00"), at("2026-11-24T06:00"))


def test_windows_that_meet_by_day_are_one_window():
    joined = Hours(CUIABA, ((Window(time(10), time(12)), Window(time(12), time(16))),) + ((),) * 6)
    assert status_at(joined, at("2026-11-23T11:00")) == Open(at("2026-11-23T16:00"), at("2026-11-23T16:00"))


def test_an_opening_of_just_seven_days_has_an_end_and_a_longer_one_has_none():
    shut = SpecialDay(date(2026, 11, 30), (), "Feriado")
    hours = Hours(CUIABA, (ALL_DAY,) * 7, (shut,))
    assert status_at(hours, at("2026-11-23T00:00")) == Open(at("2026-11-24T00:00"), at("2026-11-30T00:00"))
    assert status_at(hours, at("2026-11-22T23:59")) == Open(at("2026-11-23T00:00"), None)


def test_a_special_day_says_its_own_reason_all_day_long():
    hours = Hours(CUIABA, (SPLIT,) * 7, (SpecialDay(date(2026, 11, 23), (), "Feriado municipal"),))
    for hour in ("00:00", "11:00", "23:59"):
        told = status_at(hours, at(f"2026-11-23T{hour}"))
        assert told == Closed(Reason(ClosedCode.SPECIAL_DAY, "Feriado municipal"), at("2026-11-24T10:00"))


def test_a_shortened_day_explains_only_the_hours_it_took_away():
    short = SpecialDay(date(2026, 12, 24), (Window(time(10), time(11)),), "Véspera de Natal")
    hours = Hours(CUIABA, (SPLIT,) * 5 + ((), ()), (short,))
    assert status_at(hours, at("2026-12-24T10:30")) == Open(at("2026-12-24T11:00"), at("2026-12-24T11:00"))
    took = Closed(Reason(ClosedCode.SPECIAL_DAY, "Véspera de Natal"), at("2026-12-25T10:00"))
    assert status_at(hours, at("2026-12-24T11:30")) == took
    assert status_at(hours, at("2026-12-24T13:30")) == took
    over = Closed(Reason(ClosedCode.OUTSIDE_HOURS, None), at("2026-12-25T10:00"))
    assert status_at(hours, at("2026-12-24T12:00")) == over
    assert status_at(hours, at("2026-12-24T16:00")) == over
    usual = Closed(Reason(ClosedCode.OUTSIDE_HOURS, None), at("2026-12-24T10:00"))
    assert status_at(hours, at("2026-12-24T03:00")) == usual


def test_a_special_day_may_open_a_sunday():
    duty = SpecialDay(date(2026, 11, 29), (Window(time(8), time(12)),), "Mutirão")
    hours = Hours(CUIABA, (SPLIT,) * 5 + ((), ()), (duty,))
    assert status_at(hours, at("2026-11-29T09:00")) == Open(at("2026-11-29T12:00"), at("2026-11-29T12:00"))
    assert status_at(hours, at("2026-11-28T09:00")) == Closed(Reason(ClosedCode.WEEKEND, None), at("2026-11-29T08:00"))
    assert windows_of(hours, date(2026, 11, 29)) == duty.windows


def test_a_day_of_the_week_without_service_is_no_weekend():
    hours = Hours(CUIABA, ((),) + (SPLIT,) * 4 + ((), ()))
    told = status_at(hours, at("2026-11-23T11:00"))
    assert told == Closed(Reason(ClosedCode.OUTSIDE_HOURS, None), at("2026-11-24T10:00"))


def test_the_next_opening_is_looked_for_sixty_days_ahead():
    """From Monday 23 November the sixtieth day is Friday 22 January."""
    for days, opens in ((60, at("2027-01-22T10:00")), (61, None)):
        shut = tuple(SpecialDay(date(2026, 11, 23) + timedelta(days=ahead), (), "Recesso") for ahead in range(days))
        told = status_at(Hours(CUIABA, (SPLIT,) * 7, shut), at("2026-11-23T11:00"))
        assert told == Closed(Reason(ClosedCode.SPECIAL_DAY, "Recesso"), opens)


def test_the_last_opening_there_will_be_has_an_end_too():
    only = SpecialDay(date(2026, 11, 23), (Window(time(10), time(12)),), "Mutirão")
    told = status_at(Hours(CUIABA, ((),) * 7, (only,)), at("2026-11-23T11:00"))
    assert told == Open(at("2026-11-23T12:00"), at("2026-11-23T12:00"))


def test_a_unit_without_hours_never_opens():
    assert status_at(Hours(CUIABA, ((),) * 7), at("2026-11-23T11:00")) == Closed(
        Reason(ClosedCode.OUTSIDE_HOURS, None), None
    )


# ---- hours that a zone skips or repeats

LISBON = "Europe/Lisbon"  # 2026-03-29: 01:00 → 02:00; 2026-10-25: 02:00 → 01:00
SAO_PAULO = "America/Sao_Paulo"  # 2018-11-04: 00:00 → 01:00; 2019-02-17: 00:00 → 23:00 of the 16th
APIA = "Pacific/Apia"  # 2011-12-30 does not exist
ST_JOHNS = "America/St_Johns"  # 2010-11-07: 00:01 → 23:01 of the 6th


def test_a_window_that_begins_in_a_skipped_hour_begins_when_it_is_over():
    hours = Hours(LISBON, ((Window(time(1, 30), time(4)),),) * 7)
    before = status_at(hours, at("2026-03-29T00:30", LISBON))
    assert isinstance(before, Closed)
    assert instant(before.opens_at) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert isinstance(status_at(hours, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)), Open)


def test_a_window_that_ends_in_a_skipped_hour_ends_when_it_begins():
    hours = Hours(LISBON, ((Window(time(0), time(1, 30)),),) * 7)
    told = status_at(hours, at("2026-03-29T00:59:59", LISBON))
    assert isinstance(told, Open)
    assert instant(told.until) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert isinstance(status_at(hours, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)), Closed)


def test_a_window_inside_a_skipped_hour_does_not_happen():
    hours = Hours(LISBON, ((Window(time(1, 15), time(1, 45)),),) * 7)
    told = status_at(hours, at("2026-03-29T00:30", LISBON))
    assert isinstance(told, Closed)
    assert told.opens_at == at("2026-03-30T01:15", LISBON)


def test_a_window_that_does_not_happen_is_no_opening_before_the_next_one():
    hours = Hours(LISBON, ((Window(time(1, 15), time(1, 45)), Window(time(9), time(10))),) * 7)
    told = status_at(hours, at("2026-03-29T00:30", LISBON))
    assert isinstance(told, Closed)
    assert told.opens_at == at("2026-03-29T09:00", LISBON)


def test_a_repeated_hour_is_open_longer_never_shorter():
    hours = Hours(LISBON, ((Window(time(0), time(1, 30)),),) * 7)
    for minutes in range(150):
        told = status_at(hours, datetime(2026, 10, 24, 23, tzinfo=UTC) + timedelta(minutes=minutes))
        assert isinstance(told, Open), minutes
        assert instant(told.until) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert isinstance(status_at(hours, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)), Closed)


def test_a_window_that_begins_in_a_repeated_hour_begins_the_first_time():
    hours = Hours(LISBON, ((Window(time(1, 30), time(4)),),) * 7)
    assert isinstance(status_at(hours, datetime(2026, 10, 25, 0, 29, 59, tzinfo=UTC)), Closed)
    for minutes in range(210):
        now = datetime(2026, 10, 25, 0, 30, tzinfo=UTC) + timedelta(minutes=minutes)
        assert isinstance(status_at(hours, now), Open), now


def test_a_whole_skipped_day_does_not_happen():
    """Samoa went from the 29th to the 31st of December 2011, at 10h in UTC."""
    skipped = SpecialDay(date(2011, 12, 30), (Window(time(8), time(17)),), "Não existiu")
    hours = Hours(APIA, ((),) * 7, (skipped,))
    assert status_at(hours, at("2011-12-29T20:00", APIA)) == Closed(Reason(ClosedCode.OUTSIDE_HOURS, None), None)
    until = replace(hours, special_days=(replace(skipped, windows=(Window(time(8), None),)),))
    assert status_at(until, at("2011-12-29T20:00", APIA)) == Closed(Reason(ClosedCode.OUTSIDE_HOURS, None), None)
    eve = SpecialDay(date(2011, 12, 29), ALL_DAY, "Véspera")
    told = status_at(Hours(APIA, ((),) * 7, (eve,)), at("2011-12-29T20:00", APIA))
    assert isinstance(told, Open)
    assert instant(told.until) == instant(told.closes_at) == datetime(2011, 12, 30, 10, 0, tzinfo=UTC)


def test_midnight_that_does_not_exist_is_one_in_the_morning():
    hours = Hours(SAO_PAULO, (ALL_DAY,) * 7)
    told = status_at(hours, at("2018-11-03T23:59", SAO_PAULO))
    assert isinstance(told, Open)
    assert instant(told.until) == datetime(2018, 11, 4, 3, 0, tzinfo=UTC)


def test_a_day_whose_last_hour_comes_twice_is_open_through_both():
    hours = Hours(SAO_PAULO, ((), (), (), (), (), ALL_DAY, ()))
    for fold in (0, 1):
        told = status_at(hours, at("2019-02-16T23:30", SAO_PAULO, fold=fold))
        assert isinstance(told, Open)
        assert instant(told.until) == datetime(2019, 2, 17, 3, 0, tzinfo=UTC)


def test_where_midnight_comes_twice_yesterday_lasts_until_the_second():
    hours = Hours(ST_JOHNS, ((), (), (), (), (), ALL_DAY, ()))
    first_midnight = at("2010-11-07T00:00:30", ST_JOHNS)
    told = status_at(hours, first_midnight)
    assert local_day(hours, first_midnight) == date(2010, 11, 7)
    assert isinstance(told, Open)
    assert instant(told.until) == instant(at("2010-11-07T00:00", ST_JOHNS, fold=1))


# ---- what holds for every calendar

MINUTES = st.lists(st.integers(0, 24 * 60), unique=True, max_size=6).map(sorted)


def _clock(minute: int) -> time | None:
    return None if minute == 24 * 60 else time(minute // 60, minute % 60)


def windows_from(minutes: list[int]) -> tuple[Window, ...]:
    pairs = zip(minutes[::2], minutes[1::2], strict=False)
    return tuple(Window(start, _clock(last)) for first, last in pairs if (start := _clock(first)) is not None)


WINDOWS = MINUTES.map(windows_from)
WEEKS = st.tuples(*(WINDOWS,) * 7)
ZONES = st.sampled_from([CUIABA, LISBON, SAO_PAULO, ST_JOHNS, APIA, "Australia/Lord_Howe", "UTC"])
INSTANTS = st.datetimes(datetime(2009, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - naive bounds


@given(ZONES, WEEKS, INSTANTS)
def test_an_answer_holds_until_the_instant_it_names(zone: str, week: tuple[tuple[Window, ...], ...], now: datetime):
    hours = Hours(zone, week)
    told = status_at(hours, now)
    if isinstance(told, Open):
        until = told.until.astimezone(UTC)
        assert until > now
        assert isinstance(status_at(hours, max(now, until - timedelta(microseconds=1))), Open)
        if told.closes_at is not None:
            closes = told.closes_at.astimezone(UTC)
            assert closes >= until
            assert isinstance(status_at(hours, max(now, closes - timedelta(microseconds=1))), Open)
            assert isinstance(status_at(hours, closes), Closed)
    elif told.opens_at is not None:
        opens = told.opens_at.astimezone(UTC)
        assert opens > now
        assert isinstance(status_at(hours, opens), Open)
        assert isinstance(status_at(hours, max(now, opens - timedelta(microseconds=1))), Closed)
    else:
        assert not any(week) or zone != CUIABA


@given(WEEKS, INSTANTS)
def test_without_zone_changes_the_wall_clock_decides(week: tuple[tuple[Window, ...], ...], now: datetime):
    """The plain reading: open while the clock shows a time between start and end. UTC neither skips nor repeats."""
    shows = any(
        window.start <= now.time() and (window.end is None or now.time() < window.end) for window in week[now.weekday()]
    )
    assert isinstance(status_at(Hours("UTC", week), now), Open) is shows


@pytest.mark.parametrize(
    ("windows", "right"),
    [
        ((), True),
        (SPLIT, True),
        (ALL_DAY, True),
        ((Window(time(8), time(8)),), False),
        ((Window(time(9), time(8)),), False),
        (SPLIT[::-1], False),
        ((Window(time(8), None), Window(time(9), time(10))), False),
        ((Window(time(8), time(10)), Window(time(9), time(11))), False),
        ((Window(time(8), time(9)), Window(time(9), None)), True),
    ],
)
def test_the_windows_of_a_day_stand_in_order(windows: tuple[Window, ...], right: bool):  # noqa: FBT001 - a table's column
    assert in_order(windows) is right
