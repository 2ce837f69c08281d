"""The store hangs, or is killed: how soon people are told so, and how soon all is as before when it is back."""

import asyncio
import os
import secrets
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import pytest

from rooms.errors import Code
from signaling.auth.capability import Cookie, new_secret
from signaling.protocol.base import EventName, Namespace
from tests.bench.court import UNITS, hello
from tests.bench.figures import Row, Section, publish
from tests.bench.lines import Line, Lines, lines
from tests.bench.processes import allow_sockets, started
from tests.server.harness import form
from tests.stores import Valkey, valkey

ASKS = 20
"""People who all ask at the same time, in each round."""
ROUNDS = 3
PAUSE_S = 0.2
"""Between two attempts of a page."""
ENDS_WITHIN_S = 60
"""Bounds a benchmark that cannot measure; measures nothing."""


@dataclass
class Newcomer:
    """Somebody who wants a ticket, and says so under one id until they have it and see it."""

    request: str = field(default_factory=lambda: secrets.token_hex(8))
    sees_ticket: asyncio.Event = field(default_factory=asyncio.Event)
    line: Line | None = None

    async def arrive(self, pages: Lines) -> None:
        cookies = {Cookie.VISITOR.value: new_secret()}
        self.line = await pages.open(Namespace.VISITOR.value, hello(), cookies, heard=self._hear)

    async def asks(self) -> tuple[float, Any]:
        """How long the answer took, and the answer."""
        assert self.line is not None
        payload = {"id": self.request, "command": form(UNITS[0]).model_dump(mode="json")}
        return await self.line.ask(EventName.COMMAND.value, payload)

    async def insists(self) -> None:
        while True:
            _, answer = await self.asks()
            if answer["ok"]:
                break
            await asyncio.sleep(PAUSE_S)  # the pace at which a page tries again
        await self.sees_ticket.wait()

    def _hear(self, event: str, body: Any) -> None:
        if event == EventName.VIEW and body["ticket"] is not None:
            self.sees_ticket.set()


def hangs(store: Valkey) -> Callable[[], None]:
    """Its process stands still; answers how it comes back."""
    os.kill(store.pid, signal.SIGSTOP)
    return lambda: os.kill(store.pid, signal.SIGCONT)


def is_killed(store: Valkey) -> Callable[[], None]:
    store.kill()
    return store.start


async def measured(pages: Lines, store: Valkey, away: Callable[[Valkey], Callable[[], None]]) -> tuple[float, float]:
    """The longest that anybody waited for a refusal, and until everybody had what they asked for; seconds."""
    newcomers = [Newcomer() for _ in range(ASKS)]
    for newcomer in newcomers:
        await newcomer.arrive(pages)
    comes_back = away(store)
    refused = await asyncio.gather(*(newcomer.asks() for newcomer in newcomers))
    assert {answer["code"] for _, answer in refused} == {Code.STORE_AWAY}
    await asyncio.to_thread(comes_back)
    began_s = perf_counter()
    async with asyncio.timeout(ENDS_WITHIN_S):
        await asyncio.gather(*(newcomer.insists() for newcomer in newcomers))
    return max(took_s for took_s, _ in refused), perf_counter() - began_s


@pytest.mark.timeout(300)
async def test_the_store_is_away(tmp_path):
    allow_sockets()
    rows: list[Row] = []
    for away in (hangs, is_killed):
        (folder := tmp_path / away.__name__).mkdir()
        with valkey(durable=True) as store:
            async with started("tests.bench.court", str(folder), store.url) as server, lines(server.url) as pages:
                rounds = [await measured(pages, store, away) for _ in range(ROUNDS)]
        what = away.__name__.replace("_", " ")
        rows += [
            Row(
                f"it {what}: the longest wait for a refusal", "ms", 1000 * max(r for r, _ in rounds), target="1,500 ms"
            ),
            Row(
                "it is back: until the last has a ticket and sees it",
                "ms",
                1000 * max(b for _, b in rounds),
                target="3 s",
            ),
        ]
    publish(
        Section(
            title="The store is away",
            compared_with="the targets",
            how=f"{ASKS} people ask for a ticket at once while the store does not answer, {ROUNDS} times each way; then"
            " they say the same under the same id, five times a second, until they have it. The worst of all, from the"
            " signal that lets the store go on, or from its own word that it is ready.",
            rows=rows,
        )
    )
