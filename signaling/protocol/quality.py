"""How well somebody is heard and seen, as pages tell it: bounded numbers and codes, no addresses."""

from typing import Annotated, Literal

from pydantic import Field

from rooms.model.quality import Path
from signaling.protocol.base import Id, Ms, Wire

RoundTrip = Annotated[int, Field(ge=0, le=60_000)]
"""Milliseconds there and back."""
Percent = Annotated[int, Field(ge=0, le=100)]
Stage = Annotated[int, Field(ge=0, le=600_000)]
"""How long a stage of the beginning took, ms."""


class Found(Wire):
    """What a check of devices and internet found; None where it could not be measured."""

    camera: bool
    microphone: bool
    path: Path
    round_trip_ms: RoundTrip | None
    lost_percent: Percent | None
    kbit_per_s: Annotated[int, Field(ge=0, le=100_000)] | None
    udp: bool | None = None
    """Whether UDP passes, on whatever way."""
    relay: bool | None = None
    """Whether the site's relay (TURN) was reached; None too where the site has none."""


class Checked(Wire):
    """The check is done, `ago_s` before this is said: for whoever serves this browser's ticket."""

    type: Literal["checked"] = "checked"
    ago_s: Annotated[int, Field(ge=0, le=86_400)]
    found: Found


class CheckView(Wire):
    """The last check on the device that holds the ticket."""

    at_ms: Ms
    found: Found


class Measure(Wire):
    """How a call has gone so far on the leg between the two at the counter; None: not measured, or not reached yet."""

    gauge: Id = "page"
    """Of the page's own making, another after a reload. (A page of an earlier release says none.)"""
    path: Path
    round_trip_ms: RoundTrip | None
    """The median of one a spell."""
    worst_round_trip_ms: RoundTrip | None
    lost_percent: Percent | None
    """Of what the other side sent: the median, as for the round trip."""
    worst_lost_percent: Percent | None
    spells: Annotated[int, Field(ge=0, le=100_000)] = 0
    """So many spells of five seconds in which something came: what the medians are of."""
    restarts: Annotated[int, Field(ge=0, le=1_000)]
    """How often the way to the other side was found anew."""
    ice_ms: Stage | None
    """From the leg's beginning to a way found."""
    connected_ms: Stage | None
    """From the leg's beginning to a way secured."""
    sound_ms: Stage | None
    """From "Entrar" to the first of the other side's sound."""
    picture_ms: Stage | None
    """From "Entrar" to the first of the other side's picture."""


class Measured(Wire):
    """How the call has gone so far on this page, the whole of it: said every quarter of a minute, and when it is over.

    Heard until 15 s after the end, whoever ended it; then all that the pages of this side have found is told as one.
    """

    type: Literal["measured"] = "measured"
    call: Id
    measure: Measure
