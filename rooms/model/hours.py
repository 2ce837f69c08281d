"""When a unit is open: weekly windows, special days, a time zone; pure, told the instant."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from rooms.model.holidays import holiday

SATURDAY: Final = 5
CLOSING_SEARCH: Final = timedelta(days=7)
"""An opening that lasts longer is told without an end."""
OPENING_SEARCH_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Window:
    """Open from `start` until `end` (exclusive) of one local day; `end` None is midnight at the day's end (24h)."""

    start: time
    end: time | None


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs: `windows` empty is closed all day; `reason` is read by visitors ("Feriado municipal")."""

    day: date
    windows: tuple[Window, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A unit's hours. `week[0]` is Monday; each day has its windows in order, not overlapping."""

    zone: str
    week: tuple[tuple[Window, ...], ...]
    special_days: tuple[SpecialDay, ...] = field(default=())
    """They win over holidays: a day of duty is open on one."""
    state: str | None = None
    """Closed on the holidays of this state (`MT`) and of the country; None: on no holiday but the special days."""


class ClosedCode(StrEnum):
    """Why a unit is closed, in one word."""

    OUTSIDE_HOURS = "outside_hours"
    WEEKEND = "weekend"
    SPECIAL_DAY = "special_day"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit is closed. `text` is the calendar's own words, on special days only; pages word the other codes."""

    code: ClosedCode
    text: str | None


@dataclass(frozen=True, slots=True)
class Open:
    """Open at the instant asked about. Instants carry the unit's zone."""

    until: datetime
    """End of today's window; midnight at the day's end where the window ends at 24h."""
    closes_at: datetime | None
    """End of the continuous opening, over midnight where windows adjoin; None when it does not end within 7 days."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Closed at the instant asked about."""

    reason: Reason
    opens_at: datetime | None
    """The next opening, in the unit's zone; None when there is none within 60 days."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Open from `start` until `end` (exclusive), in UTC: Python compares two times of one zone by the wall."""

    start: datetime
    end: datetime


def local_day(hours: Hours, now: datetime) -> date:
    """The unit's calendar day at `now` (aware): the day of its running numbers."""
    return now.astimezone(ZoneInfo(hours.zone)).date()


def status_at(hours: Hours, now: datetime) -> Open | Closed:
    """Whether the unit is open at `now` (aware), until when or why not and from when.

    An hour that the zone skips begins when the skip is over. An hour that it repeats is open longer, never shorter:
    the unit opens the first time the clock shows `start` and closes the last time it shows `end`.
    """
    zone = ZoneInfo(hours.zone)
    at = now.astimezone(UTC)
    today = local_day(hours, now)
    # Yesterday counts too: where a zone repeats midnight, its last window may still run.
    nearby = [span for back in (0, 1) for span in _spans_of(hours, zone, today - timedelta(days=back))]
    current = next((span for span in nearby if span.start <= at < span.end), None)
    if current is None:
        opens = next((span.start for span in _spans(hours, zone, today) if span.start > at), None)
        return Closed(
            _reason(hours, today, now.astimezone(zone).time()), None if opens is None else opens.astimezone(zone)
        )
    end = current.end
    for span in _spans(hours, zone, today):
        if span.start > end or end - at > CLOSING_SEARCH:
            break
        end = max(end, span.end)
    return Open(current.end.astimezone(zone), None if end - at > CLOSING_SEARCH else end.astimezone(zone))


def service_end(hours: Hours, opening: Open) -> datetime | None:
    """When the day's service is over, of a unit open now; a midday pause does not end it. None: it does not end."""
    if opening.closes_at is None:
        return None
    closes_at = opening.closes_at.astimezone(UTC)
    last = day_end(hours, local_day(hours, closes_at - timedelta(seconds=1)))
    return max(closes_at, last or closes_at).astimezone(ZoneInfo(hours.zone))


def next_service_end(hours: Hours, day: date) -> datetime | None:
    """When the next day of service after `day` is over, in the unit's zone; None when there is none within 60 days."""
    days = (day + timedelta(days=ahead) for ahead in range(1, OPENING_SEARCH_DAYS + 1))
    end = next((end for one in days if (end := day_end(hours, one)) is not None), None)
    return None if end is None else end.astimezone(ZoneInfo(hours.zone))


def day_end(hours: Hours, day: date) -> datetime | None:
    """When the last opening of a local day is over, in UTC; None where it has none."""
    ends = [span.end for span in _spans_of(hours, ZoneInfo(hours.zone), day)]
    return ends[-1] if ends else None


def windows_of(hours: Hours, day: date) -> tuple[Window, ...]:
    """The windows of one local day: the special day's where there is one, none on a holiday, else the weekday's."""
    special = _special(hours, day)
    return hours.week[day.weekday()] if special is None else special.windows


def in_order(windows: tuple[Window, ...]) -> bool:
    """Whether each window ends after it begins and none begins before its predecessor has ended."""
    if any(window.end is not None and window.end <= window.start for window in windows):
        return False
    return all(first.end is not None and first.end <= then.start for first, then in pairwise(windows))


def _special(hours: Hours, day: date) -> SpecialDay | None:
    for special in hours.special_days:
        if special.day == day:
            return special
    name = None if hours.state is None else holiday(hours.state, day)
    return None if name is None else SpecialDay(day, (), name)


def _reason(hours: Hours, day: date, wall: time) -> Reason:
    special = _special(hours, day)
    usual = hours.week[day.weekday()]
    # A shortened day explains only the hours it took away: at 3 in the morning the unit is closed as on any day.
    if special is not None and (not special.windows or any(_shows(window, wall) for window in usual)):
        return Reason(ClosedCode.SPECIAL_DAY, special.reason)
    if day.weekday() >= SATURDAY and not usual:
        return Reason(ClosedCode.WEEKEND, None)
    return Reason(ClosedCode.OUTSIDE_HOURS, None)


def _shows(window: Window, wall: time) -> bool:
    return window.start <= wall and (window.end is None or wall < window.end)


def _spans(hours: Hours, zone: ZoneInfo, first: date) -> Iterator[_Span]:
    for ahead in range(OPENING_SEARCH_DAYS + 1):
        yield from _spans_of(hours, zone, first + timedelta(days=ahead))


def _spans_of(hours: Hours, zone: ZoneInfo, day: date) -> Iterator[_Span]:
    """The day's openings in order, adjoining windows as one."""
    current: _Span | None = None
    for window in windows_of(hours, day):
        last_day, last = (day, window.end) if window.end is not None else (day + timedelta(days=1), time.min)
        span = _Span(
            _instant(zone, datetime.combine(day, window.start), fold=0),
            _instant(zone, datetime.combine(last_day, last), fold=1),
        )
        if span.start >= span.end:  # all of it is skipped: it does not happen
            continue
        if current is None:
            current = span
        elif span.start <= current.end:
            current = _Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current


def _instant(zone: ZoneInfo, wall: datetime, *, fold: int) -> datetime:
    """When the zone's clock shows `wall`, in UTC; for a time it skips, the instant of the skip."""
    at = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    # PEP 495: in a gap the two folds lie on either side of the change; look for it to the second.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after
