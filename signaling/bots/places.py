"""The places of an echo and the line in front of them: first come, first served, whoever stays away is forgotten."""

from collections import Counter
from typing import Final

FORGOTTEN_S: Final = 6.0
"""Somebody who waits asks again every two seconds; one who has not for so long has gone."""


class Places:
    """So many at once, of which one network has no more than half, so that nobody alone takes all of them for good.

    Told the time by whoever asks, in seconds of any clock that only goes forward.
    """

    def __init__(self, places: int) -> None:
        self._places: Final = places
        self._a_network: Final = max(1, places // 2)
        self._taken: Final[dict[str, str]] = {}
        """Who is there, and from which network."""
        self._line: Final[dict[str, tuple[str, float]]] = {}
        """Who waits, from where and when they asked last, in the order of their coming."""

    @property
    def taken(self) -> int:
        """How many are there."""
        return len(self._taken)

    def come(self, who: str, network: str, now_s: float) -> int | None:
        """None: there is a place, and it is theirs until `go`. Else how many wait before them.

        An empty network is not limited.
        """
        if who in self._taken:
            return None
        self._line[who] = network, now_s
        for gone in [each for each, (_, asked_s) in self._line.items() if now_s - asked_s > FORGOTTEN_S]:
            del self._line[gone]
        free, of = self._places - self.taken, Counter(self._taken.values())
        for ahead, (each, (theirs, _)) in enumerate(self._line.items()):
            has_room = free > 0 and (not theirs or of[theirs] < self._a_network)
            if each == who:
                if not has_room:
                    return ahead
                break
            if has_room:  # kept for whoever was before
                free -= 1
                of[theirs] += 1
        del self._line[who]
        self._taken[who] = network
        return None

    def go(self, who: str) -> None:
        """Their place is free."""
        self._taken.pop(who, None)
