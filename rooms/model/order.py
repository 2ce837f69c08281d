"""Who is next: the legal order as one key, the reference that the scripts are tested against.

The key is (tier, band, sequence at arrival); it never changes with presence. The store keeps it as a sorted set's
score, one exact number. (A score by milliseconds would let two arrivals tie, and ties sort by random id.)
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from rooms.ids import TicketId, UnitId
from rooms.model.snapshot import Waiting
from rooms.model.ticket import Tier

FIRST_OF_TIER: Final = 0
"""The band of a person whose call was interrupted, cancelled, or lost its clerk."""
USUAL: Final = 1
"""Everybody else's band."""
BANDS: Final = 2
SEQUENCES: Final = 2**40
"""More than a court gives out in a million years; 4 tiers × 2 bands × 2^40 stays below a double's 2^53."""


class Key(NamedTuple):
    """The order key; smaller is earlier, compared as a tuple."""

    tier: Tier
    band: int
    seq: int


def score_of(key: Key) -> int:
    """`(tier × 2 + band) × 2^40 + seq`: sorts as the key does and is exact in a double.

    Raises:
        ValueError: the band or the sequence is out of range.

    """
    if not 0 <= key.band < BANDS or not 0 <= key.seq < SEQUENCES:
        message = f"no such key: band {key.band}, sequence {key.seq}"
        raise ValueError(message)
    return (key.tier * BANDS + key.band) * SEQUENCES + key.seq


def key_of(score: int) -> Key:
    """The key that `score_of` made into `score`."""
    rank, seq = divmod(score, SEQUENCES)
    tier, band = divmod(rank, BANDS)
    return Key(Tier(tier), band, seq)


def ahead_of(score: int, line: Iterable[Waiting]) -> int:
    """How many people stand before this key: the away are skipped and not counted."""
    return sum(1 for waiting in line if waiting.present and waiting.score < score)


def candidate(line: Iterable[Waiting]) -> Waiting | None:
    """Whom one unit nominates under the strict order: the first of those present."""
    return min((waiting for waiting in line if waiting.present), key=lambda waiting: waiting.score, default=None)


def next_of(lines: Mapping[UnitId, Sequence[Waiting]]) -> tuple[UnitId, TicketId] | None:
    """The lawfully next person of an attendant of these units: of the units' candidates the best by tier, then by key.

    The score says both, because the tier leads it and sequences are the court's.
    """
    nominated = [
        (first.score, unit, first.ticket) for unit, line in lines.items() if (first := candidate(line)) is not None
    ]
    if not nominated:
        return None
    _, unit, ticket = min(nominated)
    return unit, ticket
