"""The rack: one Valkey on a real disk, two servers as processes, and the court they serve. All of it can be broken."""

import asyncio
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
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
from rooms.redis.records import Kept as Fields
from rooms.redis.records import event_from
from rooms.redis.store import RedisStore
from rooms.sql.directory import Site, SqlDirectory
from rooms.sql.engine import open_engine, upgrade
from signaling.settings import Settings
from tests.chaos.judge import Outage, Wrong, missing
from tests.houses import ALWAYS
from tests.stores import Valkey

ROOT = Path(__file__).parents[2]
COURT = CourtId("chaos")
UNITS = [UnitId(name) for name in ("civel", "familia", "fazenda")]
LETTERS = dict(zip(UNITS, ("CV", "FM", "FZ"), strict=True))
CLERKS = {
    AttendantId("ana"): UNITS[:1],
    AttendantId("bruno"): UNITS[:2],
    AttendantId("carla"): UNITS[1:],
    AttendantId("davi"): UNITS[2:],
}
SUPERVISOR = AttendantId("sofia")
MOVES_WITHIN_S, OFF_S = 30, 600
"""A clock that is nearer than that to where it should be, was read on a busy machine."""


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

    @property
    def runs(self) -> bool:
        """It listens."""
        return bool(self.url) and self.process is not None and self.process.returncode is None

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
    site: Site
    shift_s: int = 0
    events: list[Event] = field(default_factory=list)
    trimmed: set[EntryId] = field(default_factory=set)
    """Those of them that are not in the stream any more."""
    cut: list[Event] = field(default_factory=list)
    """What a disk has lost;"""
    unsaid: set[str] = field(default_factory=set)
    """and, by their ids, the words in calls that went with it."""
    joined: dict[str, str] = field(default_factory=dict)
    """Every ticket that somebody was given, with its number."""
    ran_out: set[str] = field(default_factory=set)
    """Deadlines whose time was made to pass."""
    outages: list[Outage] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    """What was found wrong on the way."""

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

    def acknowledge(self, answer: Mapping[str, Any]) -> None:
        """Somebody was given a ticket, if they were."""
        if answer["ok"]:
            self.joined[answer["result"]["ticket"]] = answer["result"]["number"]

    def set_shift(self, shift_s: int) -> None:
        """The store's clock is so far from the true one.

        Raises:
            AssertionError: it does not move.

        """
        (self.folder / "shift.new").write_text(f"{shift_s:+d}\n", encoding="ascii")
        (self.folder / "shift.new").replace(self.folder / "shift")  # never half written: it is read at every look
        end = time.monotonic() + MOVES_WITHIN_S
        while abs(self.admin.time()[0] - time.time() - shift_s) > OFF_S:
            assert time.monotonic() < end, "the store's clock does not move: is libfaketime at work?"
        self.shift_s = shift_s

    def pass_time(self, seconds: int, asleep: Sequence[str]) -> None:
        """Time has passed in which the servers worked and everybody renewed, but for these leases."""
        self.admin.eval(PASSES, 1, f"{{{COURT}}}", seconds * 1000, *asleep)

    def runs_out(self, deadline: str) -> None:
        """Its time is over just now, if it is one: long ago would mean that the sweeps passed it over."""
        if self.admin.zscore(self.key("deadlines"), deadline) is not None:
            self.ran_out.add(deadline)
            self.admin.zadd(self.key("deadlines"), {deadline: self.now_ms()}, xx=True)

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
        with self._telling:
            self._read_events()
            if self.events:
                self.trimmed = {event.id for event in self.events}
                milliseconds, sequence = _position(self.events[-1].id)
                self.admin.xtrim(self.key("events"), minid=f"{milliseconds}-{sequence + 1}", approximate=False)
        self.admin.xtrim(self.key("signals"), maxlen=0, approximate=False)

    def now_ms(self) -> int:
        """Court time."""
        seconds, microseconds = self.admin.time()
        return seconds * 1000 + microseconds // 1000 + int(self.admin.get(self.key("clock")) or 0)

    def last_n(self) -> int:
        """The number of the last event."""
        self.read_events()
        return self.events[-1].n if self.events else 0

    # ------------------------------------------------------------------------------------------------ the store's end

    def restart_store(self, cut_bytes: int = 0) -> bool:
        """It dies as by `kill -9`, and comes back; answers whether it has lost anything.

        Of what it told or acknowledged nothing may be missing on its disk. Only then is the end of its append-only file
        cut off, and only what was in that is excused.
        """
        with self._telling:  # before it dies: whoever reads then waits with it
            self.valkey.kill()
            kept = self._on_disk()
            self.wrong += missing(self.events, self.trimmed, kept.events, self._acknowledged())
            lost = cut_bytes > 0 and self._cut(kept, cut_bytes)
            self.valkey.start()
        return lost

    def _cut(self, kept: "Kept", size: int) -> bool:
        file = max((self.valkey.folder / "appendonlydir").glob("*.incr.aof"), key=lambda path: path.stat().st_mtime)
        os.truncate(file, file.stat().st_size - min(size, file.stat().st_size // 4))
        left = self._on_disk()
        known = {event.id: event for event in (*self.events, *kept.events)}
        lost = [event for event in known.values() if event.n > left.n]
        unsaid = kept.words - left.words
        self.cut += lost
        self.unsaid |= unsaid
        self.events = [event for event in self.events if event.n <= left.n]
        return bool(lost or unsaid)

    def check_whole(self) -> None:
        """Nothing that the store told or acknowledged, and that no disk has lost, is missing in it."""
        with self._telling:
            self._read_events()
            there = [_event(entry, fields) for entry, fields in self.admin.xrange(self.key("events"))]
            self.wrong += missing(self.events, self.trimmed, there, self._acknowledged())

    def _acknowledged(self) -> dict[str, str]:
        gone = {event.ticket for event in self.cut}
        return {ticket: number for ticket, number in self.joined.items() if ticket not in gone}

    def _on_disk(self) -> "Kept":
        """What the store would come back with: asked of a copy, which nobody else knows of."""
        with TemporaryDirectory(prefix="bv-kept-") as folder:
            shutil.copytree(self.valkey.folder / "appendonlydir", Path(folder) / "appendonlydir")
            copy = Valkey(Path(folder), durable=True, fsync="no", environment=self.valkey.environment)
            copy.start()
            try:
                with Redis.from_url(copy.url, decode_responses=True, protocol=2) as store:
                    events = tuple(_event(entry, fields) for entry, fields in store.xrange(self.key("events")))
                    calls = store.scan_iter(self.key("call:*"), _type="stream")
                    words = {entry for call in calls for entry, _ in store.xrange(call)}
                    return Kept(int(store.get(self.key("n")) or 0), events, words)
            finally:
                copy.kill()


@dataclass(frozen=True)
class Kept:
    """What a store has on disk: how many events it has told, those not trimmed, the ids of what was said in calls."""

    n: int
    events: tuple[Event, ...]
    words: set[str]


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
    return event_from(EntryId(entry), Fields(fields))


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
        directory = site(UNITS, clerks, policy or Policy())
        await SqlDirectory(engine).put(directory)
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
        yield Town(folder, valkey, nodes, admin, client, RedisStore(client), log, directory)


def _moved_by(shift: Path) -> dict[str, str]:
    """The environment in which a process's clock is off by what the file says, read each time it looks."""
    return {
        "LD_PRELOAD": str(faketime()),
        "FAKETIME_TIMESTAMP_FILE": str(shift),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def faketime() -> Path:
    """Debian's library by which a process's clock is moved, of this machine's kind.

    Raises:
        AssertionError: it is not installed.

    """
    found = sorted(Path("/usr/lib").glob(f"{platform.machine()}-linux-gnu*/faketime/libfaketime.so.1"))
    assert found, "the store's clock cannot be moved: `apt-get install faketime`, or `make test`, which does it"
    return found[0]
