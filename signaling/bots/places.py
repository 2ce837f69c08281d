"""The places of an echo and the line in front of them: first come, first served, whoever stays away is forgotten."""

from typing import Final

FORGOTTEN_S: Final = 6.0
"""Somebody who waits asks again every two seconds; one who has not for so long has gone."""


class Places:
    """So many at once. Told the time by whoever asks, in seconds of any clock that only goes forward."""

    def __init__(self, places: int) -> None:
        self._places: Final = places
        self._taken: Final[set[str]] = set()
        self._line: Final[dict[str, float]] = {}
        """Who waits and when they asked last, in the order of their coming."""

    @property
    def taken(self) -> int:
        """How many are there."""
        return len(self._taken)

    def come(self, who: str, now_s: float) -> int | None:
        """None: there is a place, and it is theirs until `go`. Else how many wait before them."""
        if who in self._taken:
            return None
        self._line[who] = now_s
        for gone in [each for each, asked_s in self._line.items() if now_s - asked_s > FORGOTTEN_S]:
            del self._line[gone]
        ahead = list(self._line).index(who)
        if ahead < self._places - len(self._taken):
            del self._line[who]
            self._taken.add(who)
            return None
        return ahead

    def go(self, who: str) -> None:
        """Their place is free."""
        self._taken.discard(who)
