"""What has to be read again, and when: people at once, a unit's line at most once a second, the board too. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from rooms.ids import AttendantId, GuestId, Holder, UnitId

EVERY_S: Final = 1.0
"""A line that changes ten times a second is read once a second; one that has been quiet, at once."""
LONGEST_REST_S: Final = 0.5


@dataclass(slots=True)
class Dirt:
    """Marks, and the moments at which they fall due (seconds of a clock that only goes forward)."""

    holders: set[Holder] = field(default_factory=set)
    desks: set[AttendantId] = field(default_factory=set)
    guests: set[GuestId] = field(default_factory=set)
    sessions: set[AttendantId] = field(default_factory=set)
    """Attendants whose sign-in may be over."""
    units: set[UnitId] = field(default_factory=set)
    board: bool = False
    _read_s: dict[UnitId, float] = field(default_factory=dict)
    _board_s: float = float("-inf")
    _rest_s: float = float("-inf")

    def everything(self, units: Iterable[UnitId], holders: Iterable[Holder], desks: Iterable[AttendantId]) -> None:
        """All of it is to be read, whatever was read just now."""
        self._read_s.clear()
        self._rest_s = float("-inf")
        self.units.update(units)
        self.holders.update(holders)
        self.desks.update(desks)
        self.board = True

    def take_units(self, now_s: float) -> list[UnitId]:
        """The units to read now, no longer marked; what marks them while they are read, marks them again."""
        due = sorted(unit for unit in self.units if now_s >= self._due(unit))
        self.units.difference_update(due)
        self._read_s.update(dict.fromkeys(due, now_s))
        return due

    def take_holders(self) -> set[Holder]:
        """The visitors to read now, no longer marked."""
        taken, self.holders = self.holders, set()
        return taken

    def take_desks(self) -> set[AttendantId]:
        """The desks to read now, no longer marked."""
        taken, self.desks = self.desks, set()
        return taken

    def take_guests(self) -> set[GuestId]:
        """The guests to read now, no longer marked."""
        taken, self.guests = self.guests, set()
        return taken

    def due_board(self, now_s: float) -> bool:
        """Whether the board is to be shown now."""
        return self.board and now_s >= self._board_s + EVERY_S

    def board_shown(self, now_s: float) -> None:
        """The board was shown just now."""
        self.board = False
        self._board_s = now_s

    def rest(self, now_s: float, took_s: float) -> None:
        """No line is read for as long as the last showing took: on a busy node, who asks comes before who watches."""
        self._rest_s = now_s + min(took_s, LONGEST_REST_S)

    def wait_s(self, now_s: float) -> float | None:
        """How long nothing falls due; None: until the next mark."""
        if self.holders or self.desks or self.guests or self.sessions:
            return 0.0
        moments = [self._due(unit) for unit in self.units]
        if self.board:
            moments.append(self._board_s + EVERY_S)
        return max(0.0, min(moments) - now_s) if moments else None

    def _due(self, unit: UnitId) -> float:
        return max(self._read_s.get(unit, float("-inf")) + EVERY_S, self._rest_s)
