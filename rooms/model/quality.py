"""How well somebody is heard and seen: what a check found before the call, and how the call went. No addresses."""

from dataclasses import dataclass
from enum import StrEnum

from rooms.ids import Millis


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


@dataclass(frozen=True, slots=True)
class Check:
    """A check, with the instant it ended. Kept with the live ticket only, and of the device that holds it."""

    at_ms: Millis
    found: Found


@dataclass(frozen=True, slots=True)
class Measure:
    """How a call went so far for one side; None where it was not measured, or has not come to it."""

    path: Path
    round_trip_ms: int | None
    """The median of what was measured each second, and the worst of it."""
    worst_round_trip_ms: int | None
    lost_percent: int | None
    """Of what the other side sent."""
    worst_lost_percent: int | None
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
