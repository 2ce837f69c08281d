"""A counter for tests of the way in: real servers in this process, a real Valkey, real sockets, typed people."""

import asyncio
import json
import secrets
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from http.cookies import Morsel
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, Literal, TypeVar

import aiohttp
import pytest
import socketio
from argon2 import PasswordHasher
from pydantic import TypeAdapter

from rooms.ids import CourtId
from rooms.model.attendant import Status
from rooms.model.ticket import Media, Role, Tier
from rooms.sql import directory
from rooms.sql.demo.load import demo_site
from rooms.sql.directory import SqlDirectory
from rooms.sql.engine import open_engine, upgrade
from signaling.app import Server, running
from signaling.bots.wire import said_to
from signaling.protocol import commands as say
from signaling.protocol.base import EventName, Namespace
from signaling.protocol.commands import ANSWER, Accepted, Answer, Refused
from signaling.protocol.signals import SignalEntry
from signaling.protocol.views import VIEW, BoardView, DeskView, Goodbye, GuestView, InterpreterView, Move, TicketView
from signaling.settings import Settings
from tests.stores import Valkey, later, valkey

COURT = CourtId("tjmt")
UNIT = "civel-1-cuiaba"
"""The demo's first unit: open, attended by ana and bruno."""
PASSWORD = "senha-da-demonstracao"
WITHIN_S = 15
"""A deadline for what should come at once: it bounds a failing test, and measures nothing."""
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}

V = TypeVar("V", TicketView, DeskView, BoardView, InterpreterView, GuestView)
SOCKET = TypeAdapter(dict[str, Any])


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Passwords of this process cost next to nothing: to hash the demo's took most of a server's start.

    What argon2 does, and how much of it, is tried in `tests/contract`.
    """
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(directory, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@dataclass
class World:
    """One store and one folder, and as many servers on them as a test wants."""

    store: Valkey
    folder: Path
    settings: dict[str, Any] = field(default_factory=dict)

    def of(self, **changed: Any) -> Settings:
        """The settings of one server of this world."""
        return Settings(
            port=0,
            data_dir=self.folder,
            redis_url=self.store.url,
            receipt_key="k" * 40,
            # An echo is a process that takes a second to start: the tests that speak with one ask for it.
            **{"echo_places": 0, **self.settings, **changed},
        )

    async def later(self, seconds: int, *, gone: str) -> None:
        """`tests.stores.later`, at our court: only the leases that begin with `gone` run out, nobody is waited for."""
        await later(self.store.url, COURT, seconds, gone=gone)

    async def neighbour(self, court: CourtId, host: str) -> None:
        """The site serves another court too, chosen by that name: with the units and people of the demo's."""
        await upgrade(self.of().sql_url)
        engine = open_engine(self.of().sql_url)
        known, site = SqlDirectory(engine), demo_site(datetime.now(UTC))
        await known.put(site)
        await known.put(replace(site, court=replace(site.court, id=court, hosts=(host,))))
        await known.set_shared_password(court, [member.id for member in site.staff], PASSWORD)
        await engine.dispose()

    @asynccontextmanager
    async def server(self, **changed: Any) -> AsyncIterator[Server]:
        """One server, with the demo's court."""
        async with running(self.of(**changed), demo=PASSWORD, static=built(self.folder)) as server:
            yield server


@asynccontextmanager
async def world(*, durable: bool = False, **settings: Any) -> AsyncIterator[World]:
    """A store and a folder of one's own; both are gone afterwards. A durable store may be killed and started again."""
    with valkey(durable=durable, fsync="no") as store, TemporaryDirectory(prefix="bv-server-") as folder:
        yield World(store, Path(folder), settings)


def built(folder: Path) -> Path:
    """A web part to serve, where it is not the web part that is tested."""
    static = folder / "static"
    (static / "assets").mkdir(parents=True, exist_ok=True)
    for name in ("index", "attendant", "supervisor", "interpreter", "panel"):
        (static / f"{name}.html").write_text(f"<!doctype html><title>{name}</title>", encoding="utf-8")
    (static / "assets" / "app-1a2b.js").write_text("export {};", encoding="utf-8")
    (static / "assets" / "app-1a2b.js.gz").write_bytes(b"\x1f\x8b")
    return static


class Person(Generic[V]):
    """One page of somebody: a socket with its views, signals and answers."""

    namespace: Namespace
    role: Literal["visitor", "attendant", "supervisor", "interpreter", "guest"]

    def __init__(self, server: Server, cookies: dict[str, str] | None = None, host: str | None = None) -> None:
        """`host`: the name by which the browser has found the server, where it is not its address."""
        self.server = server
        self.cookies = {} if cookies is None else cookies
        self.morsels: dict[str, Morsel[str]] = {}
        """Each cookie as it was last set, with its attributes."""
        scheme, _, address = server.url.partition("://")
        self.host = host or address
        self.origin = f"{scheme}://{self.host}"
        self.tab = secrets.token_hex(8)
        self.views: list[V] = []
        self.signals: list[SignalEntry] = []
        self.move: Move | None = None
        self.goodbye: Goodbye | None = None
        self.refused: Refused | None = None
        self.takes_views = True
        self._changed = asyncio.Condition()
        self._socket: Any = None

    def _as_browser(self, origin: str | None = "") -> dict[str, str]:
        """What it sends with everything; `origin` empty: our own page."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said = {"Origin": self.origin if origin == "" else origin, "Cookie": cookies, "Host": self.host}
        return {name: value for name, value in said.items() if value}

    # ------------------------------------------------------------------------------------------------------- HTTP

    async def request(
        self, method: str, path: str, body: Any = None, *, origin: str | None = "", **headers: str
    ) -> tuple[int, Any]:
        """Ask the API as this browser; answers status and body. `origin` empty: our own page."""
        headers = self._as_browser(origin) | headers
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client,
            client.request(method, f"{self.server.url}/api/v1/{path}", json=body, headers=headers) as response,
        ):
            for name, morsel in response.cookies.items():
                self.cookies[name], self.morsels[name] = morsel.value, morsel
            text = await response.text()
            return response.status, json.loads(text) if text else None

    # ------------------------------------------------------------------------------------------------------ socket

    async def connect(self, *, opened: bool = True, auth: Any = None) -> None:
        """Open the socket; a refusal is kept in `refused`."""
        self._socket = socketio.AsyncClient(reconnection=False)
        self._socket.on("*", self._heard, namespace=self.namespace.value)
        self._socket.on("connect_error", self._turned_away, namespace=self.namespace.value)
        self._socket.on("disconnect", self._cut, namespace=self.namespace.value)
        try:
            await self._socket.connect(
                self.server.url,
                headers=self._as_browser(),
                namespaces=[self.namespace.value],
                auth={"tab": self.tab, "opened": opened} if auth is None else auth,
                transports=["websocket"],
            )
        except socketio.exceptions.ConnectionError:
            assert self.refused is not None, "the socket was not even refused"

    async def is_foreign(self, origin: str | None) -> bool:
        """Whether a page of that origin (None: one that does not say) is refused the socket, with these cookies."""
        async with (
            aiohttp.ClientSession() as client,
            client.get(
                f"{self.server.url}/socket.io/?EIO=4&transport=websocket",
                headers=self._as_browser(origin) | UPGRADE,
            ) as response,
        ):
            return response.status == HTTPStatus.FORBIDDEN

    async def close(self) -> None:
        """Close the socket, if it is open."""
        if self._socket is not None:
            try:
                async with asyncio.timeout(WITHIN_S):
                    await self._socket.disconnect()
            except TimeoutError:
                warnings.warn("a page's client did not close", stacklevel=1)

    @property
    def connected(self) -> bool:
        return self._socket is not None and self.namespace.value in self._socket.namespaces

    async def send(self, payload: Any, event: str = EventName.COMMAND.value) -> Answer:
        """Send anything at all; answers what the server said to it."""
        return ANSWER.validate_json(
            json.dumps(await said_to(self._socket, self.namespace.value, event, payload, WITHIN_S))
        )

    async def ask(self, command: Any, request: str | None = None) -> Answer:
        """Say one command; answers the answer."""
        return await self.send(
            {
                "id": request or secrets.token_hex(8),
                "command": command.model_dump(mode="json"),
            }
        )

    async def do(self, command: Any) -> Any:
        """Say one command that is accepted; answers its result."""
        answer = await self.ask(command)
        assert isinstance(answer, Accepted), answer
        return answer.result

    # ------------------------------------------------------------------------------------------------------- views

    @property
    def view(self) -> V:
        return self.views[-1]

    async def until(self, true: Callable[[V], Any]) -> V:
        """Wait for a view of which `true` holds; the newest such one."""
        await self._until(lambda: bool(self.views) and bool(true(self.view)), lambda: f"last view: {self.views[-1:]}")
        return self.view

    async def until_said(self, kind: str) -> SignalEntry:
        """Wait for a signal of that kind; the last one."""
        await self._until(
            lambda: any(entry.body.type == kind for entry in self.signals),
            lambda: f"said: {[entry.body.type for entry in self.signals]}",
        )
        return [entry for entry in self.signals if entry.body.type == kind][-1]

    async def until_heard(self, true: Callable[[SignalEntry], bool]) -> SignalEntry:
        """Wait for a signal of which `true` holds; the last one."""
        await self._until(lambda: any(map(true, self.signals)), lambda: f"said: {self.signals}")
        return [entry for entry in self.signals if true(entry)][-1]

    async def until_asked_to_move(self) -> None:
        """Wait until the server has asked this page to go to another."""
        await self._until(lambda: self.move is not None, lambda: "nobody asked")

    async def until_cut(self) -> None:
        """Wait until the server has closed the connection."""
        await self._until(lambda: not self.connected, lambda: "still connected")

    async def _until(self, true: Callable[[], bool], told: Callable[[], str]) -> None:
        try:
            async with asyncio.timeout(WITHIN_S), self._changed:
                await self._changed.wait_for(true)
        except TimeoutError:
            raise AssertionError(told()) from None

    async def _heard(self, event: str, body: Any) -> bool:
        match event:
            case EventName.VIEW:
                self.views.append(VIEW.validate_json(json.dumps(body)))  # type: ignore[arg-type]
            case EventName.SIGNAL:
                self.signals.append(SignalEntry.model_validate_json(json.dumps(body)))
            case EventName.MOVE:
                self.move = Move.model_validate_json(json.dumps(body))
            case EventName.GOODBYE:
                self.goodbye = Goodbye.model_validate_json(json.dumps(body))
        async with self._changed:
            self._changed.notify_all()
        if event == EventName.VIEW and not self.takes_views:
            await asyncio.Future()  # this page never acknowledges
        return True

    async def _turned_away(self, said: Any) -> None:
        self.refused = Refused.model_validate_json(json.dumps(said["data"]))

    async def _cut(self, *_reason: Any) -> None:
        async with self._changed:
            self._changed.notify_all()


class Visitor(Person[TicketView]):
    """A visitor's page."""

    namespace = Namespace.VISITOR
    role = "visitor"

    async def arrive(self) -> "Visitor":
        """A session, then the socket."""
        status, _ = await self.request("POST", "session")
        assert status == HTTPStatus.OK
        await self.connect()
        return self

    async def join(self, unit: str = UNIT, name: str = "Maria da Silva", tier: Tier = Tier.EVERYONE) -> say.Joined:
        return await self.do(form(unit, name, tier))

    def another_page(self) -> "Visitor":
        """A second tab of the same browser."""
        return Visitor(self.server, self.cookies)


class Attendant(Person[DeskView]):
    """A desk page."""

    namespace = Namespace.ATTENDANT
    role = "attendant"

    async def arrive(self, login: str = "ana", password: str = PASSWORD) -> "Attendant":
        """Signed in, connected, not yet available."""
        await sign_in(self, login, password)
        await self.connect()
        return self

    async def available(self, *units: str) -> "Attendant":
        """Ready to call, for these units (or the first)."""
        await self.do(say.ChooseUnits(units=units or (UNIT,)))
        await self.do(say.SetStatus(status=Status.AVAILABLE, pause=None))
        return self


class Guest(Person[GuestView]):
    """A page of somebody else in a call."""

    namespace = Namespace.GUEST
    role = "guest"

    async def joins(self, link: str, name: str = "Rosa") -> "Guest":
        """By a link that the attendant passed on; then the socket."""
        code = link.rsplit("/", 1)[1]
        status, body = await self.request("GET", f"guests/{code}")
        assert status == HTTPStatus.OK, body
        status, body = await self.request("POST", f"guests/{code}", {"name": name})
        assert status == HTTPStatus.OK, body
        await self.connect()
        return self


class Interpreter(Person[InterpreterView]):
    """A page of the Libras interpreters."""

    namespace = Namespace.INTERPRETER
    role = "interpreter"

    async def arrive(self, login: str = "lia", password: str = PASSWORD) -> "Interpreter":
        """Signed in, connected, not yet available."""
        await sign_in(self, login, password)
        await self.connect()
        return self

    async def available(self) -> "Interpreter":
        await self.do(say.SetStatus(status=Status.AVAILABLE, pause=None))
        return self


class Supervisor(Person[BoardView]):
    """A board page."""

    namespace = Namespace.SUPERVISOR
    role = "supervisor"

    async def arrive(self, login: str = "sofia", password: str = PASSWORD) -> "Supervisor":
        await sign_in(self, login, password)
        await self.connect()
        return self


async def sign_in(person: Person[Any], login: str, password: str) -> None:
    """The person has a session for their role."""
    status, body = await person.request(
        "POST", "staff/session", {"login": login, "password": password, "role": person.role}
    )
    assert status == HTTPStatus.OK, body


def form(unit: str = UNIT, name: str = "Maria da Silva", tier: Tier = Tier.EVERYONE) -> say.Join:
    """A form filled in rightly."""
    return say.Join(unit=unit, name=name, role=Role.PARTY, oab=None, case_number=None, tier=tier, terms=True)


async def talk(visitor: Visitor, attendant: Attendant, media: Media = Media.VIDEO) -> str:
    """From the line into the call; answers the call's id."""
    ringing: say.Ringing = await attendant.do(say.CallNext())
    await visitor.until(lambda view: view.ticket and view.ticket.ring)
    await visitor.do(say.RingSeen(call=ringing.call))
    await visitor.do(say.Enter(call=ringing.call, media=media))
    await visitor.until(lambda view: view.ticket and view.ticket.call)
    await attendant.until(lambda view: view.call and view.call.state == "active")
    return ringing.call
