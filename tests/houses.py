"""A small site for tests: two units, two people, a history that has seen nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time

from rooms.errors import Code, ForbiddenError, UnavailableError
from rooms.ids import AttendantId, CourtId, EntryId, UnitId
from rooms.model.attendant import Staff
from rooms.model.estimate import Pace
from rooms.model.events import Event
from rooms.model.hours import Hours, Window
from rooms.model.unit import Court, Policy, Unit
from rooms.model.visit import Visit
from tests.scene import CIVEL, FAMILIA, LETTERS, NAMES


class EnoughError(Exception):
    """The house has gone round as often as a test wants; raised by its `pause`."""


ALWAYS = Hours("UTC", ((Window(time(0), None),),) * 7)
NEVER = Hours("UTC", ((),) * 7)
OFFICE = Hours("UTC", ((Window(time(9), time(12)), Window(time(13, 30), time(18))),) * 5 + ((), ()))
"""Monday to Friday, with a midday pause."""


def unit_of(unit: UnitId, hours: Hours = ALWAYS, policy: Policy | None = None) -> Unit:
    return Unit(unit, NAMES[unit], "Cuiabá", LETTERS[unit], "(65) 3617-0000", "a@b.example", hours, policy or Policy())


def staff_of(login: str, *units: UnitId, attends: bool = True) -> Staff:
    return Staff(AttendantId(login), login.title(), "analista", units, attends=attends, supervises=not attends)


@dataclass
class FixedDirectory:
    """The directory that a test writes down; change a field and it has changed."""

    court: CourtId
    all_units: list[Unit] = field(default_factory=lambda: [unit_of(CIVEL), unit_of(FAMILIA)])
    all_staff: list[Staff] = field(
        default_factory=lambda: [staff_of("ana", CIVEL, FAMILIA), staff_of("sofia", attends=False)]
    )
    hosts: tuple[str, ...] = ()
    gone: bool = False

    async def courts(self) -> Sequence[Court]:
        return [] if self.gone else [Court(self.court, "Tribunal", None, None, None, self.hosts)]

    async def units(self, court: CourtId) -> Sequence[Unit]:
        return self.all_units

    async def staff(self, court: CourtId) -> Sequence[Staff]:
        return self.all_staff

    async def verify(self, court: CourtId, login: str, password: str) -> Staff:
        raise ForbiddenError(Code.SIGN_IN_WRONG)


@dataclass
class FixedHistory:
    """A history that knows one pace and counts how often it is asked."""

    known_pace: Pace | None = None
    asked: int = 0
    away: bool = False

    async def cursor(self, court: CourtId) -> tuple[EntryId, int]:
        return EntryId("0-0"), 0

    async def record(self, court: CourtId, events: Sequence[Event], fence: int) -> None:
        raise AssertionError("nothing is recorded here")

    async def pace(self, court: CourtId, unit: UnitId) -> Pace | None:
        self.asked += 1
        if self.away:
            raise UnavailableError(Code.STORE_AWAY)
        return self.known_pace

    async def receipt(self, court: CourtId, code: str) -> Visit | None:
        return None
