"""The import file's shape: what each field may be, and the sentence for what it may not."""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Any, Final
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, create_model
from pydantic_core import PydanticCustomError

from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.attendant import Staff
from rooms.model.colour import LEAST_CONTRAST, act_contrast, is_colour
from rooms.model.holidays import STATES
from rooms.model.hours import Hours, SpecialDay, Window, in_order
from rooms.model.unit import Court, Order, Policy, Unit
from rooms.sql.directory import Site
from rooms.sql.stored import WEEKDAYS, window_from_text

LONGEST_DURATION: Final = 86_400
MOST_UNITS_EACH: Final = 20
"""Scripts take a bounded list of units (`DESIGN.md` §2)."""
_POLICY: Final = frozenset(field.name for field in fields(Policy))
_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE: Final = re.compile(r"[0-9() +-]{8,24}")
_HTTPS: Final = re.compile(r"https://[^\s/]+(/\S*)?")
_IMAGE: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_./-]*\.(svg|png|webp)")


REFUSED: Final = "refused"
"""The type of pydantic's error that carries a sentence of ours."""

UNPRINTABLE: Final = "este texto tem um sinal que não se pode imprimir; apague-o e escreva de novo"
SENTENCES: Final[Mapping[str, str]] = {
    "missing": "falta este campo",
    "extra_forbidden": "este campo não existe; confira a grafia",
    "string_type": "escreva um texto entre aspas",
    "string_unicode": UNPRINTABLE,
    "string_too_short": "este texto está vazio",
    "string_too_long": "este texto é longo demais (até 120 caracteres)",
    "int_type": "escreva um número inteiro, sem aspas",
    "bool_type": "escreva true ou false, sem aspas",
    "tuple_type": "escreva uma lista entre colchetes",
    "dict_type": "escreva um objeto entre chaves",
    "model_type": "escreva um objeto entre chaves",
    "model_attributes_type": "escreva um objeto entre chaves",
    "too_long": f"a lista é longa demais (até {MOST_UNITS_EACH})",
}
"""What pydantic refuses by itself, in plain Portuguese; the checks here bring their own sentence."""


def _refused(sentence: str) -> PydanticCustomError:
    return PydanticCustomError(REFUSED, "{sentence}", {"sentence": sentence})


def _matching(shape: re.Pattern[str], sentence: str) -> AfterValidator:
    def check(text: str) -> str:
        if shape.fullmatch(text) is None:
            raise _refused(sentence)
        return text

    return AfterValidator(check)


def _printable(text: str) -> str:
    if not text.isprintable():
        raise _refused(UNPRINTABLE)
    return text


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


def _state(letters: str) -> str:
    if letters not in STATES:
        raise _refused("escreva a sigla do estado em maiúsculas, como MT")
    return letters


def _window(text: str) -> Window:
    try:
        return window_from_text(text)
    except ValueError:
        raise _refused("escreva o horário como 12:00-18:00; o fim do dia é 24:00") from None


def _day(text: object) -> date:
    if isinstance(text, str) and _ISO_DAY.fullmatch(text):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text)
    raise _refused("escreva o dia como 2026-12-20")


def _ordered(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    if not in_order(windows):
        raise _refused("os horários do dia vão do mais cedo ao mais tarde, sem se cruzar")
    return windows


def _known_rules(policy: object) -> object:
    if isinstance(policy, dict):
        for name in policy:
            if name not in _POLICY:
                raise _refused(f"a regra {name} não existe; existem: {', '.join(sorted(_POLICY))}")
    return policy


def _number(value: int) -> int:
    if not 1 <= value <= LONGEST_DURATION:
        raise _refused(f"esta regra vai de 1 a {LONGEST_DURATION}")
    return value


def _order(word: str) -> Order:
    try:
        return Order(word)
    except ValueError:
        raise _refused(f"escreva a ordem como {', '.join(Order)}") from None


def _slug(what: str) -> AfterValidator:
    return _matching(
        re.compile(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?"), f"{what}: letras minúsculas sem acento, algarismos e hífens"
    )


_Text = Annotated[
    str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True), AfterValidator(_printable)
]
_Day = Annotated[date, BeforeValidator(_day)]
_Windows = Annotated[tuple[Annotated[str, AfterValidator(_window)], ...], Field(strict=False), AfterValidator(_ordered)]
_UnitSlug = Annotated[str, _slug("o identificador da unidade vai no endereço da página")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Court(_Form):
    id: Annotated[str, _slug("o identificador do tribunal")]
    name: _Text
    crest: Annotated[str, AfterValidator(_below)] | None = None
    colour: Annotated[str, AfterValidator(_readable)] | None = None
    ombudsman: Annotated[_Text, _matching(_HTTPS, "escreva o endereço da ouvidoria com https://")] | None = None
    hosts: Annotated[tuple[_Text, ...], Field(strict=False)] = ()


class SpecialDays(_Form):
    """A day, or several in a row, that differ from the week."""

    day: _Day
    last_day: _Day | None = None
    windows: _Windows = ()
    reason: _Text

    def days(self) -> list[SpecialDay]:
        """One by one."""
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
    special_days: Annotated[tuple[SpecialDays, ...], Field(strict=False)] = ()
    state: Annotated[str, AfterValidator(_state)] | None = None

    def hours(self) -> Hours:
        week = tuple(_as_windows(getattr(self.week, name)) for name in WEEKDAYS)
        return Hours(self.zone, week, tuple(day for special in self.special_days for day in special.days()), self.state)


class _Orders(_Form):
    order: Annotated[str, AfterValidator(_order)] = Order.STRICT
    dedicated: Annotated[tuple[Annotated[str, _slug("o login")], ...], Field(strict=False)] = ()


_NUMBERS: Final[Mapping[str, Any]] = {
    field.name: (Annotated[int, AfterValidator(_number)], field.default)
    for field in fields(Policy)
    if isinstance(field.default, int)
}
_Policy = create_model("_Policy", __base__=_Orders, **_NUMBERS)
"""A unit's order, and every number of its policy."""


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
    email: Annotated[_Text, _matching(_EMAIL, "escreva o e-mail completo da unidade")]
    hours: _Hours
    policy: Annotated[_Policy, BeforeValidator(_known_rules)] = _Policy()

    def unit(self) -> Unit:
        return Unit(
            id=UnitId(self.id),
            name=self.name,
            comarca=self.comarca,
            letters=self.letters,
            phone=self.phone,
            email=self.email,
            hours=self.hours.hours(),
            policy=Policy(**self.policy.model_dump()),
        )


class _Staff(_Form):
    login: Annotated[str, _slug("o login")]
    name: _Text
    function: _Text
    units: Annotated[tuple[str, ...], Field(strict=False, max_length=MOST_UNITS_EACH)] = ()
    attends: bool = True
    supervises: bool = False
    may_call_out_of_order: bool = False
    interprets: bool = False

    def staff(self) -> Staff:
        units = tuple(UnitId(unit) for unit in self.units)
        return Staff(
            AttendantId(self.login),
            self.name,
            self.function,
            units,
            self.attends,
            self.supervises,
            self.may_call_out_of_order,
            self.interprets,
        )


class File(_Form):
    """The whole file."""

    court: _Court
    units: Annotated[tuple[_Unit, ...], Field(strict=False)]
    staff: Annotated[tuple[_Staff, ...], Field(strict=False)] = ()

    def site(self) -> Site:
        """As the directory keeps it; what no field sees alone is checked before (`rooms.sql.importing`)."""
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
