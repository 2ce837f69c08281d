"""When a unit is open: weekly windows, special days, a time zone; pure, told the instant."""

from dataclasses import dataclass, field
from datetime import date, datetime, time


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
