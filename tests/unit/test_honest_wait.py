"""What is told is what happens, under every rule: a counter's days, simulated with the model's own order and estimate.

Two attendants with 90 % of their time asked for, one person in five with priority (`FIELD.md` §2, §6), 48 days.
"""

import heapq
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random
from statistics import fmean

import pytest

from rooms.ids import AttendantId, Millis, TicketId
from rooms.model.estimate import Estimate, Overtaken, Pace, Staffing, estimate, expected_wait_min
from rooms.model.order import USUAL, Key, Rule, ahead_for, candidate, room_before, run_after_call, score_of
from rooms.model.snapshot import Waiting
from rooms.model.ticket import Tier
from rooms.model.unit import Order

ANA, BRUNO = AttendantId("ana"), AttendantId("bruno")
SERVICE_MIN, LOAD, PRIORITY_SHARE = 6.0, 0.9, 0.2
ARRIVALS_PER_MIN = LOAD * 2 / SERVICE_MIN
PACE = Pace(
    services=200,
    mean_s=SERVICE_MIN * 60,
    arrivals_per_min=(0.0, ARRIVALS_PER_MIN * PRIORITY_SHARE, 0.0, ARRIVALS_PER_MIN * (1 - PRIORITY_SHARE)),
)
STAFFING = Staffing(2)
DAYS, DAY_MIN = 48, 480.0


@dataclass
class Told:
    """One person: what was said at joining, and how long it was."""

    tier: Tier
    expected_min: float
    said: Estimate
    waited_min: float = 0.0


@dataclass
class Day:
    """One day at the counter; people come by chance, and are served for as long as chance has it."""

    rule: Rule
    chance: Random
    line: list[Waiting] = field(default_factory=list)
    free: set[AttendantId] = field(default_factory=lambda: {ANA, BRUNO})
    told: dict[TicketId, Told] = field(default_factory=dict)
    _came: int = 0
    _moments: list[tuple[float, int, AttendantId | None]] = field(default_factory=list)

    def run(self) -> list[Told]:
        self._at(self.chance.expovariate(ARRIVALS_PER_MIN), None)
        while self._moments:
            now, _, attendant = heapq.heappop(self._moments)
            if attendant is not None:
                self.free.add(attendant)
            elif now < DAY_MIN:
                self._joins(now)
                self._at(now + self.chance.expovariate(ARRIVALS_PER_MIN), None)
            while self.free and self.line:
                self._calls(now, self.chance.choice(sorted(self.free)))
        return list(self.told.values())

    def _joins(self, now: float) -> None:
        tier = Tier.PRIORITY if self.chance.random() < PRIORITY_SHARE else Tier.EVERYONE
        self._came += 1
        score = score_of(Key(tier, USUAL, self._came))
        one = Waiting(TicketId(str(self._came)), "", tier, score, Millis(int(now * 60_000)), present=True)
        ahead = ahead_for(one, self.line, self.rule)
        overtaken = Overtaken(self.rule, room_before(one, self.line, self.rule))
        said = estimate(ahead, tier, PACE, STAFFING, overtaken)
        assert said is not None
        self.line.append(one)
        if not self.free:  # else they are called at once, and there was nothing to wait for
            self.told[one.ticket] = Told(tier, expected_wait_min(ahead, PACE, STAFFING, tier, overtaken), said)

    def _calls(self, now: float, attendant: AttendantId) -> None:
        called = candidate(self.line, self.rule, attendant)
        assert called is not None
        self.line.remove(called)
        self.free.remove(attendant)
        self.rule = replace(self.rule, run=run_after_call(self.rule.run, called.tier))
        if called.ticket in self.told:
            self.told[called.ticket].waited_min = now - called.joined_ms / 60_000
        self._at(now + self.chance.expovariate(1 / SERVICE_MIN), attendant)

    def _at(self, moment: float, attendant: AttendantId | None) -> None:
        heapq.heappush(self._moments, (moment, self.chance.getrandbits(64), attendant))


RULES = {
    "strict": Rule(),
    "one to one": Rule(Order.RATIO, ratio_k=1),
    "two to one": Rule(Order.RATIO, ratio_k=2),
    "head start": Rule(Order.HEAD_START, head_start_ms=15 * 60_000),
    "dedicated": Rule(Order.DEDICATED, dedicated=frozenset({ANA}), others=1),
}


@cache
def people_of(name: str) -> list[Told]:
    """Everybody who waited on those days; chance is seeded, so they are always the same."""
    return [told for seed in range(DAYS) for told in Day(RULES[name], Random(seed)).run()]  # noqa: S311 - no secret


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("tier", [Tier.PRIORITY, Tier.EVERYONE])
def test_the_mean_of_what_is_told_is_the_mean_of_what_happens(name: str, tier: Tier):
    """Within a tenth; and the upper edge holds for six in seven."""
    people = [told for told in people_of(name) if told.tier is tier]
    assert len(people) > 1_000
    expected = fmean(told.expected_min for told in people)
    assert expected == pytest.approx(fmean(told.waited_min for told in people), rel=0.1)
    assert fmean(told.waited_min <= told.said.high_min for told in people) > 6 / 7
