"""Who comes to a simulated counter, and when: pure, the same crowd for the same seed."""

import math
import random
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, TypeVar

from rooms.model.call import Outcome
from rooms.model.ticket import Media, Role, TicketState, Tier
from signaling.bots.visitor import Habits

FIRST: Final = (
    "Maria", "José", "Antônia", "João", "Francisca", "Carlos", "Adriana", "Paulo", "Juliana", "Pedro",
    "Márcia", "Lucas", "Fernanda", "Luiz", "Patrícia", "Marcos", "Aline", "Rafael", "Sandra", "Daniel",
)  # fmt: skip
LAST: Final = (
    "da Silva", "dos Santos", "Oliveira", "Souza", "Rodrigues", "Ferreira", "Alves", "Pereira", "Lima", "Gomes",
    "Ribeiro", "Carvalho", "Almeida", "Lopes", "Soares", "Vieira", "Barbosa", "Rocha", "Dias", "Nunes",
)  # fmt: skip
DAY: Final = (3, 6, 8, 7, 5, 2, 3, 6, 7, 5, 3, 1)
"""How a day's arrivals are spread: a rush after the opening, a lull at lunch, another rush."""
TIERS: Final = {Tier.EIGHTY: 4, Tier.PRIORITY: 16, Tier.DONOR: 2, Tier.EVERYONE: 78}
OUTCOMES: Final = {
    Outcome.INFORMED: 62,
    Outcome.FORWARDED: 14,
    Outcome.RETURN_BOOKED: 10,
    Outcome.OTHER_UNIT: 8,
    Outcome.UNRESOLVED: 6,
}
MEDIA: Final = {Media.VIDEO: 82, Media.AUDIO: 13, Media.TEXT: 5}
LAWYERS: Final = 0.35
LEAVES_THE_ROOM: Final = 0.05
"""Does not hear the first ring."""
NEVER_ANSWERS: Final = 0.03
LOSES_THE_PAGE: Final = 0.08
"""The page dies in mid-call and is loaded again."""
IN_A_HURRY: Final = 0.06
"""Gives up where it is not their turn soon."""
HURRY_S: Final = 30.0
LEAST_PATIENCE_S: Final = 90.0
NEVER: Final = 1_000
FULL_PACE_S: Final = 60.0
"""In a shorter day people are quicker in proportion: to answer, to lose the page, and patience."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who comes."""

    at_s: float
    unit: str
    habits: Habits


def arrivals(seed: int, visitors: int, duration_s: float, units: Sequence[str]) -> list[Arrival]:
    """A day of `visitors`, pressed into `duration_s`, in the order in which they come."""
    dice = random.Random(seed)  # noqa: S311  # a crowd is no secret
    slot_s = duration_s / len(DAY)
    slots = dice.choices(range(len(DAY)), DAY, k=visitors)
    times = sorted((slot + dice.random()) * slot_s for slot in slots)
    return [Arrival(at_s, dice.choice(units), somebody(dice, number, duration_s)) for number, at_s in enumerate(times)]


def somebody(dice: random.Random, number: int, duration_s: float) -> Habits:
    """One person of such a day."""
    pace = min(1.0, duration_s / FULL_PACE_S)
    lawyer = dice.random() < LAWYERS
    chance = dice.random()
    rings = NEVER if chance < NEVER_ANSWERS else 1 if chance < NEVER_ANSWERS + LEAVES_THE_ROOM else 0
    patience_s = max(LEAST_PATIENCE_S, duration_s * 0.6 * math.exp(dice.gauss(0, 0.7)))
    if dice.random() < IN_A_HURRY:
        patience_s = pace * HURRY_S
    return Habits(
        name=f"{dice.choice(FIRST)} {dice.choice(LAST)}",
        role=Role.LAWYER if lawyer else Role.PARTY,
        oab=f"MT {dice.randrange(1_000, 30_000)}" if lawyer else None,
        tier=_one(dice, TIERS),
        media=_one(dice, MEDIA),
        patience_s=patience_s,
        answers_in_s=pace * min(20.0, 1 + dice.expovariate(0.5)),
        ignores_rings=rings,
        drops_in_s=pace * (2 + 6 * dice.random()) if dice.random() < LOSES_THE_PAGE else None,
        returns_in_s=pace * (1 + 4 * dice.random()),
        colour=number,
    )


def foreseen(habits: Habits) -> AbstractSet[str]:
    """How a visit of somebody like this ends, where the counter loses nobody."""
    return {TicketState.LEFT, TicketState.NO_SHOW if habits.ignores_rings == NEVER else TicketState.SERVED}


def outcome(dice: random.Random) -> Outcome:
    """What a visit came to."""
    return _one(dice, OUTCOMES)


def talk_s(dice: random.Random, mean_s: float) -> float:
    """How long one conversation lasts: most are short, a few are long (log-normal, as calls of counters are)."""
    spread = 0.6
    return max(2.0, mean_s * math.exp(dice.gauss(-spread * spread / 2, spread)))


def _one(dice: random.Random, weights: Mapping[T, int]) -> T:
    return dice.choices(list(weights), list(weights.values()))[0]
