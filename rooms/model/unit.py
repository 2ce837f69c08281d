"""A court and its units: who they are, when they are open, by which numbers they work."""

from dataclasses import dataclass, field
from enum import StrEnum

from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.hours import Hours


class Order(StrEnum):
    """By which rule a unit says who is next (`rooms.model.order`)."""

    STRICT = "strict"
    """By tier, then by arrival: the law's own order."""
    RATIO = "ratio"
    """After `ratio_k` calls with priority one of everybody else, if anybody of them waits."""
    HEAD_START = "head_start"
    """Everybody else goes first where they came more than `head_start_min` earlier."""
    DEDICATED = "dedicated"
    """The attendants of `dedicated` go by tier; while one of them is available, the others go by arrival alone."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A unit's numbers; the defaults are `DESIGN.md` §4. Durations in seconds."""

    ring_s: int = 60
    more_time_s: int = 60
    tries: int = 3
    """Rings nobody entered until NO_SHOW."""
    visitor_lease_s: int = 30
    attendant_lease_s: int = 20
    ring_line_lost_s: int = 20
    """A visitor whose line is lost while called: so long until the clerk is freed, no try spent."""
    passed_s: int = 900
    lost_back_s: int = 1800
    """So long after it was lost for being away, a place is taken up again by coming back, once."""
    no_show_back_s: int = 900
    """So long after the last ring nobody entered, "Voltei" gives the place back, once."""
    interrupted_s: int = 300
    """How long a clerk waits for a visitor who is gone from the call."""
    attendant_back_s: int = 60
    """How long a visitor waits for a clerk who is gone from the call."""
    hold_s: int = 900
    fetch_s: int = 1800
    """How long somebody who was sent back to fetch something is not nominated."""
    wrap_up_s: int = 30
    wrap_up_max_s: int = 300
    overtime_s: int = 1800
    max_waiting: int = 200
    unattended_alarm_s: int = 180
    order: Order = Order.STRICT
    ratio_k: int = 2
    head_start_min: int = 15
    dedicated: tuple[AttendantId, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A secretariat with its own counter. `letters` begin its ticket numbers (`CV1`)."""

    id: UnitId
    name: str
    comarca: str
    letters: str
    phone: str
    email: str
    hours: Hours
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True, slots=True)
class Court:
    """One court, the shard. `colour` replaces the token `act` (contrast ≥ 4.5:1, else refused at import)."""

    id: CourtId
    name: str
    crest: str | None
    """Path of an image below the data folder, or None."""
    colour: str | None
    ombudsman: str | None
    """An https link."""
    hosts: tuple[str, ...] = ()
    """Host names that choose this court; empty: the default one."""
