"""A hand in the store has left contradictions: a running server finds them, tells their causes and counts them."""

import asyncio
import io
import json

import aiohttp

from rooms.model.ticket import TicketState
from rooms.redis.client import Client
from rooms.services import reconciler
from signaling.logs import configure_logs
from signaling.settings import LogFormat, LogLevel
from tests.server.conftest import Crowd
from tests.server.harness import COURT, UNIT, WITHIN_S, talk

BREAK = """
local court, unit, talking, second, silent, lost = KEYS[1], unpack(ARGV)
local call = redis.call("HGET", court .. ":ticket:" .. talking, "call")
redis.call("HSET", court .. ":ticket:" .. second, "state", "in_call", "attendant", "ana", "call", call)
redis.call("ZREM", court .. ":line:" .. unit, second, lost)
redis.call("ZREM", court .. ":deadlines", "visitor:" .. silent)
redis.call("ZADD", court .. ":deadlines", 1e15, "visitor:nobody")
redis.call("DEL", court .. ":reconciled")
"""
CAUSES = {"no_desk", "no_visitor", "not_in_line", "lease_of_nobody"}
"""Of an attendant with two tickets, a ticket without a lease, a ticket in no index, a lease without a ticket."""


async def counted(url: str) -> dict[str, int]:
    """What `/metrics` says was mended."""
    async with aiohttp.ClientSession() as client, client.get(f"{url}/metrics") as response:
        lines = (await response.text()).splitlines()
    found = [line.rpartition(" ") for line in lines if line.startswith("balcao_mended_total{")]
    return {labels.partition('cause="')[2].removesuffix('"}'): int(count) for labels, _, count in found}


async def test_what_contradicts_itself_is_put_right_told_and_counted(place, monkeypatch):
    monkeypatch.setattr(reconciler, "EVERY_S", 0.05)
    log = io.StringIO()
    configure_logs(LogLevel.WARNING, LogFormat.JSON, log)
    try:
        async with place.server() as server:
            crowd = Crowd(server)
            clerk = await (await crowd.attendant()).available()
            talking, second, silent, lost = [await crowd.visitor() for _ in range(4)]
            tickets = [(await person.join()).ticket for person in (talking, second, silent, lost)]
            await talk(talking, clerk)
            await silent.close()  # nobody renews that lease
            client = Client(place.store.url)
            await client.call("EVAL", BREAK, 1, f"{{{COURT}}}", UNIT, *tickets)
            await client.close()
            async with asyncio.timeout(WITHIN_S):
                while (mended := await counted(server.url)).keys() != CAUSES:
                    pass
            assert set(mended.values()) == {1}
            await second.until(lambda view: view.ticket.state is TicketState.WAITING and view.ticket.ahead == 0)
            await lost.until(lambda view: view.ticket.state is TicketState.WAITING)
            assert talking.view.ticket.state is TicketState.IN_CALL, "who is really talked with, stays so"
            await crowd.leave()
    finally:
        configure_logs(LogLevel.INFO, LogFormat.AUTO)
    told = [entry for entry in map(json.loads, log.getvalue().splitlines()) if entry["event"] == "mended"]
    assert {entry["reason"] for entry in told} == CAUSES
    assert {entry["found"] for entry in told} == {*tickets[1:], "nobody"}
