"""What this node knows of its courts by heart: names, units, people, policies, and each unit's pace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rooms.clock import at_utc
from rooms.errors import Code, NotFoundError, UnavailableError
from rooms.ids import AttendantId, CourtId, Millis, UnitId
from rooms.model.attendant import Staff
from rooms.model.estimate import Pace
from rooms.model.events import Event, EventKind
from rooms.model.hours import local_day
from rooms.model.unit import Court, Unit
from rooms.ports import Directory, History


@dataclass(frozen=True, slots=True)
class _Known:
    """One court as last read."""

    court: Court
    units: Mapping[UnitId, Unit]
    staff: Mapping[AttendantId, Staff]


class House:
    """Every court of this site, read from the directory at `open()` and again whenever it changed.

    `heed()` keeps it true: give it every event of the courts' streams, and say `renew_paces()` now and then. Everything
    but these, `open`, `load` and the first `pace` of a unit answers from memory.
    """

    def __init__(self, directory: Directory, history: History) -> None:
        self._directory = directory
        self._history = history
        self._known: dict[CourtId, _Known] = {}
        self._pace: dict[tuple[CourtId, UnitId], Pace | None] = {}
        self._outdated: set[tuple[CourtId, UnitId]] = set()

    async def open(self) -> None:
        """Every court is known."""
        for court in await self._directory.courts():
            await self._learn(court)

    async def load(self, court: CourtId) -> None:
        """The court is known as the directory has it now; one that is gone from the directory is forgotten."""
        self._known.pop(court, None) if (found := await self._find(court)) is None else await self._learn(found)

    async def heed(self, court: CourtId, event: Event) -> None:
        """One event of the court's stream is noticed: a changed directory is read again, a served unit's pace is old.

        The recorder may lag behind the event, so a pace can be one service old; the next service mends it.
        """
        if event.kind is EventKind.DIRECTORY_CHANGED:
            await self.load(court)
        elif event.kind is EventKind.CALL_FINISHED and event.unit is not None:
            self._outdated.add((court, event.unit))

    def courts(self) -> Sequence[Court]:
        """In the directory's order."""
        return [known.court for known in self._known.values()]

    def has(self, court: CourtId) -> bool:
        """Whether the directory has the court."""
        return court in self._known

    def court(self, court: CourtId) -> Court:
        """The court of that id.

        Raises:
            KeyError: there is none; ids of courts come from `courts()` and `court_of()` only.

        """
        return self._known[court].court

    def court_of(self, host: str) -> Court | None:
        """The court that a request's host (with or without port) chooses, else the first; None on an empty site."""
        name = host.rsplit(":", 1)[0].lower() if not host.endswith("]") else host.lower()
        courts = self.courts()
        return next((court for court in courts if name in court.hosts), courts[0] if courts else None)

    def units(self, court: CourtId) -> Sequence[Unit]:
        """In the directory's order."""
        return list(self._known[court].units.values())

    def unit(self, court: CourtId, unit: UnitId) -> Unit:
        """The unit of that slug.

        Raises:
            NotFoundError: UNIT_UNKNOWN.

        """
        found = self._known[court].units.get(unit)
        if found is None:
            raise NotFoundError(Code.UNIT_UNKNOWN)
        return found

    def everybody(self, court: CourtId) -> Sequence[Staff]:
        """All of the court's staff."""
        return list(self._known[court].staff.values())

    def staff(self, court: CourtId, attendant: AttendantId) -> Staff:
        """The member of staff of that sign-in name.

        Raises:
            NotFoundError: ATTENDANT_UNKNOWN.

        """
        found = self._known[court].staff.get(attendant)
        if found is None:
            raise NotFoundError(Code.ATTENDANT_UNKNOWN)
        return found

    def days(self, court: CourtId, units: Sequence[UnitId], now_ms: Millis) -> Mapping[UnitId, date]:
        """Each unit's own calendar day: what `Store.units` counts "today" by."""
        now = at_utc(now_ms)
        return {unit: local_day(self.unit(court, unit).hours, now) for unit in units}

    async def pace(self, court: CourtId, unit: UnitId) -> Pace | None:
        """How the unit has worked lately, as last asked; None while fewer than five services are known."""
        key = (court, unit)
        if key not in self._pace:
            try:
                self._pace[key] = await self._history.pace(court, unit)
            except UnavailableError:
                self._outdated.add(key)
                self._pace[key] = None
        return self._pace[key]

    async def renew_paces(self, court: CourtId) -> Sequence[UnitId]:
        """The paces of units that have served somebody since are asked again; answers those that have changed.

        Apart from whoever needs one: a line must not stand still for an estimate. While the past cannot be asked, what
        was known last.
        """
        changed: list[UnitId] = []
        for key in [key for key in self._outdated if key[0] == court]:
            self._outdated.discard(key)  # a service that finishes meanwhile outdates it again
            try:
                pace = await self._history.pace(*key)
            except UnavailableError:
                self._outdated.add(key)
                return changed
            if pace != self._pace.get(key):
                changed.append(key[1])
            self._pace[key] = pace
        return changed

    async def _find(self, court: CourtId) -> Court | None:
        return next((found for found in await self._directory.courts() if found.id == court), None)

    async def _learn(self, court: Court) -> None:
        units = await self._directory.units(court.id)
        staff = await self._directory.staff(court.id)
        self._known[court.id] = _Known(
            court, {unit.id: unit for unit in units}, {person.id: person for person in staff}
        )
