"""Several servers on one store serve one line; a server may die, and so may everything."""

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rooms.model.attendant import Activity
from rooms.model.call import Outcome
from rooms.model.ticket import TicketState
from rooms.redis.client import Client
from signaling.embedded import embedded_valkey
from signaling.protocol import commands as say
from signaling.protocol.signals import Chat
from tests.server.harness import COURT, Attendant, Supervisor, Visitor, talk

ROOT = Path(__file__).parents[2]


@dataclass
class Node:
    """A server in a process of its own; it looks like a `Server` to people."""

    url: str
    process: asyncio.subprocess.Process

    async def kill(self) -> None:
        """As `kill -9`."""
        self.process.kill()
        await self.process.wait()

    async def end(self) -> None:
        """As Ctrl-C."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGINT)
            await self.process.wait()


async def node(folder: Path, port: int = 0, *store: str) -> Node:
    """A server that listens."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.server.node", str(folder), str(port), *store, cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    assert url, "the server ended before it listened"
    return Node(url, process)


async def test_a_visitor_on_one_server_and_a_clerk_on_the_other_meet(place, crowd, server):
    """Issue 2, line 11."""
    async with place.server() as second:
        visitor = await crowd.visitor()
        clerk = crowd.add(Attendant(second))
        board = crowd.add(Supervisor(second))
        await clerk.arrive()
        await board.arrive()
        await clerk.available()
        await visitor.join()
        await clerk.until(lambda view: view.waiting == 1)
        await board.until(lambda view: view.waiting == 1 and view.attending == 1)
        await visitor.until(lambda view: view.ticket and view.ticket.unit.attending == 1)

        call = await talk(visitor, clerk)
        await board.until(lambda view: view.in_call == 1)
        await visitor.do(say.Signal(call=call, to=None, body=Chat(text="bom dia")))
        assert (await clerk.until_said("chat")).body == Chat(text="bom dia")
        await clerk.do(say.Signal(call=call, to=None, body=Chat(text="bom dia, em que posso ajudar")))
        await visitor._until(
            lambda: any(entry.sender == "attendant" for entry in visitor.signals), lambda: str(visitor.signals)
        )
        await visitor.do(say.HangUp(call=call))
        await clerk.until(lambda view: view.activity is Activity.WRAP_UP)
        await clerk.do(say.Finish(call=call, outcome=Outcome.FORWARDED))
        await board.until(lambda view: view.served_today == 1)
        await visitor.until(lambda view: view.ticket.state is TicketState.SERVED)
        for person in (clerk, board):
            await person.close()


async def test_a_ticket_is_shown_on_its_browsers_other_page_on_another_server(place, crowd):
    async with place.server() as second:
        visitor = await crowd.visitor()
        other = visitor.another_page()
        other.server = second
        await crowd.add(other).connect()
        await other.until(lambda view: view.ticket is None)
        ticket = (await visitor.join()).ticket
        await other.until(lambda view: view.ticket and view.ticket.id == ticket)
        clerk = await (await crowd.attendant()).available()
        call = await talk(visitor, clerk)
        await other.until(lambda view: view.ticket.call and view.ticket.call.call == call)
        await other.close()


async def test_two_clerks_on_two_servers_never_get_the_same_person(place, crowd):
    async with place.server() as second:
        ana, bruno = await crowd.attendant("ana"), crowd.add(Attendant(second))
        await bruno.arrive("bruno")
        await ana.available()
        await bruno.available()
        visitor = await crowd.visitor()
        await visitor.join()
        answers = await asyncio.gather(ana.ask(say.CallNext()), bruno.ask(say.CallNext()))
        assert sorted(answer.ok for answer in answers) == [False, True]
        assert next(answer for answer in answers if not answer.ok).code == "nobody_waiting"
        await bruno.close()


async def test_killing_either_server_loses_nobodys_place(place):
    """A server is killed with visitors on both; whoever was on it comes back on the other, in the same place."""
    nodes = [await node(place.folder, 0, place.store.url) for _ in range(2)]
    people: list[Visitor] = []
    try:
        numbers = []
        for index in range(4):
            visitor = Visitor(nodes[index % 2])
            people.append(visitor)
            numbers.append((await (await visitor.arrive()).join()).number)
        for index, visitor in enumerate(people):
            await visitor.until(lambda view, index=index: view.ticket and view.ticket.ahead == index)
        for dead, alive in ((nodes[0], nodes[1]),):
            await dead.kill()
            for visitor in people[::2]:
                await visitor.until_cut()
                visitor.server = alive
                visitor.views.clear()
                await visitor.connect(opened=False)
        for index, visitor in enumerate(people):
            await visitor.until(lambda view, index=index: view.ticket and view.ticket.ahead == index)
            assert visitor.view.ticket.number == numbers[index]
    finally:
        for visitor in people:
            await visitor.close()
        for each in nodes:
            await each.end()


async def an_hour_passes(folder: Path) -> None:
    """With no server there: the store's clock is an hour further when the next one starts."""
    async with embedded_valkey(folder) as url:
        client = Client(url)
        await client.call("INCRBY", f"{{{COURT}}}:clock", 3_600_000)
        await client.close()


@pytest.mark.parametrize("with_call", [False, True])
async def test_an_hour_after_kill_9_of_everything_all_are_in_line_and_in_order(with_call):
    """Issue 2, line 3: the server and its own store are killed at once; a start an hour later knows everybody."""
    people: list[Visitor] = []
    busy: list[Visitor | Attendant] = []
    with TemporaryDirectory(prefix="bv-k-") as name:
        folder = Path(name)
        first = await node(folder)
        following = None
        try:
            if with_call:
                caller, clerk = Visitor(first), Attendant(first)
                busy += [caller, clerk]
                await (await clerk.arrive()).available()
                await (await caller.arrive()).join()
                await talk(caller, clerk)
            numbers = []
            for _ in range(5):
                visitor = Visitor(first)
                people.append(visitor)
                numbers.append((await (await visitor.arrive()).join()).number)
            # Written by this very server when it started its store.
            store = int((folder / "valkey" / "valkey.lock").read_text(encoding="ascii"))
            os.kill(store, signal.SIGKILL)
            await first.kill()
            await an_hour_passes(folder)

            following = await node(folder)
            for index, visitor in enumerate(people):
                visitor.server = following
                await visitor.until_cut()
                visitor.views.clear()
                await visitor.connect(opened=False)
                await visitor.until(lambda view: view.ticket)
                assert visitor.view.ticket.number == numbers[index]
            for index, visitor in enumerate(people):
                await visitor.until(lambda view, index=index: view.ticket.ahead == index)
        finally:
            for person in (*people, *busy):
                await person.close()
            await first.end()
            if following is not None:
                await following.end()
