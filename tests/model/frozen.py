"""The real scripts on a real Valkey, with a clock that stands still until the machine moves it.

Nothing else of a script is touched: the one line that reads the store's own clock reads a key of the court instead. So
the model and the scripts live at the same millisecond, and both sides of every deadline can be tried.
"""

import asyncio

from redis.asyncio import Redis

from rooms.ids import CourtId
from rooms.redis.client import Client, _redis
from rooms.redis.script import load, verbs

CLOCK = 'redis.call("TIME")'
FROZEN = '(function() local ms = redis.call("GET", KEYS[1] .. ":frozen") return { 0, ms * 1000 } end)()'
PATIENCE_S = 60
"""A store on a busy machine is not away."""


def frozen(source: str) -> str:
    """The script with the court's frozen clock."""
    assert source.count(CLOCK) == 1
    return source.replace(CLOCK, FROZEN)


class Frozen(Client):
    """A client for the machine: every script is its frozen twin, nothing is late, many reads cost one."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._redis: Redis = _redis(url, PATIENCE_S, 1)
        self._twins: dict[str, str] = {}
        self._asked: list[tuple[tuple[str | int, ...], asyncio.Future[object]]] = []

    async def prepare(self) -> None:
        """Every script is known to the store."""
        for verb in verbs():
            script = load(verb)
            self._twins[script.sha] = await self._redis.script_load(frozen(script.source))

    async def call(self, *command: str | int) -> object:
        """The command's answer; it travels with all others that are asked in the same turn of the loop."""
        if command[0] == "EVALSHA":
            command = ("EVALSHA", self._twins[str(command[1])], *command[2:])
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self._asked.append((command, answer))
        if len(self._asked) == 1:
            await asyncio.sleep(0)
            await self._ask()
        return await answer

    async def _ask(self) -> None:
        asked, self._asked = self._asked, []
        pipe = self._redis.pipeline(transaction=False)
        for command, _ in asked:
            pipe.execute_command(*command)
        for (_, answer), found in zip(asked, await pipe.execute(raise_on_error=False), strict=True):
            if isinstance(found, Exception):
                answer.set_exception(found)
            else:
                answer.set_result(found)

    async def passes(self, court: CourtId, by_ms: int) -> None:
        """The store's own clock is later."""
        await self.call("INCRBY", f"{{{court}}}:frozen", by_ms)


class Loop:
    """An event loop that outlives the stories told on it; `run` is the machine's only `await`."""

    def __init__(self, url: str) -> None:
        self._runner = asyncio.Runner()
        self.run = self._runner.run
        self.client = Frozen(url)
        self.run(self.client.prepare())

    def close(self) -> None:
        self.run(self.client.close())
        self._runner.close()
