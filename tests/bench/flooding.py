"""Somebody who floods, as a process of their own: `python -m tests.bench.flooding WHAT URL REDIS_URL`.

`joins`: pages of one network, each a browser of its own, ask for ticket after ticket. `messages`: pages of one browser
say something as often as the network takes it. `words`: a clerk says the longest that may be said to somebody in a
call. None waits for an answer before going on. It says on its standard output that it is ready, floods from the first
line of its standard input to its end, and prints as JSON how often it was answered what.
"""

import asyncio
import json
import os
import secrets
import sys
from collections import Counter
from contextlib import suppress
from typing import Any

import aiohttp

from rooms.redis.client import Client
from rooms.redis.store import RedisStore
from signaling.auth.capability import Cookie, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import EventName, Namespace
from tests.bench.court import UNITS, few_at_once, hello
from tests.bench.lines import Line, Lines, lines
from tests.bench.talking import talk_in
from tests.server.harness import form

JOINS, MESSAGES, WORDS = "joins", "messages", "words"
FROM = "127.0.1.1"
"""Another network than everybody else's: its limit is its own."""
BROWSERS, PAGES = 150, 30
"""Of the network, which may have 120 tickets; of the browser."""
NICE = 10
"""Whoever floods has a machine of their own; on this one the server and the others come first."""


async def goes_on(line: Line, command: Any) -> None:
    """Say it for as long as the network takes it."""
    with suppress(ConnectionError, aiohttp.ClientError):
        while True:
            await line.tell(EventName.COMMAND.value, {"id": secrets.token_hex(8), "command": command})
            await asyncio.sleep(0)


async def loud_lines(what: str, pages: Lines, redis_url: str) -> tuple[list[Line], Any]:
    """Who floods, and what they say."""
    if what == WORDS:
        client = Client(redis_url)
        talk = await talk_in(UNITS[0], pages, RedisStore(client))
        await client.close()
        return [talk.clerk.line], talk.word
    one = new_secret()

    async def page(number: int) -> Line:
        cookies = {Cookie.VISITOR.value: one if what == MESSAGES else new_secret()}
        return await pages.open(Namespace.VISITOR.value, {**hello(), "opened": number == 0}, cookies)

    if what == MESSAGES:
        return await few_at_once(page, range(PAGES)), say.Leave(rev=99)
    return await few_at_once(page, range(BROWSERS)), form(UNITS[1])


async def main(what: str, url: str, redis_url: str) -> None:
    os.nice(NICE)
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    answers = Counter[str]()

    def answered(answer: Any) -> None:
        answers["accepted" if answer["ok"] else answer["code"]] += 1

    async with lines(url, FROM) as pages:
        loud, command = await loud_lines(what, pages, redis_url)
        for line in loud:
            line.answered = answered
        print("ready", flush=True)
        await orders.readline()
        body = command.model_dump(mode="json")
        flooding = [asyncio.create_task(goes_on(line, body)) for line in loud]
        await orders.read()
        for task in flooding:
            task.cancel()
        answers["cut"] = sum(line.ended.is_set() for line in loud)
    print(json.dumps(answers), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
