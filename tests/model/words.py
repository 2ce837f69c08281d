"""The words of commands: mostly those that fit the moment, now and then others."""

from itertools import count
from random import Random
from typing import Any

from rooms.ids import CallId, GaugeId, RequestId, TicketId
from rooms.model.quality import Measure, Path
from rooms.ports import Request
from tests.model.both import Clerk, Person

NO_CALL = CallId("no-call")
NO_TICKET = TicketId("no-ticket")
SLIPS = 0.1


class Words:
    """Chooses the words of a command."""

    def __init__(self) -> None:
        self.chance: Random
        self._ids = count(1)

    def of(self, *choices: Any) -> Any:
        return self.chance.choice(choices)

    def slip(self, right: Any, *wrong: Any) -> Any:
        """Nine times of ten the right word."""
        return self.of(*wrong) if wrong and self.chance.random() < SLIPS else right

    def new(self, kind: str) -> str:
        return f"{kind}-{next(self._ids)}"

    def request(self, who: Person | Clerk) -> Request:
        return Request(who.principal, RequestId(self.new("request")), "as asked")


def any_call(story: Any, right: CallId | None) -> CallId:
    """The right call, or some other one."""
    others = sorted(story.both.model.talks)
    return story.words.slip(right or (others[-1] if others else NO_CALL), NO_CALL, *others)


def a_measure(words: Words) -> Measure:
    """How a call went for somebody."""
    return Measure(
        gauge=words.of(GaugeId("first"), GaugeId("second")),
        path=words.of(*Path),
        round_trip_ms=words.of(None, 40),
        worst_round_trip_ms=words.of(None, 900),
        lost_percent=words.of(None, 0, 3),
        worst_lost_percent=12,
        spells=words.of(0, 2, 7),
        restarts=words.of(0, 2),
        ice_ms=words.of(None, 30),
        connected_ms=80,
        sound_ms=words.of(None, 200),
        picture_ms=None,
    )
