"""The court in which clerks practise: three units that never close, the one who practises, and a colleague of code."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Final

from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.attendant import Staff
from rooms.model.hours import Hours, Window
from rooms.model.unit import Court, Policy, Unit
from rooms.sql.directory import Site, SqlDirectory
from signaling.practice.course import ALL
from signaling.protocol.practice import Situation

COURT: Final = CourtId("treino")
HERE: Final = UnitId("treino-civel")
"""Where everybody comes to."""
RIGHT: Final = UnitId("treino-familia")
"""Where the person of another unit's matter should be."""
TRAINEE: Final = AttendantId("treino")
COLLEAGUE: Final = AttendantId("colega")
COLLEAGUE_WORD: Final = "_BALCAO_PRACTICE_COLLEAGUE"
"""The variable in which the process of the simulated people finds the colleague's password."""

PACE: Final = Policy(ring_s=20, visitor_lease_s=12, interrupted_s=120, wrap_up_s=60)
"""A shorter ring and quicker notice of a dropped line, so that nobody practises waiting; more time for the outcome."""
_ALWAYS: Final = Hours("America/Cuiaba", ((Window(time(0), None),),) * 7)
_UNITS: Final = (
    (HERE, "1ª Vara Cível (treino)", "TC1"),
    (RIGHT, "2ª Vara de Família (treino)", "TF2"),
    (UnitId("treino-juizado"), "Juizado Especial (treino)", "TJ1"),
)
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing to mistake when it is read off a terminal."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice: what is done in it, how fast the court is, where its report goes."""

    script: Sequence[Situation] = ALL
    policy: Policy = PACE
    report: Path | None = None
    password: str = field(
        default_factory=lambda: "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    )
    colleague: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    """The colleague's password."""


async def load_practice(directory: SqlDirectory, practice: Practice) -> None:
    """Put the court, with the passwords of its two people."""
    await directory.put(_site(practice.policy))
    await directory.set_password(COURT, TRAINEE, practice.password)
    await directory.set_password(COURT, COLLEAGUE, practice.colleague)


def people(url: str) -> tuple[str, ...]:
    """The words of `balcao` that bring the simulated people of whatever situation is on there."""
    return ("practice", "--people", "--url", url, "--unit", HERE)


def invitation(url: str, practice: Practice) -> Iterator[str]:
    """The lines that a person reads at the start."""
    yield ""
    yield f"Treino de balcão: {len(practice.script)} situações, com pessoas simuladas. Nada daqui conta."
    yield ""
    yield f"  Abra         {url}/atendimento"
    yield f"  Entre como   {TRAINEE}"
    yield f"  Senha        {practice.password}"
    yield ""
    yield "Depois de entrar, toque em Começar a atender e siga o quadro do treino. Para encerrar, Ctrl-C."
    yield ""


def _site(policy: Policy) -> Site:
    units = tuple(
        Unit(unit, name, "Treino", letters, "(65) 0000-0000", f"{unit}@tribunal.example", _ALWAYS, policy)
        for unit, name, letters in _UNITS
    )
    elsewhere = tuple(unit.id for unit in units if unit.id != HERE)
    return Site(
        Court(COURT, "Tribunal de treino", None, None, None),
        units,
        (
            # Calling out of order is there to be left alone.
            Staff(TRAINEE, "Atendente em treino", "analista", (HERE,), True, True, True),
            Staff(COLLEAGUE, "Helena Prado", "analista", elsewhere, True, False),
        ),
    )
