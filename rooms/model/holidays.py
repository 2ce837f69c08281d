"""The holidays of Brazil and of one of its states, by name; a court's own days stand in its hours."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from holidays.countries.brazil import Brazil

STATES: Final = frozenset(state for state in Brazil.subdivisions if len(state) == len("MT"))
"""The states and the Federal District by their two letters."""


def holiday(state: str, day: date) -> str | None:
    """What holiday of the state `day` is, in Portuguese; None on any other day."""
    return _of(state, day.year).get(day)


@cache
def _of(state: str, year: int) -> Mapping[date, str]:
    return dict(Brazil(subdiv=state, years=year, language="pt_BR").items())
