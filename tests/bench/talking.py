"""A visitor and a clerk in a call, and a clerk who says more and more in it."""

import asyncio
import secrets
from dataclasses import dataclass
from typing import Any

from rooms.errors import Code
from rooms.ids import UnitId
from rooms.model.ticket import Media
from rooms.ports import Store
from signaling.auth.capability import Cookie, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import Namespace
from signaling.protocol.commands import WireCode
from signaling.protocol.signals import Description, Party
from tests.bench.court import Page, attendant_at, attendant_of, hello
from tests.bench.lines import Lines
from tests.server.harness import form

SDP = "x" * 47_000
"""As long as one may be; a message is 64 KB at most."""
AGAIN_S = 0.25
PASSING = frozenset({WireCode.TOO_MANY_MESSAGES, Code.STORE_AWAY})


@dataclass
class Talk:
    """Somebody in a call with a clerk."""

    visitor: Page
    clerk: Page
    cookies: dict[str, str]
    call: str
    said: int = 0
    is_full: bool = False

    @property
    def word(self) -> say.Signal:
        """What the clerk says."""
        return say.Signal(call=self.call, to=Party.VISITOR, body=Description(number=1, kind="offer", sdp=SDP))

    async def floods(self) -> None:
        """The clerk says as much as is let through, until the call's log is full."""
        while not self.is_full:
            await self.says()

    async def says(self) -> None:
        """The clerk says one word more, unless the call's log is full."""
        answer = await self._says()
        if answer["ok"]:
            self.said += 1
        elif answer["code"] == Code.CALL_LOG_FULL:
            self.is_full = True
        else:
            assert answer["code"] in PASSING, answer
            await asyncio.sleep(AGAIN_S)  # as long as it is told to wait, and less

    async def _says(self) -> Any:
        command = self.word.model_dump(mode="json")
        _, answer = await self.clerk.line.ask("command", {"id": secrets.token_hex(8), "command": command})
        return answer

    async def reads_it_all(self, pages: Lines) -> int:
        """The page comes back; how many of the clerk's words it can read."""
        page = Page(await pages.open(Namespace.VISITOR.value, {**hello(), "opened": False}, self.cookies))
        count, after, more = 0, None, True
        while more:
            part = await page.do(say.Replay(call=self.call, after=after))
            count += sum(entry["body"]["type"] == "description" for entry in part["entries"])
            after, more = part["entries"][-1]["id"], part["more"]
        return count


async def talk_in(unit: UnitId, pages: Lines, store: Store) -> Talk:
    cookies = {Cookie.VISITOR.value: new_secret()}
    visitor = Page(await pages.open(Namespace.VISITOR.value, hello(), cookies))
    await visitor.do(form(unit))
    clerk = await attendant_at(attendant_of(unit, 0), pages, store)
    call = (await clerk.do(say.CallNext()))["call"]
    await visitor.do(say.Enter(call=call, media=Media.VIDEO))
    return Talk(visitor, clerk, cookies, call)
