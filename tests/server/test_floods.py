"""Floods from one place: what is too much is refused in words, and everybody else is served meanwhile."""

import asyncio
import json
import re
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from redis.asyncio import Redis

from rooms.errors import Code
from rooms.model.call import Outcome
from signaling.auth.floods import BURST_S, Refusals
from signaling.protocol import commands as say
from signaling.protocol.base import MAX_MESSAGE_BYTES
from signaling.protocol.commands import ANSWER, Answer, Refused, WireCode
from signaling.protocol.signals import Description, Party
from tests.server.conftest import Crowd
from tests.server.harness import WITHIN_S, Attendant, Visitor, form, talk, world

ELSEWHERE = "familia-2-cuiaba"
"""Where those who flood want tickets; bystanders are served at another unit."""
LIMIT, MESSAGES_PER_S = 10, 20
STORE_MB, MB = 64, 2**20
SDP = "x" * 47_000
OTHERS = 3
"""Who come, are served and go while it lasts."""
ACCEPTED = "accepted"
_ANSWER = re.compile(r"43/visitor,(\d+)(.*)", re.DOTALL)


@dataclass
class Town:
    """A small store, one server, and who is at it."""

    crowd: Crowd
    store: Redis

    async def life(self, clerk: Attendant) -> None:
        """People who take a ticket, are called, talk and go; whatever else is on, nothing of it is refused."""
        for _ in range(OTHERS):
            visitor = await self.crowd.visitor()
            await visitor.join()
            call = await talk(visitor, clerk)
            await visitor.do(say.HangUp(call=call))
            await clerk.do(say.Finish(call=call, outcome=Outcome.INFORMED))

    async def amid(self, flood: Any, clerk: Attendant) -> Any:
        """What the flood was answered, with others' lives going on while it lasts."""
        async with asyncio.TaskGroup() as tasks:
            flooding = tasks.create_task(flood)
            tasks.create_task(self.life(clerk))
        return flooding.result()

    async def kept(self) -> int:
        """How many keys the store has."""
        return await self.store.dbsize()

    async def memory(self) -> int:
        """How many bytes it uses."""
        return (await self.store.info("memory"))["used_memory"]


@asynccontextmanager
async def town(**settings: Any) -> AsyncIterator[Town]:
    async with (
        world(
            trusted_proxies="127.0.0.0/8", joins_per_network=LIMIT, flood_messages=MESSAGES_PER_S, **settings
        ) as place,
        place.server() as server,
        Redis.from_url(place.store.url) as store,
    ):
        await store.config_set("maxmemory", STORE_MB * MB)
        crowd = Crowd(server)
        yield Town(crowd, store)
        await crowd.leave()


@dataclass
class Loud:
    """A page that says all it has to say at once, and listens afterwards."""

    socket: aiohttp.ClientWebSocketResponse

    async def says(self, commands: Sequence[Any]) -> list[Answer]:
        """What each was answered."""
        for number, command in enumerate(commands):
            said = {"id": secrets.token_hex(8), "command": command.model_dump(mode="json")}
            await self.socket.send_str(f'42/visitor,{number}["command",{json.dumps(said)}]')
        answers: dict[str, Answer] = {}
        async with asyncio.timeout(2 * WITHIN_S):
            while len(answers) < len(commands):
                if answered := _ANSWER.fullmatch(await self.socket.receive_str()):
                    answers[answered[1]] = ANSWER.validate_json(json.dumps(json.loads(answered[2])[0]))
        return list(answers.values())


@asynccontextmanager
async def loud(person: Visitor, address: str, pages: int) -> AsyncIterator[list[Loud]]:
    """Pages of one browser, from that address as our proxy tells it."""
    headers = {
        "Origin": person.server.url,
        "Cookie": "; ".join(f"{name}={value}" for name, value in person.cookies.items()),
        "X-Forwarded-For": address,
    }
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(aiohttp.ClientSession())
        opened = []
        for _ in range(pages):
            url = f"{person.server.url}/socket.io/?EIO=4&transport=websocket"
            socket = await stack.enter_async_context(client.ws_connect(url, headers=headers))
            await socket.receive_str()
            await socket.send_str(f'40/visitor,{{"tab":"{secrets.token_hex(8)}","opened":true}}')
            assert (await socket.receive_str()).startswith("40/visitor,")
            opened.append(Loud(socket))
        yield opened


def codes(answers: Sequence[Answer]) -> Counter[str]:
    """How often each was said."""
    return Counter(answer.code if isinstance(answer, Refused) else ACCEPTED for answer in answers)


async def at_once(pages: Sequence[Loud], commands: Sequence[Any]) -> Counter[str]:
    """What all of them were answered who said the same."""
    said = await asyncio.gather(*(page.says(commands) for page in pages))
    return codes([answer for answers in said for answer in answers])


@pytest.fixture
def kept_back(monkeypatch) -> set[str]:
    """Whose refusals are kept back, though it be for no time at all."""
    whose: set[str] = set()
    waits = Refusals.wait_s

    def seen(refusals: Refusals, who: str, now_s: float) -> float:
        whose.add(who)
        return waits(refusals, who, now_s)

    monkeypatch.setattr(Refusals, "wait_s", seen)
    return whose


async def browser(crowd: Crowd) -> Visitor:
    visitor = crowd.add(Visitor(crowd.server))
    await visitor.request("POST", "session")
    return visitor


async def test_one_network_gets_as_many_tickets_as_it_may_however_often_it_asks(kept_back):
    browsers, asks = LIMIT + 6, 6
    async with town() as place, AsyncExitStack() as stack:
        clerk = await (await place.crowd.attendant()).available()
        pages = []
        for number in range(browsers):
            person = await browser(place.crowd)
            pages += await stack.enter_async_context(loud(person, f"203.0.113.{number}", 1))
        answers = await place.amid(at_once(pages, [form(ELSEWHERE)] * asks), clerk)
        assert answers == {
            ACCEPTED: LIMIT,
            Code.TICKET_EXISTS: LIMIT * (asks - 1),
            Code.TOO_MANY_JOINS: (browsers - LIMIT) * asks,
        }
        assert len(kept_back) == 1, "they are one network, and nobody else was refused"
        kept = await place.kept()
        again = await at_once(pages, [form(ELSEWHERE)])
        assert again == {Code.TICKET_EXISTS: LIMIT, Code.TOO_MANY_JOINS: browsers - LIMIT}
        assert await place.kept() == kept, "a refusal leaves nothing"


async def test_one_browser_is_heard_as_often_as_it_may_speak_on_however_many_pages(kept_back):
    pages, asks = 3, 35
    async with town() as place:
        clerk = await (await place.crowd.attendant()).available()
        async with loud(await browser(place.crowd), "203.0.113.1", pages) as opened:
            kept, began_s = await place.kept(), time.monotonic()
            answers = await at_once(opened, [say.Leave(rev=1)] * asks)
            most = MESSAGES_PER_S * (BURST_S + time.monotonic() - began_s)
            assert answers.keys() == {Code.TICKET_UNKNOWN, WireCode.TOO_MANY_MESSAGES}
            assert answers.total() == pages * asks, "each is answered"
            assert answers[Code.TICKET_UNKNOWN] <= most
            assert len(kept_back) == 2, "the browser, and its network for what the counter refused"
            assert await place.kept() == kept, "a refusal leaves nothing"
            await place.amid(at_once(opened, [say.Leave(rev=1)] * asks), clerk)


async def test_long_words_are_refused_by_their_size_by_their_sum_and_by_what_their_call_has_said():
    async with town() as place:
        visitor, loud_one = await place.crowd.visitor(), await (await place.crowd.attendant("bruno")).available()
        await visitor.join()
        call = await talk(visitor, loud_one)
        clerk = await (await place.crowd.attendant()).available()
        huge = {"id": "huge-one", "command": {"type": "leave", "rev": "x" * MAX_MESSAGE_BYTES}}
        refused = await loud_one.send(huge)
        assert isinstance(refused, Refused)
        assert refused.code is WireCode.TOO_LARGE
        answers = await place.amid(words(loud_one, call, 20), clerk)
        assert answers.keys() == {ACCEPTED, WireCode.TOO_MANY_MESSAGES}
        await visitor.until_said("description")

    async with town(flood_bytes=2**22) as place:
        visitor, loud_one = await place.crowd.visitor(), await (await place.crowd.attendant("bruno")).available()
        await visitor.join()
        call = await talk(visitor, loud_one)
        clerk = await (await place.crowd.attendant()).available()
        before = await place.memory()
        answers = await place.amid(words(loud_one, call, 50), clerk)
        assert answers.keys() == {ACCEPTED, Code.CALL_LOG_FULL}
        assert answers[ACCEPTED] * len(SDP) <= 2 * MB, "what one call may say"
        assert await place.memory() - before < 8 * MB, "of it, and as much in the court's stream"


async def words(clerk: Attendant, call: str, count: int) -> Counter[str]:
    """What a clerk was answered who said so many long words at once."""
    offer = Description(number=1, kind="offer", sdp=SDP)
    said = [clerk.ask(say.Signal(call=call, to=Party.VISITOR, body=offer)) for _ in range(count)]
    return codes(await asyncio.gather(*said))
