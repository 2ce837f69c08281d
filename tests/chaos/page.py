"""Pages on plain sockets that behave as ours do.

They come back to any server that runs, repeat what was not answered under the same id, keep no view that is older than
the one they show, and ask for the replay of a call when their line was gone.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import aiohttp

from signaling.protocol import commands as say
from signaling.protocol.base import EventName, Namespace
from tests.bench.lines import Line, Lines, TurnedAwayError
from tests.chaos.judge import said_otherwise, said_twice
from tests.chaos.town import Town

PASSING = frozenset({"store_away", "starting", "too_many_messages"})
"""What a page repeats by itself."""
PAUSE_S = 0.2
"""Between two attempts of a page."""
ANSWER_S = 4.0
"""How long a page waits for an answer before it asks again."""
GIVES_UP_S = 180.0
"""Nobody is as patient; who has no answer by then is stuck, and the day has failed. Where four racks share two cores
with others, a minute may pass until two servers have read their modules.
"""


@dataclass(eq=False)
class Page:
    """One page that lives until the end of the day."""

    town: Town
    lines: Lines
    namespace: Namespace
    cookie: tuple[str, str]
    name: str
    chance: Random
    tab: str = field(default_factory=lambda: secrets.token_hex(8))
    view: Any = None
    asleep: bool = False
    call: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    """The entries of the call that it is in."""
    reconnects: int = 0
    url: str = ""
    """Of the server that it is connected to, or was."""
    saying: int = 0
    """What it has said and not yet been answered."""
    said_twice: int = 0
    """How often two copies were answered."""
    _line: Line | None = None
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _doing: set[asyncio.Task[Any]] = field(default_factory=set)
    _opened: bool = True
    _held: list[dict[str, Any]] | None = None
    """What is said while it has to ask for what was said before, or is going to; None: it asks for nothing."""
    _reading: asyncio.Task[None] | None = None

    # ------------------------------------------------------------------------------------------------------ its line

    async def live(self) -> None:
        """Connected as long as somebody listens; the owner cancels it."""
        while True:
            url = None if self.asleep else self.town.somewhere(self.chance)
            if url is not None:
                self._hold()
                cookie = self.cookie
                with contextlib.suppress(TurnedAwayError, aiohttp.ClientError, TimeoutError, OSError):
                    async with asyncio.timeout(ANSWER_S):
                        line = await self._line_to(url, self._hear)
                    if self.cookie != cookie:  # it is another device's meanwhile, which has not come yet
                        line.abort()
                        continue
                    self._opened, self._line, self.url = False, line, url
                    self.reconnects += 1
                    await self._tell()
                    self._read()
                    await line.ended.wait()
                    self._line = None
                    await self._tell()
            await asyncio.sleep(PAUSE_S)  # the pace at which a page tries again

    async def _line_to(self, url: str, heard: Callable[[str, Any], None] | None = None) -> Line:
        """Connected to this server, as the page that it is."""
        hello = {"tab": self.tab, "opened": self._opened}
        return await self.lines.open(self.namespace.value, hello, dict([self.cookie]), heard=heard, url=url)

    def cut(self) -> bool:
        """The network between this page and its server is gone; False where none was there."""
        if self._line is None:
            return False
        self._line.abort()
        return True

    def lose(self) -> bool:
        """The same, and the server is not told: it has this page beside the one that comes instead."""
        if self._line is None:
            return False
        self._line.lose()
        return True

    def deaf(self) -> bool:
        """It reads nothing any more, and acknowledges nothing; the socket stays."""
        if self._line is None:
            return False
        self._line.stop_reading()
        return True

    @property
    def talks(self) -> bool:
        """It is in the call that it hears."""
        return False

    @property
    def connected(self) -> bool:
        return self._line is not None

    # --------------------------------------------------------------------------------------------- what it says

    async def say(self, command: Any, *, twice: bool = False, request: str | None = None) -> dict[str, Any]:
        """The answer, asked for again under the same id until there is one.

        `twice`: each time two copies are sent at once, the second by way of the other server where there is one.
        """
        self.saying += 1
        payload = {"id": request or secrets.token_hex(8), "command": command.model_dump(mode="json")}
        try:
            async with asyncio.timeout(GIVES_UP_S):
                while True:
                    told = await self._asks(payload, twice=twice)
                    if told and not any(answer.get("code") in PASSING for answer in told):
                        break
                    await asyncio.sleep(PAUSE_S)  # the pace at which a page tries again
        finally:
            self.saying -= 1
        self.town.wrong += said_twice(f"{self.name}, {command.type}", told)
        self.said_twice += len(told) > 1
        if command.type == "join":
            for answer in told:
                self.town.acknowledge(answer)
        return told[0]

    async def _asks(self, payload: Any, *, twice: bool) -> list[dict[str, Any]]:
        """What was answered to this and its copy; nothing where a line was lost over it."""
        if self._line is None:
            async with self._changed:
                await self._changed.wait_for(lambda: self._line is not None)
        first = second = self._line
        assert first is not None
        try:
            async with asyncio.timeout(ANSWER_S):
                elsewhere = [node.url for node in self.town.nodes if node.url not in {"", self.url}] if twice else []
                if elsewhere:
                    second = await self._line_to(elsewhere[0])
                copies = [first, second] if twice else [first]
                answers = await asyncio.gather(*(line.ask(EventName.COMMAND.value, payload) for line in copies))
        except (TimeoutError, OSError, TurnedAwayError, aiohttp.ClientError):
            return []
        finally:
            if second is not first:
                second.abort()
        return [answer for _, answer in answers]

    async def says_otherwise(self, first: Any, other: Any) -> bool:
        """The same id with another payload is refused, if the first was carried out; answers whether it was."""
        request = secrets.token_hex(8)
        one = await self.say(first, request=request)
        if not one["ok"]:
            return False
        two = await self.say(other, request=request)
        self.town.wrong += said_otherwise(f"{self.name}, {first.type}", one, two)
        return True

    # --------------------------------------------------------------------------------------------- what it hears

    def _hear(self, event: str, body: Any) -> None:
        if event == EventName.VIEW:
            if self.view is None or _as_of(body) >= _as_of(self.view):
                self.view = body
                self.seen()
        elif event == EventName.SIGNAL and body["call"] == self.call:
            if self._held is None:
                self._take(body)
            else:
                self._held.append(body)
        self._do(self._tell())

    def seen(self) -> None:
        """Another view is shown."""

    def _take(self, entry: dict[str, Any]) -> None:
        if not self.heard or _id(entry["id"]) > _id(self.heard[-1]["id"]):
            self.heard.append(entry)

    def _hold(self) -> None:
        """What is said waits from here on, until what was said before has been read."""
        self._held = [] if self._held is None else self._held

    def _read(self) -> None:
        """What was said meanwhile is asked for; a reading that is under way is replaced."""
        self._hold()
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._do(self._catch_up())

    async def _catch_up(self) -> None:
        more = bool(self.call)
        while more:
            after = self.heard[-1]["id"] if self.heard else None
            answer = await self.say(say.Replay(call=self.call, after=after))
            entries = answer["result"]["entries"] if answer["ok"] else []
            for entry in entries:
                self._take(entry)
            more = answer["ok"] and answer["result"]["more"]
        held, self._held = self._held or [], None
        for entry in held:
            self._take(entry)

    def enters(self, call: str) -> None:
        """It is in this call from now on; what was said before it knew is replayed."""
        if call != self.call:
            self.call, self.heard, self._held = call, [], None
            self._read()

    def _do(self, coroutine: Any) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)
        return task

    async def is_at_rest(self, within_s: float) -> bool:
        """Whether it does nothing by itself any more."""
        doing = set(self._doing)
        return not doing or not (await asyncio.wait(doing, timeout=within_s))[1]

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _as_of(view: Any) -> tuple[int, int]:
    return view["as_of"]["epoch"], view["as_of"]["n"]


def _id(entry: str) -> tuple[int, int]:
    milliseconds, _, sequence = entry.partition("-")
    return int(milliseconds), int(sequence)
