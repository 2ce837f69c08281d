"""A court of fifty units, its server as a process (`python -m tests.bench.court FOLDER REDIS_URL`), and its people."""

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from rooms.errors import Code
from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.attendant import Staff, Status
from rooms.model.unit import Court, Unit
from rooms.ports import Session, Store
from rooms.sql.directory import Site, SqlDirectory
from rooms.sql.engine import open_engine, upgrade
from signaling.app import running
from signaling.auth.capability import LIFE_S, Cookie, key_of, new_secret
from signaling.garbage import collect_seldom
from signaling.logs import configure_logs
from signaling.loop import run
from signaling.protocol import commands as say
from signaling.protocol.base import EventName, Namespace
from signaling.settings import LogFormat, LogLevel, Settings
from tests.bench.lines import Line, Lines
from tests.bench.processes import allow_sockets, tell
from tests.houses import ALWAYS
from tests.server.harness import built, form

COURT = CourtId("bench")
UNITS = [UnitId(f"unit-{number:02d}") for number in range(50)]
ATTENDANTS_EACH = 8
AT_ONCE = 16
"""People who connect or act at the same time where nothing is measured: half of the store's connections."""
PATIENCE = 20
"""How often a command is said; each refusal takes the store's half second."""

T = TypeVar("T")
R = TypeVar("R")


def site() -> Site:
    """Fifty units that are always open; eight attendants each, who also serve the next unit."""
    units = tuple(
        Unit(unit, f"Vara {unit}", "Cuiabá", f"V{number:02d}", "(65) 3617-0000", "vara@tribunal.example", ALWAYS)
        for number, unit in enumerate(UNITS)
    )
    staff = tuple(
        Staff(attendant_of(unit, place), "Ana Souza", "analista", (unit, after(unit)), attends=True, supervises=False)
        for unit in UNITS
        for place in range(ATTENDANTS_EACH)
    )
    return Site(Court(COURT, "Tribunal", None, None, None, ()), units, staff)


def attendant_of(unit: UnitId, place: int) -> AttendantId:
    return AttendantId(f"clerk-{place}-of-{unit}")


def after(unit: UnitId) -> UnitId:
    return UNITS[(UNITS.index(unit) + 1) % len(UNITS)]


async def serve(folder: Path, redis_url: str) -> None:
    settings = Settings(
        port=0,
        data_dir=folder,
        redis_url=redis_url,
        receipt_key="k" * 40,
        joins_allowed_networks="127.0.0.0/24",  # they all come from here, but for those who flood
        echo_places=0,  # a process of its own that takes a second to start
    )
    await upgrade(settings.sql_url)
    engine = open_engine(settings.sql_url)
    await SqlDirectory(engine).put(site())
    await engine.dispose()
    async with running(settings, static=built(folder)) as server:
        collect_seldom()
        told = asyncio.create_task(tell(server.url))
        await asyncio.wait({told, server.failed}, return_when=asyncio.FIRST_COMPLETED)


# ------------------------------------------------------------------------------------------------------ its people


@dataclass
class Page:
    """Somebody's line, with the court's commands; `ticket` is a visitor's."""

    line: Line
    ticket: str = ""

    async def timed(self, command: Any, request: str) -> tuple[float, Any]:
        """Say one command that is accepted; answers its seconds and its result.

        Raises:
            AssertionError: it was refused, so there is nothing to measure.

        """
        took_s, answer = await self._say(command, request)
        assert answer["ok"], answer
        return took_s, answer["result"]

    async def do(self, command: Any) -> Any:
        """The same where nothing is measured: repeated, as a page does, while a busy disk keeps the store away."""
        request = secrets.token_hex(8)
        for _ in range(PATIENCE):
            _, answer = await self._say(command, request)
            if answer["ok"] or answer["code"] != Code.STORE_AWAY:
                break
        assert answer["ok"], answer
        return answer["result"]

    async def _say(self, command: Any, request: str) -> tuple[float, Any]:
        # as pages do: what says its default is left out, for a server of the release before may not know it
        usual = {name for name, field in type(command).model_fields.items() if getattr(command, name) == field.default}
        said = command.model_dump(mode="json", exclude=usual - {"type"})
        return await self.line.ask(EventName.COMMAND.value, {"id": request, "command": said})


async def visitor_in(unit: UnitId, lines: Lines) -> Page:
    """Somebody who has just joined this unit's line."""
    page = Page(await lines.open(Namespace.VISITOR.value, hello(), {Cookie.VISITOR.value: new_secret()}))
    page.ticket = (await page.do(form(unit)))["ticket"]
    return page


async def attendant_at(attendant: AttendantId, lines: Lines, store: Store) -> Page:
    """Somebody at an open desk, available. Signed in without a password: four hundred would take a minute."""
    secret = new_secret()
    key = key_of(secret)
    assert key is not None
    await store.sign_in(COURT, key, Session(attendant, "attendant"), LIFE_S[Cookie.ATTENDANT])
    page = Page(await lines.open(Namespace.ATTENDANT.value, hello(), {Cookie.ATTENDANT.value: secret}))
    await page.do(say.SetStatus(status=Status.AVAILABLE, pause=None))
    return page


def hello() -> dict[str, Any]:
    return {"tab": secrets.token_hex(8), "opened": True}


async def few_at_once(act: Callable[[T], Awaitable[R]], these: Sequence[T]) -> list[R]:
    """`act` on each of them, a few at the same time; the results in their order."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(each: T) -> R:
        async with free:
            return await act(each)

    async with asyncio.TaskGroup() as tasks:
        acting = [tasks.create_task(one(each)) for each in these]
    return [task.result() for task in acting]


if __name__ == "__main__":
    configure_logs(LogLevel.WARNING, LogFormat.JSON)
    allow_sockets()
    run(serve(Path(sys.argv[1]), sys.argv[2]))
