"""People on plain sockets who behave as our pages do.

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

from rooms.ids import AttendantId
from rooms.model.attendant import PauseReason, Status
from rooms.model.call import Outcome
from rooms.model.ticket import CancelReason, Media, Tier
from rooms.ports import Session
from signaling.auth.capability import LIFE_S, Cookie, key_of, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import EventName, Namespace
from signaling.protocol.signals import Chat
from tests.bench.lines import Line, Lines, TurnedAwayError
from tests.chaos.judge import said_otherwise, said_twice
from tests.chaos.town import COURT, SUPERVISOR, UNITS, Town
from tests.server.harness import form

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
                with contextlib.suppress(TurnedAwayError, aiohttp.ClientError, TimeoutError, OSError):
                    async with asyncio.timeout(ANSWER_S):
                        line = await self._line_to(url, self._hear)
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


class Visitor(Page):
    """Somebody who takes tickets, is attentive to the ring, and enters."""

    _answering = False

    @classmethod
    def new(cls, town: Town, lines: Lines, name: str, chance: Random) -> "Visitor":
        return cls(town, lines, Namespace.VISITOR, (Cookie.VISITOR.value, new_secret()), name, chance)

    @property
    def ticket(self) -> dict[str, Any] | None:
        """The live ticket as its view shows it."""
        ticket = self.view["ticket"] if self.view else None
        return ticket if ticket is not None and ticket["end"] is None else None

    @property
    def holder(self) -> str:
        return key_of(self.cookie[1]) or ""

    def seen(self) -> None:
        ticket = self.ticket
        ring, call = (ticket["ring"], ticket["call"]) if ticket else (None, None)
        if ring is not None:
            self.enters(ring["call"])
            if not self._answering:  # again, where a store came back older than the answer
                self._answering = True
                self._do(self._answers(ring["call"]))
        elif call is not None:
            self.enters(call["call"])

    async def _answers(self, call: str) -> None:
        try:
            await self.say(say.RingSeen(call=call))
            await self.say(say.Enter(call=call, media=Media.VIDEO))
        finally:
            self._answering = False

    async def joins(self, unit: str, tier: Tier, *, twice: bool = False) -> None:
        await self.say(form(unit, self.name, tier), twice=twice)

    def otherwise(self) -> tuple[Any, Any] | None:
        """Two commands of one kind that it may say now, either of them."""
        if self.ticket is not None or self.asleep or self.view is None:
            return None
        return form(UNITS[0], self.name), form(UNITS[1], self.name)

    async def leaves(self) -> None:
        if self.ticket is not None:
            await self.say(say.Leave(rev=self.ticket["rev"]))

    async def hangs_up(self) -> None:
        if self.ticket is not None and self.ticket["call"] is not None:
            await self.say(say.HangUp(call=self.ticket["call"]["call"]))


class Clerk(Page):
    """Somebody at a desk who does whatever their view asks for next."""

    attendant: AttendantId

    @classmethod
    async def new(cls, town: Town, lines: Lines, attendant: AttendantId, chance: Random) -> "Clerk":
        cookie = await signed_in(town, attendant, Cookie.ATTENDANT)
        page = cls(town, lines, Namespace.ATTENDANT, cookie, attendant, chance)
        page.attendant = attendant
        return page

    def seen(self) -> None:
        call = self.view["call"]
        if self.view["elsewhere"]:
            self.enters("")  # what is said is for the page that holds the desk
        elif call is not None and call["state"] != "ended":
            self.enters(call["call"])

    async def works(self, *, twice: bool = False, hang_up: bool = True) -> None:
        """The next thing to do at this desk."""
        view = self.view
        if view is None:
            return
        if view["elsewhere"]:
            await self.say(say.TakeOver())
        elif view["activity"] == "wrap_up" and view["call"] is None:
            await self.town.run(self.town.runs_out, f"wrap_up:{self.attendant}")
        elif view["activity"] == "wrap_up":
            await self.say(say.Finish(call=view["call"]["call"], outcome=Outcome.INFORMED), twice=twice)
        elif view["activity"] == "in_call" and hang_up:
            await self.say(say.HangUp(call=view["call"]["call"]), twice=twice)
        elif view["activity"] == "idle" and view["status"] != "available":
            await self.say(say.SetStatus(status=Status.AVAILABLE, pause=None))
        elif view["activity"] == "idle":
            await self.say(say.CallNext(), twice=twice)

    def otherwise(self) -> tuple[Any, Any] | None:
        """Two commands of one kind that it may say now, either of them."""
        view = self.view
        if view is None or view["elsewhere"]:
            return None
        match view["activity"], view["call"] and view["call"]["call"]:
            case "in_call", call:
                words = [Chat(text=text) for text in ("a primeira palavra", "outra palavra")]
                return say.Signal(call=call, to=None, body=words[0]), say.Signal(call=call, to=None, body=words[1])
            case "wrap_up", str(call):
                return say.Finish(call=call, outcome=Outcome.INFORMED), say.Finish(call=call, outcome=Outcome.FORWARDED)
            case "idle", _:
                paused = [
                    say.SetStatus(status=Status.PAUSED, pause=why) for why in (PauseReason.LUNCH, PauseReason.MEETING)
                ]
                return paused[0], paused[1]
        return None

    async def cancels(self) -> None:
        if self.view and self.view["activity"] == "calling":
            await self.say(say.CancelCall(call=self.view["call"]["call"], reason=CancelReason.MISTAKE))

    async def chats(self, text: str) -> None:
        if self.view and self.view["activity"] == "in_call":
            await self.say(say.Signal(call=self.view["call"]["call"], to=None, body=Chat(text=text)))


class Board(Page):
    """A supervisor who looks."""

    @classmethod
    async def new(cls, town: Town, lines: Lines, chance: Random) -> "Board":
        cookie = await signed_in(town, SUPERVISOR, Cookie.SUPERVISOR)
        return cls(town, lines, Namespace.SUPERVISOR, cookie, "sofia", chance)


async def signed_in(town: Town, who: AttendantId, cookie: Cookie) -> tuple[str, str]:
    """A session without a password: that is not what is tried here."""
    secret = new_secret()
    role = "attendant" if cookie is Cookie.ATTENDANT else "supervisor"
    await town.store.sign_in(COURT, key_of(secret) or "", Session(who, role), LIFE_S[cookie])
    return cookie.value, secret


def _as_of(view: Any) -> tuple[int, int]:
    return view["as_of"]["epoch"], view["as_of"]["n"]


def _id(entry: str) -> tuple[int, int]:
    milliseconds, _, sequence = entry.partition("-")
    return int(milliseconds), int(sequence)
