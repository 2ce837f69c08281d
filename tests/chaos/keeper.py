"""Somebody whose page does what ours do when a server asks them to move, and what they notice of it."""

import asyncio
import secrets
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Any, NamedTuple

import aiohttp

from signaling.protocol.base import EventName, Namespace
from tests.bench.court import Page, hello
from tests.bench.lines import Line, Lines, TurnedAwayError
from tests.chaos.page import ANSWER_S, PASSING
from tests.chaos.site import COMES_UP_WITHIN_S, LOOK_S

PATIENCE_S = 15.0
"""Until then a page asks again by itself (`web/src/transport/connection.ts`); then it tells the person."""
PAUSE_S = 1.0
"""Between two attempts of a page that was refused for the moment."""

MOVED = "moved when asked"
CUT_EARLY = "cut before its moment"
CUT = "cut without a word"
KNOCKED = "had to knock again"
ASKED = "asked again"
"""A command without an answer, said again under the same id: nobody sees it."""
PUT_OFF = "put off"
"""The same for a command that was refused for the moment."""
TOLD = "told that it did not work"
"""Of a command that the page gave up: people have to try again themselves."""


class Place(NamedTuple):
    """Where somebody stands."""

    number: str
    ahead: int | None
    """None: they do not wait any more."""


@dataclass
class Noticed:
    """What happened to all pages; while one server after the other is replaced, and then again."""

    counts: Counter[str] = field(default_factory=Counter)
    late_s: list[float] = field(default_factory=list)
    """From being asked to move to being connected again."""
    away_s: list[float] = field(default_factory=list)
    """From the end of the old line to the new one."""
    vain: list[str] = field(default_factory=list)
    """Why a connection came to nothing."""

    def knocks(self, why: str) -> None:
        """Somebody's page tries again, and says meanwhile that it is offline."""
        self.counts[KNOCKED] += 1
        self.vain.append(why)


@dataclass(eq=False)
class Keeper:
    """One page, connected as long as `keep` runs."""

    pages: Lines
    namespace: Namespace
    cookies: dict[str, str]
    noticed: list[Noticed]
    """The last one is of now."""
    chance: Random
    view: Any = None
    shown: set[Place | None] = field(default_factory=set)
    """Every place that its views have told of; None: of none."""
    ticket: str = ""
    page: Page = field(init=False)
    _tab: dict[str, Any] = field(default_factory=hello)
    _within_s: float = 0
    _ask: asyncio.Event = field(default_factory=asyncio.Event)
    _seen: asyncio.Condition = field(default_factory=asyncio.Condition)

    # ------------------------------------------------------------------------------------------------------ its line

    async def come(self, *, opened: bool = True) -> None:
        """Connected."""
        while True:
            self._ask, self.view = asyncio.Event(), None
            try:
                line = await self.pages.open(
                    self.namespace.value, {**self._tab, "opened": opened}, self.cookies, heard=self._heard
                )
            except (aiohttp.ClientError, ConnectionError, AssertionError, TurnedAwayError) as why:
                self.noticed[-1].knocks(f"{self.namespace.value}, {opened=}: {why!r}")
                await asyncio.sleep(LOOK_S)  # as the page: not at once
            else:
                self.page = Page(line)
                return

    async def keep(self) -> None:
        """Never returns: stay connected, as a page does."""
        while True:
            line = self.page.line
            watched = [asyncio.create_task(each.wait()) for each in (self._ask, line.ended)]
            try:
                await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
                if self._ask.is_set():
                    await self._move(line)
                else:
                    self.count(CUT)
                    await self.come(opened=False)
            finally:
                for each in watched:
                    each.cancel()

    async def _move(self, line: Line) -> None:
        heard_s, noticed = perf_counter(), self.noticed[-1]
        try:
            async with asyncio.timeout(self._within_s * self.chance.random()):
                await line.ended.wait()
        except TimeoutError:
            noticed.counts[MOVED] += 1
        else:
            noticed.counts[CUT_EARLY] += 1
        left_s = perf_counter()
        await line.socket.close()
        await self.come(opened=False)
        now_s = perf_counter()
        noticed.late_s.append(now_s - heard_s)
        noticed.away_s.append(now_s - left_s)

    def count(self, what: str) -> None:
        self.noticed[-1].counts[what] += 1

    # ----------------------------------------------------------------------------------------- what it says and sees

    async def say(self, command: Any) -> dict[str, Any]:
        """The answer, asked for again under the same id until there is one, as a page does."""
        request, began_s = secrets.token_hex(8), perf_counter()
        while True:
            await self.until(lambda one: not one.page.line.ended.is_set())
            try:
                async with asyncio.timeout(ANSWER_S):
                    _, answer = await self.page._say(command, request)
            except (ConnectionError, aiohttp.ClientError, TimeoutError):
                self.count(ASKED)
                continue
            if answer["ok"] or answer["code"] not in PASSING:
                break
            self.count(PUT_OFF)
            await asyncio.sleep(PAUSE_S)  # the pace at which a page tries again
        if perf_counter() - began_s > PATIENCE_S:
            self.count(TOLD)
        return answer

    async def do(self, command: Any) -> Any:
        """The same for a command that must be accepted; answers its result."""
        answer = await self.say(command)
        assert answer["ok"], answer
        return answer["result"]

    def _heard(self, event: str, body: Any) -> None:
        match event:
            case EventName.VIEW:
                self.view = body
                if self.namespace is Namespace.VISITOR:
                    self.shown.add(self.place)
            case EventName.MOVE:
                self._within_s = body["within_ms"] / 1000
                self._ask.set()
            case _:
                return
        self._woken = asyncio.ensure_future(self._wake())

    async def _wake(self) -> None:
        async with self._seen:
            self._seen.notify_all()

    @property
    def place(self) -> Place | None:
        """What the newest view tells of it."""
        ticket = self.view and self.view["ticket"]
        return Place(ticket["number"], ticket["ahead"]) if ticket else None

    async def until(self, true: Any) -> None:
        """Wait until what is seen is so; each connection begins with a view."""
        async with asyncio.timeout(COMES_UP_WITHIN_S), self._seen:
            await self._seen.wait_for(lambda: true(self))
