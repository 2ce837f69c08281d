"""People who come, are called and are served, one after the other, whatever happens to the servers meanwhile."""

import asyncio
from dataclasses import dataclass, field
from random import Random

import aiohttp

from rooms.model.attendant import Status
from rooms.model.call import Outcome
from rooms.model.events import Event
from rooms.model.ticket import Media
from rooms.ports import Session
from rooms.redis.store import RedisStore
from signaling.auth.capability import LIFE_S, Cookie, key_of, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import Namespace
from signaling.protocol.signals import Chat
from tests.bench.court import COURT, UNITS, attendant_of
from tests.bench.lines import Lines
from tests.chaos.keeper import Keeper, Noticed
from tests.chaos.site import LOOK_S
from tests.server.harness import form

UNIT = UNITS[-2]
"""Nobody else waits here, or at the next, which its attendants serve too."""
CLERKS = tuple(attendant_of(UNIT, place) for place in range(3))
LINE = 8
"""So many come at first; then another for each that was served."""
TALKS_S = 0.5
"""Longer than a conversation needs, so that the machine is not the counter's only concern."""


@dataclass
class Visits:
    """What goes on at that unit, until `over` is set and its line has been served."""

    pages: Lines
    url: str
    store: RedisStore
    noticed: list[Noticed]
    over: asyncio.Event
    tickets: set[str] = field(default_factory=set)
    served: int = 0
    _coming: int = LINE
    _came: int = 0

    async def go_on(self) -> None:
        """Until it is over, and everybody who came has been served."""
        async with asyncio.TaskGroup() as tasks:
            for clerk in CLERKS:
                tasks.create_task(self._attend(clerk))
            for _ in range(LINE):
                tasks.create_task(self._come_again())

    def is_its(self, event: Event) -> bool:
        """It happened to somebody here."""
        return event.ticket in self.tickets or event.attendant in CLERKS

    async def _come_again(self) -> None:
        while not self.over.is_set():
            await self._come()
        self._coming -= 1

    async def _come(self) -> None:
        """One visit, from the first request to the end of the conversation."""
        self._came += 1
        chance = Random(f"visit {self._came}")  # noqa: S311 - the same moments again, not a secret
        person = Keeper(self.pages, Namespace.VISITOR, await self._session(), self.noticed, chance)
        await person.come()
        keeping = asyncio.create_task(person.keep())
        try:
            person.ticket = (await person.do(form(UNIT)))["ticket"]
            self.tickets.add(person.ticket)
            await person.until(lambda one: one.view and one.view["ticket"] and one.view["ticket"]["ring"])
            call = person.view["ticket"]["ring"]["call"]
            await person.do(say.RingSeen(call=call))
            await person.do(say.Enter(call=call, media=Media.VIDEO))
            await person.until(lambda one: one.view and one.view["ticket"] and one.view["ticket"]["end"])
            self.served += 1
        finally:
            keeping.cancel()
            await asyncio.wait({keeping})
        await person.page.line.socket.close()

    async def _session(self) -> dict[str, str]:
        """What a browser asks for first, of whatever server it meets."""
        name = Cookie.VISITOR.value
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
            while True:
                try:
                    async with client.post(f"{self.url}/api/v1/session", headers={"Origin": self.url}) as answer:
                        if answer.ok:
                            return {name: answer.cookies[name].value}
                        why = f"{answer.status} {await answer.text()}"
                except aiohttp.ClientError as error:
                    why = repr(error)
                self.noticed[-1].knocks(f"a session: {why}")
                await asyncio.sleep(LOOK_S)  # as the page: not at once

    async def _attend(self, clerk: str) -> None:
        """Call the next, say a word, bring it to its end; until nobody comes any more."""
        secret = new_secret()
        await self.store.sign_in(COURT, str(key_of(secret)), Session(clerk, "attendant"), LIFE_S[Cookie.ATTENDANT])
        cookies, chance = {Cookie.ATTENDANT.value: secret}, Random(clerk)  # noqa: S311 - the same
        desk = Keeper(self.pages, Namespace.ATTENDANT, cookies, self.noticed, chance)
        await desk.come()
        keeping = asyncio.create_task(desk.keep())
        try:
            await desk.do(say.SetStatus(status=Status.AVAILABLE, pause=None))
            while self._coming:
                answer = await desk.say(say.CallNext())
                if answer["ok"]:
                    await self._talk(desk, answer["result"]["call"])
                else:
                    assert answer["code"] == "nobody_waiting", answer
                    await asyncio.sleep(LOOK_S)  # somebody is on their way
        finally:
            keeping.cancel()
            await asyncio.wait({keeping})

    @staticmethod
    async def _talk(desk: Keeper, call: str) -> None:
        await desk.until(lambda one: one.view and one.view["call"] and one.view["call"]["state"] == "active")
        await desk.do(say.Signal(call=call, to=None, body=Chat(text="Bom dia.")))
        await asyncio.sleep(TALKS_S)  # the pace of the counter
        await desk.do(say.HangUp(call=call))
        await desk.do(say.Finish(call=call, outcome=Outcome.INFORMED))
