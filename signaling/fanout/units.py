"""The units of a court as last read, and when each changes by the clock alone. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from rooms.ids import AttendantId, Millis, UnitId
from signaling.protocol.views import PublicUnit
from signaling.views.board import next_change
from signaling.views.desk import DeskLine, desk_line, is_same
from signaling.views.unit import UnitNow, public_unit


class KnownUnits:
    """Kept from read to read: a unit that opens, closes or falls into alarm does so without an event."""

    def __init__(self) -> None:
        self._units: dict[UnitId, UnitNow] = {}
        self._public: dict[UnitId, PublicUnit] = {}
        self._lines: dict[tuple[UnitId, ...], dict[AttendantId | None, DeskLine]] = {}
        self._changes: dict[UnitId, Millis] = {}
        self._passed: set[UnitId] = set()

    def keep(self, units: Collection[UnitId]) -> None:
        """Only these exist any more."""
        self._units = {unit: now for unit, now in self._units.items() if unit in units}
        self._public = {unit: shown for unit, shown in self._public.items() if unit in units}
        self._changes = {unit: at for unit, at in self._changes.items() if unit in units}

    def get(self, unit: UnitId) -> UnitNow | None:
        """The unit as last read."""
        return self._units.get(unit)

    def public(self, unit: UnitId) -> PublicUnit | None:
        """The same as anybody may see it, for all who wait there; the same object while nothing of it changes."""
        return self._public.get(unit)

    def line(self, chosen: tuple[UnitId, ...], attendant: AttendantId) -> DeskLine:
        """What the attendant's desk shows of these units' lines: made once, for all whose order is the same."""
        units = self.some(chosen)
        made = self._lines.setdefault(chosen, {})
        own = attendant if any(attendant in now.rule.dedicated for now in units) else None
        if own not in made:
            made[own] = desk_line(units, attendant)
        return made[own]

    def some(self, units: Iterable[UnitId]) -> list[UnitNow]:
        """Those of `units` that have been read, in that order."""
        return [self._units[unit] for unit in units if unit in self._units]

    def learn(self, now: UnitNow) -> bool:
        """The unit was read; answer whether what is shown of it may differ from before."""
        unit = now.unit.id
        before = self._units.get(unit)
        self._units[unit] = now
        if (shown := public_unit(now)) != self._public.get(unit):
            self._public[unit] = shown
        if before is None or not is_same(before, now):
            self._lines = {chosen: made for chosen, made in self._lines.items() if unit not in chosen}
        change = next_change(now)
        if change is None:
            self._changes.pop(unit, None)
        else:
            self._changes[unit] = change
        passed = unit in self._passed
        self._passed.discard(unit)
        return passed or before is None or replace(before, now_ms=now.now_ms) != now

    def changed_by(self, now_ms: Millis) -> set[UnitId]:
        """The units whose moment has come: to be read again; told once."""
        due = {unit for unit, at in self._changes.items() if at <= now_ms}
        for unit in due:
            del self._changes[unit]
        self._passed |= due
        return due

    def next_change_ms(self) -> Millis | None:
        """When the next of them changes by the clock."""
        return min(self._changes.values(), default=None)
