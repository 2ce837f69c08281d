"""Hours and policy as JSON, the same text in the import file and in the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, time
from typing import Any, Final

from rooms.model.hours import Hours, SpecialDay, Window
from rooms.model.unit import Order, Policy

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_END: Final = "24:00"


def window_to_text(window: Window) -> str:
    """`12:00-18:00`; a window to the day's end is `12:00-24:00`."""
    end = DAY_END if window.end is None else window.end.isoformat("minutes")
    return f"{window.start.isoformat('minutes')}-{end}"


def window_from_text(text: str) -> Window:
    """The inverse of `window_to_text`.

    Raises:
        ValueError: another shape or another time of day.

    """
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(text)
    return Window(_clock(start), None if end == DAY_END else _clock(end))


def hours_to_json(hours: Hours) -> dict[str, Any]:
    """Ready for a JSON column."""
    return {
        "zone": hours.zone,
        "week": {
            name: [window_to_text(window) for window in day] for name, day in zip(WEEKDAYS, hours.week, strict=True)
        },
        "special_days": [
            {
                "day": special.day.isoformat(),
                "windows": [window_to_text(window) for window in special.windows],
                "reason": special.reason,
            }
            for special in hours.special_days
        ],
        **({} if hours.state is None else {"state": hours.state}),
    }


def hours_from_json(stored: Mapping[str, Any]) -> Hours:
    """The inverse of `hours_to_json`."""
    return Hours(
        zone=stored["zone"],
        week=tuple(_windows(stored["week"][name]) for name in WEEKDAYS),
        special_days=tuple(
            SpecialDay(date.fromisoformat(special["day"]), _windows(special["windows"]), special["reason"])
            for special in stored["special_days"]
        ),
        state=stored.get("state"),
    )


def policy_to_json(policy: Policy) -> dict[str, Any]:
    """Only what differs from the defaults, so that a better default reaches units that never chose."""
    usual = asdict(Policy())
    return {name: value for name, value in asdict(policy).items() if value != usual[name]}


def policy_from_json(stored: Mapping[str, Any]) -> Policy:
    """The inverse of `policy_to_json`."""
    named = {"order": Order(stored.get("order", Order.STRICT)), "dedicated": tuple(stored.get("dedicated", ()))}
    return Policy(**{**stored, **named})


def _windows(texts: Sequence[str]) -> tuple[Window, ...]:
    return tuple(window_from_text(text) for text in texts)


def _clock(text: str) -> time:
    hour, colon, minute = text.partition(":")
    if not colon or len(hour) != len("00") or len(minute) != len("00"):
        raise ValueError(text)
    return time(int(hour), int(minute))
