"""One world and one server for each test, and people who leave when it ends."""

from collections.abc import AsyncIterator, Iterator

import pytest

from signaling.app import Server
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
