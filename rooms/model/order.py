"""Who is next: the legal order as one key, and the rules of a unit; the reference that the scripts are tested against.

The key is (tier, band, sequence at arrival); it never changes with presence. The store keeps it as a sorted set's
score, one exact number. (A score by milliseconds would let two arrivals tie, and ties sort by random id.)

Under the strict order the key alone says who is next. The other three weigh the first with priority (tiers 0 to 2)
against the first of everybody else (tier 3); inside each of the two, the key decides always.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Final, NamedTuple

from rooms.ids import AttendantId, Millis, TicketId, UnitId
from rooms.model.attendant import Status
from rooms.model.snapshot import UnitState, Waiting
from rooms.model.ticket import Tier
from rooms.model.unit import Order, Policy

FIRST_OF_TIER: Final = 0
"""The band of a person whose call was interrupted, cancelled, or lost its clerk."""
USUAL: Final = 1
"""Everybody else's band."""
BANDS: Final = 2
SEQUENCES: Final = 2**40
"""More than a court gives out in a million years; 4 tiers × 2 bands × 2^40 stays below a double's 2^53."""


_TIERS: Final = tuple(Tier)


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


def tier_of(score: int) -> Tier:
    """The tier that `score_of` put into `score`."""
    return _TIERS[score // (BANDS * SEQUENCES)]


def ahead_of(score: int, line: Iterable[Waiting]) -> int:
    """How many people stand before this key: the away are skipped and not counted."""
    return sum(1 for waiting in line if waiting.present and waiting.score < score)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a unit's order goes by, beside its line."""

    order: Order = Order.STRICT
    ratio_k: int = 2
    head_start_ms: int = 0
    run: int = 0
    """Calls with priority since the last of everybody else (ratio)."""
    dedicated: frozenset[AttendantId] = frozenset()
    """Those available of the unit's dedicated attendants; with none of them the order is strict."""
    others: int = 0
    """How many other attendants are available."""


STRICT: Final = Rule()


def rule_of(policy: Policy, state: UnitState) -> Rule:
    """The unit's rule, as its counter stands."""
    available = {desk.attendant for desk in state.attendants if desk.status is Status.AVAILABLE}
    dedicated = available.intersection(policy.dedicated)
    return Rule(
        order=policy.order,
        ratio_k=policy.ratio_k,
        head_start_ms=policy.head_start_min * 60_000,
        run=state.run,
        dedicated=frozenset(dedicated),
        others=len(available - dedicated),
    )


def order_of(line: Iterable[Waiting], rule: Rule = STRICT) -> list[Waiting]:
    """Those present, in the order in which they are called if nobody else comes.

    With dedicated attendants it depends on who is free first; here they call in turn, the others before the dedicated.
    """
    here = sorted((waiting for waiting in line if waiting.present), key=_score)
    first = [waiting for waiting in here if waiting.tier < Tier.EVERYONE]
    last = here[len(first) :]
    match rule.order:
        case Order.RATIO:
            return _by_ratio(first, last, rule)
        case Order.HEAD_START:
            return _by_head_start(first, last, rule)
        case Order.DEDICATED if rule.dedicated and rule.others:
            return _in_turn(here, rule)
    return here


def ahead_for(one: Waiting, line: Iterable[Waiting], rule: Rule = STRICT) -> int:
    """How many are called before this person, were they present; `one` need not be in the line."""
    others = [waiting for waiting in line if waiting.ticket != one.ticket]
    if rule.order is Order.STRICT:
        return ahead_of(one.score, others)
    return order_of([*others, replace(one, present=True)], rule).index(replace(one, present=True))


def room_before(one: Waiting, line: Iterable[Waiting], rule: Rule) -> int | None:
    """How many who are yet to come may at most be called before somebody without priority; None: as many as come.

    Only a ratio bounds it: `ratio_k` of them before each of everybody else, less those who are already there.
    """
    if rule.order is not Order.RATIO or one.tier is not Tier.EVERYONE:
        return None
    order = order_of([*(waiting for waiting in line if waiting.ticket != one.ticket), replace(one, present=True)], rule)
    ahead = order[: order.index(replace(one, present=True))]
    mine = sum(waiting.tier is Tier.EVERYONE for waiting in ahead)
    return max(0, rule.ratio_k * (mine + 1) - rule.run - (len(ahead) - mine))


def newcomer(tier: Tier, now_ms: Millis) -> Waiting:
    """Somebody who joins now: behind everybody of their own tier, whatever sequence they get."""
    return Waiting(TicketId(""), "", tier, score_of(Key(tier, USUAL, SEQUENCES - 1)), now_ms, present=True)


def candidate(line: Iterable[Waiting], rule: Rule = STRICT, attendant: AttendantId | None = None) -> Waiting | None:
    """Whom one unit nominates for this attendant: of those present."""
    return next(iter(_calls_in(line, rule, attendant)), None)


def next_of(
    lines: Mapping[UnitId, Sequence[Waiting]],
    rules: Mapping[UnitId, Rule] | None = None,
    attendant: AttendantId | None = None,
) -> tuple[UnitId, TicketId] | None:
    """The lawfully next person of an attendant of these units: of the units' candidates the best by tier, then by key.

    The score says both, because the tier leads it and sequences are the court's. A unit without a rule is strict.
    """
    rules = rules or {}
    nominated = [
        (first.score, unit, first.ticket)
        for unit, line in lines.items()
        if (first := candidate(line, rules.get(unit, STRICT), attendant)) is not None
    ]
    if not nominated:
        return None
    _, unit, ticket = min(nominated)
    return unit, ticket


def calls_of(
    lines: Mapping[UnitId, Sequence[Waiting]], rules: Mapping[UnitId, Rule], attendant: AttendantId
) -> list[tuple[UnitId, Waiting]]:
    """All those present, as this attendant would call them one after the other, were they alone."""
    queues = {unit: deque(_calls_in(line, rules.get(unit, STRICT), attendant)) for unit, line in lines.items()}
    calls: list[tuple[UnitId, Waiting]] = []
    while heads := [(queue[0].score, unit) for unit, queue in queues.items() if queue]:
        _, unit = min(heads)
        calls.append((unit, queues[unit].popleft()))
    return calls


def run_after_call(run: int, tier: Tier) -> int:
    """The ratio's count once somebody of this tier has been called."""
    return 0 if tier is Tier.EVERYONE else run + 1


def run_after_return(run: int, tier: Tier, ratio_k: int) -> int:
    """The ratio's count once they are back in line without having had their turn: it is given back.

    Whoever misses a ring on a live page has had it.
    """
    return max(run, ratio_k) if tier is Tier.EVERYONE else max(0, run - 1)


def _calls_in(line: Iterable[Waiting], rule: Rule, attendant: AttendantId | None) -> list[Waiting]:
    """Those present in one unit, as this attendant would call them."""
    if rule.order is not Order.DEDICATED:
        return order_of(line, rule)
    by_arrival = rule.dedicated and attendant not in rule.dedicated
    return sorted((waiting for waiting in line if waiting.present), key=_arrival if by_arrival else _score)


def _by_ratio(first: list[Waiting], last: list[Waiting], rule: Rule) -> list[Waiting]:
    order, run, at = [], rule.run, 0
    for waiting in last:
        ahead = first[at : at + max(0, rule.ratio_k - run)]
        order += [*ahead, waiting]
        at, run = at + len(ahead), 0
    return order + first[at:]


def _by_head_start(first: list[Waiting], last: list[Waiting], rule: Rule) -> list[Waiting]:
    """Everybody else must have come so much earlier than *each* one with priority.

    Compared with the first alone, somebody of 80 who came late would let those who came before them be overtaken.
    """
    order: list[Waiting] = []
    at = 0
    for place, waiting in enumerate(first):
        earliest = min(other.joined_ms for other in first[place:])
        while at < len(last) and last[at].joined_ms + rule.head_start_ms < earliest:
            order.append(last[at])
            at += 1
        order.append(waiting)
    return order + last[at:]


def _in_turn(here: list[Waiting], rule: Rule) -> list[Waiting]:
    by_key, by_arrival = list(here), sorted(here, key=_arrival)
    order: list[Waiting] = []
    for mine, theirs in cycle([(by_arrival, by_key)] * rule.others + [(by_key, by_arrival)] * len(rule.dedicated)):
        if not mine:
            return order
        called = mine.pop(0)
        theirs.remove(called)
        order.append(called)
    return order


def _score(waiting: Waiting) -> int:
    return waiting.score


def _arrival(waiting: Waiting) -> tuple[int, int]:
    """As if there were one tier: those who were interrupted, then by arrival."""
    key = key_of(waiting.score)
    return key.band, key.seq
