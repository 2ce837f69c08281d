"""The import file: one court, its units, its staff; JSON, documented in `docs/importacao.md`.

Read whole or refused whole, each problem with its line, its field and a sentence in plain Portuguese. No passwords in
the file: `balcao staff add` asks for them.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pydantic import ValidationError

from rooms.model.unit import Order
from rooms.sql.directory import Site
from rooms.sql.import_form import REFUSED, SENTENCES, File, SpecialDays
from rooms.sql.json_lines import Path, RepeatedKeyError, lines_of

LONGEST_SPECIAL: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in the file."""

    line: int
    field: str
    """`units[3].phone`; empty for the file as a whole."""
    sentence: str

    def __str__(self) -> str:
        """`linha 12, units[3].phone: falta este campo`."""
        where = f"linha {self.line}" + (f", {self.field}" if self.field else "")
        return f"{where}: {self.sentence}"


class ImportRefusedError(Exception):
    """Nothing was imported; `problems` says all there is to mend."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def read_site(text: str) -> Site:
    """The court that an import file describes.

    Raises:
        ImportRefusedError: the file is not JSON, or says something that cannot be.

    """
    try:
        said = json.loads(text)
        lines = lines_of(text)
    except json.JSONDecodeError as error:
        sentence = f"o arquivo não é um JSON completo (coluna {error.colno})"
        raise ImportRefusedError([Problem(error.lineno, "", sentence)]) from None
    except RepeatedKeyError as error:
        sentence = "este campo já apareceu antes, no mesmo objeto"
        raise ImportRefusedError([Problem(error.line, _field(error.path), sentence)]) from None
    try:
        form = File.model_validate(said)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise ImportRefusedError([_problem(lines, each["loc"], each["type"], each["msg"]) for each in found]) from None
    problems = [_problem(lines, path, REFUSED, sentence) for path, sentence in _across(form)]
    if problems:
        raise ImportRefusedError(problems)
    return form.site()


def _across(form: File) -> Iterable[tuple[Path, str]]:
    """What no field can see alone."""
    if not form.units:
        yield ("units",), "a lista de unidades está vazia"
        return
    yield from _repeated([unit.id for unit in form.units], "units", "id", "duas unidades têm este identificador")
    yield from _repeated([unit.letters for unit in form.units], "units", "letters", "duas unidades têm estas letras")
    yield from _repeated([member.login for member in form.staff], "staff", "login", "duas pessoas têm este login")
    for place, unit in enumerate(form.units):
        yield from _calendar(("units", place, "hours", "special_days"), unit.hours.special_days)
        policy = unit.unit().policy
        if policy.order is Order.DEDICATED and not policy.dedicated:
            yield ("units", place, "policy"), "a ordem dedicated precisa de pelo menos um login em dedicated"
    known = {unit.id for unit in form.units}
    for place, member in enumerate(form.staff):
        for at, unit_id in enumerate(member.units):
            if unit_id not in known:
                yield ("staff", place, "units", at), f"a unidade {unit_id} não está neste arquivo"
            elif unit_id in member.units[:at]:
                yield ("staff", place, "units", at), f"a unidade {unit_id} aparece duas vezes"
        if member.attends and not member.units:
            yield ("staff", place), "quem atende precisa de pelo menos uma unidade em units"
        if not (member.attends or member.supervises or member.interprets):
            yield (
                ("staff", place),
                "a pessoa atende (attends), supervisiona (supervises) ou interpreta Libras (interprets)",
            )


def _repeated(values: list[str], part: str, field: str, sentence: str) -> Iterable[tuple[Path, str]]:
    often = {value for value, times in Counter(values).items() if times > 1}
    return [((part, place, field), sentence) for place, value in enumerate(values) if value in often]


def _calendar(path: Path, specials: tuple[SpecialDays, ...]) -> Iterable[tuple[Path, str]]:
    seen: set[date] = set()
    for place, special in enumerate(specials):
        last = special.last_day or special.day
        if last < special.day or last - special.day > LONGEST_SPECIAL:
            yield (*path, place, "last_day"), "o último dia vem depois do primeiro, no máximo um ano"
            continue
        days = {day.day for day in special.days()}
        if days & seen:
            yield (*path, place, "day"), f"o dia {min(days & seen):%d/%m/%Y} aparece duas vezes"
        seen |= days


def _problem(lines: Mapping[Path, int], path: Path, kind: str, message: str) -> Problem:
    at = path
    while at not in lines:  # a missing field has no line of its own: its object's
        at = at[:-1]
    return Problem(lines[at], _field(path), message if kind == REFUSED else SENTENCES[kind])


def _field(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
