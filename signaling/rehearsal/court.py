"""A court of its own for simulated people: a real server on a temporary folder, gone without a trace afterwards."""

import asyncio
import json
import os
import secrets
import signal
import socket
import sys
import tempfile
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp

from signaling.bots.crowd import Clerk
from signaling.settings import PREFIX, StartupError

_LOOK_EVERY_S: Final = 0.1
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES: Final = ("Helena Prado", "Davi Moraes", "Lia Campos", "Otávio Reis", "Nina Teles", "Caio Braga", "Rita Melo")
_UNITS: Final = ("1ª Vara Cível", "2ª Vara de Família", "Juizado Especial", "Vara da Fazenda", "1ª Vara Criminal")


@dataclass(frozen=True, slots=True)
class OwnCourt:
    """A server that runs, with its people."""

    url: str
    units: Sequence[str]
    clerks: Sequence[Clerk]


@asynccontextmanager
async def own_court(clerks: int, *, name: str, ring_s: int) -> AsyncIterator[OwnCourt]:
    """A court of this name with so many clerks, open at any hour; its server and its folder end with the block.

    It rings for `ring_s`: who plays a day in minutes plays its rings in seconds.

    Raises:
        StartupError: the server does not start.

    """
    units = [f"ensaio-{number}" for number in range(1, min(len(_UNITS), max(1, clerks // 2)) + 1)]
    people = [
        Clerk(
            f"atendente-{number}",
            secrets.token_urlsafe(12),
            (units[number % len(units)], units[(number + 1) % len(units)]),
        )
        for number in range(clerks)
    ]
    with tempfile.TemporaryDirectory(prefix="balcao-") as folder:
        environment = _environment(Path(folder))
        site = Path(folder) / "tribunal.json"
        site.write_text(json.dumps(_site(name, ring_s, units, people)), encoding="utf-8")
        await _tell(environment, "units", "import", str(site))
        passwords = "".join(f"{clerk.password}\n" for clerk in people)
        if people:
            await _tell(
                environment, "staff", "add", *(clerk.login for clerk in people), "--password-stdin", said=passwords
            )
        async with _serving(environment, _free_port()) as url:
            yield OwnCourt(url, units, people)


def _site(name: str, ring_s: int, units: Sequence[str], clerks: Sequence[Clerk]) -> Mapping[str, Any]:
    """The file that `balcao units import` reads."""
    week = {day: ["00:00-24:00"] for day in _DAYS}
    return {
        "court": {"id": "ensaio", "name": name},
        "units": [
            {
                "id": unit,
                "name": f"{_UNITS[number]} (ensaio)",
                "comarca": "Ensaio",
                "letters": f"EN{number + 1}",
                "phone": "(65) 0000-0000",
                "email": f"{unit}@tribunal.example",
                "hours": {"zone": "America/Cuiaba", "week": week},
                "policy": {"ring_s": ring_s},
            }
            for number, unit in enumerate(units)
        ],
        "staff": [
            {
                "login": clerk.login,
                "name": _NAMES[number % len(_NAMES)],
                "function": "analista",
                "units": sorted(set(clerk.units)),
                "attends": True,
                "supervises": False,
            }
            for number, clerk in enumerate(clerks)
        ],
    }


def _environment(folder: Path) -> Mapping[str, str]:
    """This process's own, without the site's settings: an own court shares nothing with a real one."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(PREFIX)}
    # Everybody comes from one address here.
    limits = ("JOINS_PER_NETWORK", "SIGN_INS_PER_NETWORK")
    return {
        **kept,
        f"{PREFIX}DATA_DIR": str(folder / "data"),
        f"{PREFIX}LOG_LEVEL": "warning",
        **{f"{PREFIX}{limit}": "1000000" for limit in limits},
    }


async def _tell(environment: Mapping[str, str], *words: str, said: str = "") -> None:
    """Run one command of our own command line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "signaling", *words, env=environment, stdin=PIPE, stdout=PIPE, stderr=STDOUT
    )  # fmt: skip
    output, _ = await process.communicate(said.encode())
    if process.returncode:
        raise StartupError(f"O tribunal de ensaio não pôde ser preparado: {output.decode().strip()}")


@asynccontextmanager
async def _serving(environment: Mapping[str, str], port: int) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "signaling", "serve", "--port", str(port), env=environment, start_new_session=True
    )
    url = f"http://127.0.0.1:{port}"
    try:
        async with aiohttp.ClientSession() as http:
            while not await _ready(http, url):
                if process.returncode is not None:
                    raise StartupError("O tribunal de ensaio não pôde ser aberto.")
                await asyncio.sleep(_LOOK_EVERY_S)
        yield url
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)  # at once: nobody is to be sent to another server
        await process.wait()


async def _ready(http: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with http.get(f"{url}/readyz") as response:
            return response.ok
    except aiohttp.ClientError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
