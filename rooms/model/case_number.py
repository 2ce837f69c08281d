"""The CNJ case number, `NNNNNNN-DD.AAAA.J.TR.OOOO` (CNJ Resolução 65/2008): parsed, and checked by recomputing `DD`."""

import re
from dataclasses import dataclass
from typing import Final

from rooms.errors import Code, InvalidError

# `[0-9]`, not `\d`: a full-width or Arabic-Indic digit is another character in another system's search field.
_SHAPE: Final = re.compile(
    r"(?P<sequence>[0-9]{7})-?(?P<check>[0-9]{2})\.?(?P<year>[0-9]{4})\.?(?P<branch>[0-9])\.?(?P<court>[0-9]{2})\.?(?P<origin>[0-9]{4})"
)


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number whose check digits are right. `str()` is its canonical form, with punctuation."""

    sequence: str
    check: str
    year: str
    branch: str
    """J: 8 is the state courts."""
    court: str
    """TR: 11 is Mato Grosso."""
    origin: str
    """OOOO: the unit of origin."""

    def __str__(self) -> str:
        """`0000001-44.2021.8.11.0041`."""
        return f"{self.sequence}-{self.check}.{self.year}.{self.branch}.{self.court}.{self.origin}"


def check_digits(sequence: str, year: str, branch: str, court: str, origin: str) -> str:
    """`98 − (int(N‖AAAA‖J‖TR‖OOOO‖"00") mod 97)`, two digits, 02 to 98 (`FIELD.md` §5)."""
    return f"{98 - int(f'{sequence}{year}{branch}{court}{origin}00') % 97:02d}"


def parse_case_number(text: str) -> CaseNumber:
    """The case number that somebody typed, with or without its punctuation, with or without space around it.

    Recomputed rather than tested with `mod 97 == 1`: that accepts `01` as an alias of `98`.

    Raises:
        InvalidError: CASE_NUMBER_WRONG, field `case_number`.

    """
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise InvalidError(Code.CASE_NUMBER_WRONG, field="case_number")
    number = CaseNumber(**match.groupdict())
    if number.check != check_digits(number.sequence, number.year, number.branch, number.court, number.origin):
        raise InvalidError(Code.CASE_NUMBER_WRONG, field="case_number")
    return number
