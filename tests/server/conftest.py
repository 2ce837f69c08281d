"""One world and one server for each test, and people who leave when it ends."""

import gc
import logging
from collections.abc import AsyncIterator, Iterator

import pytest

from signaling.app import Server
from signaling.protocol import commands as say
from tests.server.harness import Attendant, Interpreter, Person, Supervisor, Visitor, World, quick_passwords, world


@pytest.fixture(scope="module", autouse=True)
def passwords() -> Iterator[None]:
    with quick_passwords():
        yield


@pytest.fixture
async def place() -> AsyncIterator[World]:
    async with world() as opened:
        yield opened


@pytest.fixture
async def server(place: World) -> AsyncIterator[Server]:
    async with place.server() as serving:
        yield serving


class Crowd:
    """Everybody in a test, so that each leaves at its end."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.people: list[Person] = []

    async def visitor(self) -> Visitor:
        return await self.add(Visitor(self.server)).arrive()

    async def attendant(self, login: str = "ana") -> Attendant:
        return await self.add(Attendant(self.server)).arrive(login)

    async def supervisor(self) -> Supervisor:
        return await self.add(Supervisor(self.server)).arrive()

    async def interpreter(self) -> Interpreter:
        return await self.add(Interpreter(self.server)).arrive()

    def add(self, person):
        self.people.append(person)
        return person

    async def leave(self) -> None:
        for person in self.people:
            await person.close()


@pytest.fixture
async def crowd(server: Server) -> AsyncIterator[Crowd]:
    everybody = Crowd(server)
    yield everybody
    await everybody.leave()


class Bugs(logging.Handler):
    """What the libraries log as errors: an exception that nobody awaited, or caught."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or record.name == "asyncio":
            self.told.append(logging.Formatter().format(record))


@pytest.fixture(scope="module")
def bugs() -> Iterator[Bugs]:
    handler = Bugs()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="module")
async def town(bugs) -> AsyncIterator[tuple[World, Crowd]]:
    """One server for all that somebody hostile tries, who is told to wait by none of its limits."""
    limits = {"flood_messages": 10_000, "flood_bytes": 100_000_000, "joins_per_network": 10_000}
    async with world(**limits) as place, place.server() as server:
        crowd = Crowd(server)
        yield place, crowd
        await crowd.leave()


async def is_unharmed(server: Server, bugs: Bugs) -> None:
    """Somebody new is served, and since the last time nothing was logged as a bug."""
    newcomer = await Visitor(server).arrive()
    await newcomer.join("juizado-1-cuiaba")
    view = await newcomer.until(lambda view: view.ticket)
    await newcomer.do(say.Leave(rev=view.ticket.rev))
    await newcomer.close()
    assert not server.failed.done(), "the housekeeping goes on"
    gc.collect()
    told, bugs.told = bugs.told, []
    assert told == []
