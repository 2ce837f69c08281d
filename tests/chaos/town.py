"""The rack: one Valkey on a real disk, two servers as processes, and the court they serve. All of it can be broken."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import BusyLoadingError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from rooms.ids import AttendantId, CourtId, EntryId, UnitId
from rooms.model.attendant import Staff
from rooms.model.events import Event
from rooms.model.unit import Court, Policy, Unit
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from rooms.sql.directory import Site, SqlDirectory
from rooms.sql.engine import open_engine, upgrade
from signaling.settings import Settings
from tests.houses import ALWAYS
from tests.stores import Valkey

ROOT = Path(__file__).parents[2]
COURT = CourtId("chaos")
DAY = date(2000, 1, 1)
"""Counts of a day are not looked at."""
UNITS = [UnitId(name) for name in ("civel", "familia", "fazenda")]
LETTERS = dict(zip(UNITS, ("CV", "FM", "FZ"), strict=True))
CLERKS = {
    AttendantId("ana"): UNITS[:1],
    AttendantId("bruno"): UNITS[:2],
    AttendantId("carla"): UNITS[1:],
    AttendantId("davi"): UNITS[2:],
}
SUPERVISOR = AttendantId("sofia")
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
"""Debian's `libfaketime`: the store's own clock can be moved. Without it the court's clock key is moved instead."""


def site(units: Sequence[UnitId], clerks: Mapping[AttendantId, Sequence[UnitId]], policy: Policy) -> Site:
    counters = tuple(
        Unit(unit, f"Vara {unit}", "Cuiabá", LETTERS[unit], "(65) 3617-0000", "vara@tribunal.example", ALWAYS, policy)
        for unit in units
    )
    staff = tuple(
        Staff(clerk, clerk.title(), "analista", tuple(of), attends=True, supervises=False)
        for clerk, of in clerks.items()
    )
    sofia = Staff(SUPERVISOR, "Sofia", "supervisora", (), attends=False, supervises=True)
    return Site(Court(COURT, "Tribunal", None, None, None, ()), counters, (*staff, sofia))


@dataclass
class Node:
    """One server; what it logs is kept."""

    folder: Path
    redis_url: str
    log: Path
    url: str = ""
    process: asyncio.subprocess.Process | None = None
    _one_hand: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def _start(self) -> None:
        """It listens. Returns without a word where it cannot: the store may be away."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.chaos.node",
                str(self.folder),
                self.redis_url,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self.process.stdout is not None
        self.url = (await self.process.stdout.readline()).decode().strip()

    async def kill(self) -> None:
        """As `kill -9`; a restart under way comes to its end first, so that no process is forgotten."""
        async with self._one_hand:
            await self._kill()

    async def _kill(self) -> None:
        self.url = ""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
        if self.process is not None:
            await self.process.wait()

    async def restart(self) -> None:
        """It is killed, and listens again."""
        async with self._one_hand:
            await self._kill()
            while not self.url:
                await self._start()


@dataclass
class Town:
    """Everything there is, with the hands that break it."""

    folder: Path
    valkey: Valkey
    nodes: list[Node]
    admin: Redis
    client: Client
    store: RedisStore
    log: RedisLog
    shift_s: int = 0
    events: list[Event] = field(default_factory=list)
    trimmed: tuple[int, int] = (0, 0)
    """Events before this id have been read and are not in the stream any more."""
    cuts: int = 0
    """How often a disk has lost what it had."""
    cut: set[str] = field(default_factory=set)
    """Tickets that were acknowledged, and that a disk has lost."""
    joined: list[tuple[str, str]] = field(default_factory=list)
    """Every ticket that somebody was given, with its number."""
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """What people found wrong: a kind and a sentence each."""

    _telling: Lock = field(default_factory=Lock)

    @staticmethod
    async def run(act: Callable[..., Any], *arguments: Any) -> None:
        """A hand in the store, beside the day."""
        await asyncio.to_thread(act, *arguments)

    def key(self, name: str) -> str:
        return f"{{{COURT}}}:{name}"

    def somewhere(self, chance: Random) -> str | None:
        """The address of a server that runs, as a proxy would choose it."""
        alive = [node.url for node in self.nodes if node.url]
        return chance.choice(alive) if alive else None

    def set_shift(self, shift_s: int) -> str:
        """The store's clock is so far from the true one; answers by what means."""
        by_s, self.shift_s = shift_s - self.shift_s, shift_s
        if not FAKETIME.exists():
            self.admin.incrby(self.key("clock"), by_s * 1000)
            return "the court's clock"
        (self.folder / "shift").write_text(f"{shift_s:+d}\n", encoding="ascii")
        return "libfaketime"

    def pass_time(self, seconds: int, asleep: Sequence[str]) -> None:
        """Time has passed in which the servers worked and everybody renewed, but for these leases."""
        self.admin.eval(PASSES, 1, f"{{{COURT}}}", seconds * 1000, *asleep)

    def wrap_up_is_over(self, attendant: AttendantId) -> None:
        """Its time has passed: a clock two hours ahead takes the call's record away, and the outcome cannot be said."""
        self.admin.zadd(self.key("deadlines"), {f"wrap_up:{attendant}": 1}, xx=True)

    def grace_is_over(self) -> None:
        """The thirty seconds after an outage have passed."""
        self.admin.delete(self.key("grace"))

    def read_events(self) -> None:
        """Everything that happened since the last reading."""
        with self._telling:
            self._read_events()

    def _read_events(self) -> None:
        after = self.events[-1].id if self.events else EntryId("0-0")
        for entry, fields in self.admin.xrange(self.key("events"), f"({after}", "+"):
            self.events.append(_event(entry, fields))

    def trim(self) -> None:
        """The streams are emptied; events that nobody has read yet stay, since the story is to be told whole."""
        self.read_events()
        if self.events:
            milliseconds, sequence = _position(self.events[-1].id)
            self.trimmed = milliseconds, sequence + 1
            self.admin.xtrim(self.key("events"), minid=f"{milliseconds}-{sequence + 1}", approximate=False)
        self.admin.xtrim(self.key("signals"), maxlen=0, approximate=False)

    def see_what_was_cut(self) -> None:
        """The disk has lost the newest entries; people may have gone on since."""
        with self._telling:
            self.cuts += 1
            self._see_what_was_cut()

    def _see_what_was_cut(self) -> None:
        there = [entry for entry, _ in self.admin.xrange(self.key("events"))]
        first = _position(there[0]) if there else self.trimmed
        still = set(there)
        kept = [event for event in self.events if event.id in still or _position(event.id) < first]
        self.events = kept
        self._read_events()
        told = {event.ticket for event in self.events}
        self.cut |= {ticket for ticket, _ in self.joined if ticket not in told}


PASSES = """
local court, by_ms = KEYS[1], tonumber(ARGV[1])
local asleep = {}
for i = 2, #ARGV do asleep[ARGV[i]] = true end
redis.call("INCRBY", court .. ":clock", by_ms)
if redis.call("EXISTS", court .. ":swept") == 1 then redis.call("INCRBY", court .. ":swept", by_ms) end
local all = redis.call("ZRANGE", court .. ":deadlines", 0, -1, "WITHSCORES")
for i = 1, #all, 2 do
  if not asleep[all[i]] then redis.call("ZADD", court .. ":deadlines", all[i + 1] + by_ms, all[i]) end
end
"""


def _event(entry: str, fields: dict[str, str]) -> Event:
    from rooms.redis.records import Kept, event_from

    return event_from(EntryId(entry), Kept(fields))


def _position(entry: str) -> tuple[int, int]:
    milliseconds, _, sequence = entry.partition("-")
    return int(milliseconds), int(sequence)


@asynccontextmanager
async def town(
    clerks: Mapping[AttendantId, Sequence[UnitId]] = CLERKS, policy: Policy | None = None
) -> AsyncIterator[Town]:
    """Two servers that listen, on a durable store."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bv-chaos-")))
        (folder / "shift").write_text("+0\n", encoding="ascii")
        (folder / "v").mkdir()
        valkey = Valkey(folder / "v", durable=True, environment=_moved_by(folder / "shift"))
        valkey.start()
        stack.callback(valkey.kill)
        settings = Settings(data_dir=folder, redis_url=valkey.url)
        await upgrade(settings.sql_url)
        engine = open_engine(settings.sql_url)
        stack.push_async_callback(engine.dispose)
        await SqlDirectory(engine).put(site(UNITS, clerks, policy or Policy()))
        client = Client(valkey.url)
        stack.push_async_callback(client.close)
        patient = Retry(ConstantBackoff(0.1), 300, (RedisConnectionError, BusyLoadingError))
        admin = stack.enter_context(
            Redis.from_url(valkey.url, decode_responses=True, protocol=2, retry=patient, socket_timeout=60)
        )
        nodes = [Node(folder, valkey.url, folder / f"node-{number}.log") for number in range(2)]
        for node in nodes:
            stack.push_async_callback(node.kill)
        await asyncio.gather(*(node.restart() for node in nodes))
        log = RedisLog(client, lambda: BlockingReads(valkey.url, wait_ms=200))
        yield Town(folder, valkey, nodes, admin, client, RedisStore(client), log)


def _moved_by(shift: Path) -> dict[str, str]:
    """The environment in which a process's clock is off by what the file says, read each time it looks."""
    if not FAKETIME.exists():
        return {}
    return {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(shift),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
