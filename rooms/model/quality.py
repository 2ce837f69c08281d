"""How well somebody is heard and seen: what a check found before the call, and how the call went. No addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rooms.ids import GaugeId, Millis


class Path(StrEnum):
    """How packets travel between two pages."""

    DIRECT = "direct"
    RELAY = "relay"
    """By TURN."""
    NONE = "none"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True)
class Found:
    """What the check of devices and internet found; None where it could not be measured."""

    camera: bool
    microphone: bool
    path: Path
    round_trip_ms: int | None
    lost_percent: int | None
    kbit_per_s: int | None
    udp: bool | None = None
    """Whether UDP passes, on whatever way."""
    relay: bool | None = None
    """Whether the site's relay (TURN) was reached; None too where the site has none."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check, with the instant it ended. Kept with the live ticket only, and of the device that holds it."""

    at_ms: Millis
    found: Found


@dataclass(frozen=True, slots=True)
class Measure:
    """How a call went so far on one page, or for one side; None where it was not measured, or has not come to it."""

    gauge: GaugeId
    path: Path
    round_trip_ms: int | None
    """The median of one measure a spell, and the worst of them."""
    worst_round_trip_ms: int | None
    lost_percent: int | None
    """Of what the other side sent."""
    worst_lost_percent: int | None
    spells: int
    """So many spells of five seconds in which something came: what the medians are of."""
    restarts: int
    """How often the way to the other side was found anew."""
    ice_ms: int | None
    """From the beginning of the leg until a way was found,"""
    connected_ms: int | None
    """and until it was secured."""
    sound_ms: int | None
    """From "Entrar", as this page knew of it, to the first of the other side's sound,"""
    picture_ms: int | None
    """and of its picture."""


def joined(earlier: Measure, later: Measure) -> Measure:
    """How a call went for a side whose page was opened anew: the calm second page does not hide how the first one went.

    The worst of both, all restarts, the way by which it went in the end. The stages of the beginning are those of the
    first page that has any. The medians are weighed by their spells and rounded half up: the median of all is not to be
    known without what the two are of.
    """
    began = (
        later if earlier.ice_ms is earlier.connected_ms is earlier.sound_ms is earlier.picture_ms is None else earlier
    )
    return Measure(
        gauge=later.gauge,
        path=earlier.path if later.path is Path.NONE else later.path,
        round_trip_ms=_between(earlier, later, lambda one: one.round_trip_ms),
        worst_round_trip_ms=_worst(earlier.worst_round_trip_ms, later.worst_round_trip_ms),
        lost_percent=_between(earlier, later, lambda one: one.lost_percent),
        worst_lost_percent=_worst(earlier.worst_lost_percent, later.worst_lost_percent),
        spells=earlier.spells + later.spells,
        restarts=earlier.restarts + later.restarts,
        ice_ms=began.ice_ms,
        connected_ms=began.connected_ms,
        sound_ms=began.sound_ms,
        picture_ms=began.picture_ms,
    )


def _between(earlier: Measure, later: Measure, median_of: Callable[[Measure], int | None]) -> int | None:
    medians = [(median, max(one.spells, 1)) for one in (earlier, later) if (median := median_of(one)) is not None]
    if not medians:
        return None
    spells = sum(weight for _, weight in medians)
    return (2 * sum(median * weight for median, weight in medians) + spells) // (2 * spells)


def _worst(*found: int | None) -> int | None:
    return max((value for value in found if value is not None), default=None)
