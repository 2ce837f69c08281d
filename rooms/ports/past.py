"""The past and the people, in SQL."""

from collections.abc import Sequence
from typing import Protocol

from rooms.ids import CourtId, EntryId, UnitId
from rooms.model.attendant import Staff
from rooms.model.estimate import Pace
from rooms.model.events import Event
from rooms.model.unit import Court, Unit
from rooms.model.visit import Visit


class Directory(Protocol):
    """Courts, units, staff: SQL, read at start and when it changed."""

    async def courts(self) -> Sequence[Court]:
        """Every court of the site."""
        ...

    async def units(self, court: CourtId) -> Sequence[Unit]:
        """In the order of the import file."""
        ...

    async def staff(self, court: CourtId) -> Sequence[Staff]:
        """Everybody who may sign in."""
        ...

    async def verify(self, court: CourtId, login: str, password: str) -> Staff:
        """SIGN_IN_WRONG for an unknown name and for a wrong password, in the same time."""
        ...


class History(Protocol):
    """The past, projected from `events`."""

    async def cursor(self, court: CourtId) -> tuple[EntryId, int]:
        """Id and counter of the last event recorded (`0-0`, 0)."""
        ...

    async def record(self, court: CourtId, events: Sequence[Event], fence: int) -> None:
        """Rows and cursor in one transaction; events already recorded are skipped. STALE_FENCE for an older one."""
        ...

    async def pace(self, court: CourtId, unit: UnitId) -> Pace | None:
        """The unit's pace for the estimate; None with fewer than five services known."""
        ...

    async def receipt(self, court: CourtId, code: str) -> Visit | None:
        """The visit that a receipt proves; None where no such code was given out."""
        ...
