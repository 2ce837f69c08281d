"""What heals by itself: contradictions in the live state are found, put right, told with their cause, and counted."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, TypeVar

from rooms.ids import CourtId
from rooms.ports import Mended, Round, Store
from rooms.services.house import House
from rooms.services.rounds import look_after

EVERY_S: Final = 15.0
UNITS_AT_ONCE: Final = 5
DESKS_AT_ONCE: Final = 50

T = TypeVar("T")


class Reconciler:
    """One round through each court every fifteen seconds, on whichever node comes first.

    Nothing that it mends can come of the scripts: each count is somebody's bug, or a hand in the store.
    """

    def __init__(
        self,
        store: Store,
        house: House,
        *,
        pause: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
        tell: Callable[[CourtId, Mended], None],
    ) -> None:
        """`pause` sleeps, `jitter` answers 0..1, `tell` is told of each thing mended here."""
        self.mended: Final[Counter[tuple[CourtId, str]]] = Counter()
        """How often each court had each cause, since this node started."""
        self._store = store
        self._house = house
        self._pause = pause
        self._jitter = jitter
        self._tell = tell

    async def run(self) -> None:
        """Go round for ever; the owner cancels it. A store that is away is waited for."""
        await self._rest()
        await look_after(self._house, self.reconcile, self._rest)

    async def reconcile(self, court: CourtId) -> int:
        """Put right whatever contradicts itself, unless a round has just begun elsewhere; answers how much it was."""
        units = _batches([unit.id for unit in self._house.units(court)], UNITS_AT_ONCE)
        desks = _batches([person.id for person in self._house.everybody(court)], DESKS_AT_ONCE)
        at, found = Round(), 0
        for some_units, some_desks in zip_longest(units, desks, fillvalue=()):
            if (done := await self._store.reconcile(court, at, some_units, some_desks)) is None:
                return found
            at, mended = done
            found += self._count(court, mended)
        while at != Round("", ""):
            if (done := await self._store.reconcile(court, at, (), ())) is None:
                return found
            at, mended = done
            found += self._count(court, mended)
        return found

    async def _rest(self) -> None:
        await self._pause(EVERY_S * (0.7 + 0.6 * self._jitter()))

    def _count(self, court: CourtId, mended: Sequence[Mended]) -> int:
        for each in mended:
            self.mended[court, each.cause] += 1
            self._tell(court, each)
        return len(mended)


def _batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
