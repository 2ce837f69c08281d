"""`balcao practice`: clerks practise at a court of their own, with simulated people, one situation after the other."""

import argparse
import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from signaling.practice.course import ALL
from signaling.practice.court import COLLEAGUE, COLLEAGUE_WORD, Practice
from signaling.protocol.practice import Situation
from signaling.settings import PREFIX, LogLevel, Settings, read_settings

REPORTS: Final = Path("data/practice")


def add_practice(parser: argparse.ArgumentParser) -> None:
    """What may be said on the command line."""
    parser.add_argument(
        "--situation",
        type=int,
        action="append",
        choices=range(1, len(ALL) + 1),
        metavar="N",
        help=f"só a situação de número N, de 1 a {len(ALL)}; pode repetir",
    )
    parser.add_argument("--report", type=Path, metavar="ARQUIVO", help=f"grava o relatório aqui, em vez de {REPORTS}/")
    # Said by the server to the process of its people.
    parser.add_argument("--people", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--unit", help=argparse.SUPPRESS)


def forget_site() -> None:
    """From now on this process and its children know nothing of a real site: a practice shares nothing with one."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]


def practice_of(asked: argparse.Namespace, now: datetime) -> Practice:
    """What is practised, and where its report goes."""
    script: tuple[Situation, ...] = tuple(ALL[number - 1] for number in asked.situation or ()) or ALL
    return Practice(script=script, report=asked.report or REPORTS / f"treino-{now:%Y-%m-%d-%Hh%M}.txt")


def settings_of(folder: Path, port: int | None) -> Settings:
    """A court in `folder`, for this machine only; the terminal is for the script."""
    chosen = {"data_dir": folder, "log_level": LogLevel.WARNING, "echo_private": True}
    return read_settings(**chosen, **({} if port is None else {"port": port}))


async def people(asked: argparse.Namespace, ending: asyncio.Event) -> None:
    """The simulated people of the practice at `--url`, until `ending`."""
    from signaling.bots.practice import bring
    from signaling.rehearsal.crowd import until

    try:
        await until(ending, bring(asked.url, asked.unit, COLLEAGUE, os.environ[COLLEAGUE_WORD]))
    except asyncio.CancelledError:
        if not ending.is_set():
            raise
