"""The import file: one court, its units, its staff; JSON, documented in `docs/importacao.md`.

Read whole or refused whole, each problem with its line, its field and a sentence in plain Portuguese. No passwords in
the file: `balcao staff add` asks for them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Any, Final
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.attendant import Staff
from rooms.model.colour import LEAST_CONTRAST, act_contrast, is_colour
from rooms.model.hours import Hours, SpecialDay, Window, in_order
from rooms.model.unit import Court, Policy, Unit
from rooms.sql.directory import Site
from rooms.sql.json_lines import lines_of
from rooms.sql.stored import WEEKDAYS, window_from_text

LONGEST_SPECIAL: Final = timedelta(days=366)
LONGEST_DURATION: Final = 86_400
MOST_UNITS_EACH: Final = 20
"""Scripts take a bounded list of units (`DESIGN.md` §2)."""
_POLICY: Final = frozenset(field.name for field in fields(Policy))
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE: Final = re.compile(r"[0-9() +-]{8,24}")
_HTTPS: Final = re.compile(r"https://[^\s/]+(/\S*)?")
_IMAGE: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_./-]*\.(svg|png|webp)")


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
        said = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        sentence = f"o arquivo não é um JSON completo (coluna {error.colno})"
        raise ImportRefusedError([Problem(error.lineno, "", sentence)]) from None
    except _RepeatedKeyError as error:
        raise ImportRefusedError([Problem(1, error.key, "este campo aparece duas vezes no mesmo lugar")]) from None
    lines = lines_of(text)
    try:
        form = _File.model_validate(said)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise ImportRefusedError([_problem(lines, each["loc"], each["type"], each["msg"]) for each in found]) from None
    problems = [_problem(lines, path, "", sentence) for path, sentence in _across(form)]
    if problems:
        raise ImportRefusedError(problems)
    return form.site()


# ---- what each field may be


def _refused(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{sentence}", {"sentence": sentence})


def _matching(shape: re.Pattern[str], sentence: str) -> AfterValidator:
    def check(text: str) -> str:
        if shape.fullmatch(text) is None:
            raise _refused(sentence)
        return text

    return AfterValidator(check)


def _readable(colour: str) -> str:
    if not is_colour(colour):
        raise _refused("escreva a cor com # e seis algarismos hexadecimais, como #0A5C56")
    if act_contrast(colour) < LEAST_CONTRAST:
        told = f"{act_contrast(colour):.1f}".replace(".", ",")
        raise _refused(f"esta cor tem contraste {told} com o fundo; escolha uma mais escura, com 4,5 ou mais")
    return colour.upper()


def _below(path: str) -> str:
    if _IMAGE.fullmatch(path) is None or ".." in path:
        raise _refused("escreva o caminho da imagem (svg, png ou webp) dentro da pasta de dados")
    return path


def _zone(name: str) -> str:
    if name not in _zones():
        raise _refused("fuso horário desconhecido; em Mato Grosso é America/Cuiaba")
    return name


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # read from the machine's files: once, not per unit


def _window(text: str) -> Window:
    try:
        return window_from_text(text)
    except ValueError:
        raise _refused("escreva o horário como 12:00-18:00; o fim do dia é 24:00") from None


def _ordered(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    if not in_order(windows):
        raise _refused("os horários do dia vão do mais cedo ao mais tarde, sem se cruzar")
    return windows


def _numbers(policy: dict[str, int]) -> dict[str, int]:
    for name, value in policy.items():
        if name not in _POLICY:
            raise _refused(f"a regra {name} não existe; existem: {', '.join(sorted(_POLICY))}")
        if not 1 <= value <= LONGEST_DURATION:
            raise _refused(f"a regra {name} vai de 1 a {LONGEST_DURATION}")
    return policy


def _slug(what: str) -> AfterValidator:
    return _matching(
        re.compile(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?"), f"{what}: letras minúsculas sem acento, algarismos e hífens"
    )


_Text = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
_Windows = Annotated[tuple[Annotated[str, AfterValidator(_window)], ...], Field(strict=False), AfterValidator(_ordered)]
_UnitSlug = Annotated[str, _slug("o identificador da unidade vai no endereço da página")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Court(_Form):
    id: Annotated[str, _slug("o identificador do tribunal")]
    name: _Text
    crest: Annotated[str, AfterValidator(_below)] | None = None
    colour: Annotated[str, AfterValidator(_readable)] | None = None
    ombudsman: Annotated[str, _matching(_HTTPS, "escreva o endereço da ouvidoria com https://")] | None = None
    hosts: Annotated[tuple[_Text, ...], Field(strict=False)] = ()


class _SpecialDay(_Form):
    day: Annotated[date, Field(strict=False)]
    last_day: Annotated[date, Field(strict=False)] | None = None
    windows: _Windows = ()
    reason: _Text

    def days(self) -> list[SpecialDay]:
        last = self.last_day or self.day
        count = (last - self.day).days + 1
        return [
            SpecialDay(self.day + timedelta(days=ahead), _as_windows(self.windows), self.reason)
            for ahead in range(count)
        ]


class _Week(_Form):
    mon: _Windows = ()
    tue: _Windows = ()
    wed: _Windows = ()
    thu: _Windows = ()
    fri: _Windows = ()
    sat: _Windows = ()
    sun: _Windows = ()


class _Hours(_Form):
    zone: Annotated[str, AfterValidator(_zone)]
    week: _Week
    special_days: Annotated[tuple[_SpecialDay, ...], Field(strict=False)] = ()

    def hours(self) -> Hours:
        week = tuple(_as_windows(getattr(self.week, name)) for name in WEEKDAYS)
        return Hours(self.zone, week, tuple(day for special in self.special_days for day in special.days()))


class _Unit(_Form):
    id: _UnitSlug
    name: _Text
    comarca: _Text
    letters: Annotated[
        str,
        _matching(
            re.compile(r"[A-Z]{1,3}[0-9]{0,2}"), "escreva até três letras maiúsculas e até dois algarismos, como CV1"
        ),
    ]
    phone: Annotated[str, _matching(_PHONE, "escreva o telefone com DDD, como (65) 0000-0000")]
    email: Annotated[str, _matching(_EMAIL, "escreva o e-mail completo da unidade")]
    hours: _Hours
    policy: Annotated[dict[str, int], AfterValidator(_numbers)] = {}

    def unit(self) -> Unit:
        return Unit(
            id=UnitId(self.id),
            name=self.name,
            comarca=self.comarca,
            letters=self.letters,
            phone=self.phone,
            email=self.email,
            hours=self.hours.hours(),
            policy=Policy(**self.policy),
        )


class _Staff(_Form):
    login: Annotated[str, _slug("o login")]
    name: _Text
    function: _Text
    units: Annotated[tuple[str, ...], Field(strict=False, max_length=MOST_UNITS_EACH)] = ()
    attends: bool = True
    supervises: bool = False

    def staff(self) -> Staff:
        units = tuple(UnitId(unit) for unit in self.units)
        return Staff(AttendantId(self.login), self.name, self.function, units, self.attends, self.supervises)


class _File(_Form):
    court: _Court
    units: Annotated[tuple[_Unit, ...], Field(strict=False)]
    staff: Annotated[tuple[_Staff, ...], Field(strict=False)] = ()

    def site(self) -> Site:
        court = Court(
            id=CourtId(self.court.id),
            name=self.court.name,
            crest=self.court.crest,
            colour=self.court.colour,
            ombudsman=self.court.ombudsman,
            hosts=self.court.hosts,
        )
        return Site(court, tuple(unit.unit() for unit in self.units), tuple(member.staff() for member in self.staff))


def _as_windows(windows: Any) -> tuple[Window, ...]:
    # `_window` has turned each text into a Window; the annotation still says what the file holds.
    return tuple(windows)


# ---- what must hold across fields

Loc = tuple[str | int, ...]


def _across(form: _File) -> Iterable[tuple[Loc, str]]:
    """What no field can see alone."""
    if not form.units:
        yield ("units",), "a lista de unidades está vazia"
        return
    yield from _repeated([unit.id for unit in form.units], "units", "id", "duas unidades têm este identificador")
    yield from _repeated([unit.letters for unit in form.units], "units", "letters", "duas unidades têm estas letras")
    yield from _repeated([member.login for member in form.staff], "staff", "login", "duas pessoas têm este login")
    for place, unit in enumerate(form.units):
        yield from _calendar(("units", place, "hours", "special_days"), unit.hours.special_days)
    known = {unit.id for unit in form.units}
    for place, member in enumerate(form.staff):
        for at, unit_id in enumerate(member.units):
            if unit_id not in known:
                yield ("staff", place, "units", at), f"a unidade {unit_id} não está neste arquivo"
            elif unit_id in member.units[:at]:
                yield ("staff", place, "units", at), f"a unidade {unit_id} aparece duas vezes"
        if member.attends and not member.units:
            yield ("staff", place), "quem atende precisa de pelo menos uma unidade em units"
        if not member.attends and not member.supervises:
            yield ("staff", place), "a pessoa atende (attends) ou supervisiona (supervises), ou as duas coisas"


def _repeated(values: list[str], part: str, field: str, sentence: str) -> Iterable[tuple[Loc, str]]:
    often = {value for value, times in Counter(values).items() if times > 1}
    return [((part, place, field), sentence) for place, value in enumerate(values) if value in often]


def _calendar(path: Loc, specials: tuple[_SpecialDay, ...]) -> Iterable[tuple[Loc, str]]:
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


# ---- how it is said

_SENTENCES: Final[Mapping[str, str]] = {
    "missing": "falta este campo",
    "extra_forbidden": "este campo não existe; confira a grafia",
    "string_type": "escreva um texto entre aspas",
    "string_too_short": "este texto está vazio",
    "string_too_long": "este texto é longo demais (até 120 caracteres)",
    "int_type": "escreva um número inteiro, sem aspas",
    "bool_type": "escreva true ou false, sem aspas",
    "tuple_type": "escreva uma lista entre colchetes",
    "dict_type": "escreva um objeto entre chaves",
    "model_type": "escreva um objeto entre chaves",
    "model_attributes_type": "escreva um objeto entre chaves",
    "date_from_datetime_parsing": "escreva o dia como 2026-12-20",
    "date_parsing": "escreva o dia como 2026-12-20",
    "date_type": "escreva o dia como 2026-12-20",
    "too_long": f"a lista é longa demais (até {MOST_UNITS_EACH})",
}


def _problem(lines: Mapping[Loc, int], path: Loc, kind: str, message: str) -> Problem:
    at = path
    while at not in lines:  # a missing field has no line of its own: its object's
        at = at[:-1]
    field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
    return Problem(lines[at], field, _SENTENCES.get(kind, message))


class _RepeatedKeyError(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        raise _RepeatedKeyError(next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1))
    return told
