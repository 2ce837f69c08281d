"""A lawyer's number at the bar: UF + number + suffix, three spellings of one grammar (`FIELD.md` §5)."""

import re
from dataclasses import dataclass
from typing import Final

from rooms.errors import Code, InvalidError

STATES: Final = frozenset(
    "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO".split(),  # noqa: SIM905 - a table, read as one
)
SUFFIXES: Final = "ABDENPS"
"""A lawyer and an intern differ by the `E` alone."""

_STATE: Final = r"(?P<state>[A-Z]{2})"
# Thousands are pointed all through or not at all: `1.2345` is a slip, not a number.
_NUMBER: Final = rf"(?P<number>[0-9]{{1,3}}(?:\.[0-9]{{3}})|[0-9]{{1,6}})(?:[ -]?(?P<suffix>[{SUFFIXES}]))?"
_SHAPES: Final = (
    re.compile(rf"(?:OAB[ /-]*)?{_STATE}[ /-]*{_NUMBER}"),
    re.compile(rf"(?:OAB[ /-]*)?{_NUMBER}[ ]*[/-]?[ ]*{_STATE}"),
)


@dataclass(frozen=True, slots=True)
class Oab:
    """A registration. `str()` is its canonical form."""

    state: str
    number: int
    suffix: str | None

    def __str__(self) -> str:
        """`OAB/MT 12345-A`."""
        return f"OAB/{self.state} {self.number}" + (f"-{self.suffix}" if self.suffix else "")


def parse_oab(text: str) -> Oab:
    """The registration that somebody typed: `MT 12345`, `OAB/MT 12.345`, `12.345-A/MT`, in either case.

    Raises:
        InvalidError: OAB_WRONG, field `oab`.

    """
    spelled = " ".join(text.upper().split())
    for shape in _SHAPES:
        match = shape.fullmatch(spelled)
        if match is None or match["state"] not in STATES:
            continue
        number = int(match["number"].replace(".", ""))
        if number > 0:
            return Oab(match["state"], number, match["suffix"])
    raise InvalidError(Code.OAB_WRONG, field="oab")
