"""The public wire as a program speaks it: one browser and its pages. Only this knows python-socketio and HTTP."""

import asyncio
import json
import secrets
import ssl
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Generic, Literal, Self, TypeVar, cast

import aiohttp
import socketio

from rooms.errors import Code
from signaling.protocol.base import EventName, Namespace, Wire
from signaling.protocol.commands import ANSWER, Accepted, Refused, Result, WireCode
from signaling.protocol.http import SignIn
from signaling.protocol.signals import SignalEntry
from signaling.protocol.views import VIEW, BoardView, DeskView, Goodbye, GuestView, TicketView

ANSWER_S: Final = 15.0
"""An answer that has not come by then is asked for again, under the same id."""
_PASSING: Final = frozenset({Code.STORE_AWAY, WireCode.STARTING, WireCode.TOO_MANY_MESSAGES})
_AGAIN_S: Final = 1.0

View = TypeVar("View", TicketView, DeskView, BoardView, GuestView)


class TurnedAwayError(Exception):
    """The counter refused; `refused` is what it answered."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code.value)
        self.refused = refused


class GoneError(Exception):
    """The page is over: the server said goodbye, or the page was closed here."""


class Browser:
    """One browser: its cookies, and requests that carry our own Origin. Use it as an async context manager."""

    def __init__(self, url: str, *, certificate: Path | None = None) -> None:
        """`certificate`: the site's own, where no authority vouches for it (`make run LAN=1`)."""
        self.url: Final = url.rstrip("/")
        self.certificate: Final = certificate
        self.trust: Final = ssl.create_default_context(cafile=certificate) if url.startswith("https:") else True
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # `unsafe` keeps cookies of addresses too: a demo has no name.
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.close()

    @property
    def cookie(self) -> str:
        """The `Cookie` header of this browser."""
        jar = self._session.cookie_jar
        return "; ".join(f"{morsel.key}={morsel.value}" for morsel in jar)

    async def get(self, path: str) -> Any:
        """The JSON at `/api/v1/<path>`.

        Raises:
            TurnedAwayError: it was refused.
            ConnectionError: nobody answers there.

        """
        return await self._request("GET", path, None)

    async def post(self, path: str, body: Wire | None = None) -> Any:
        """What `/api/v1/<path>` answers to this body.

        Raises:
            TurnedAwayError: it was refused.

        """
        return await self._request("POST", path, body)

    async def begin(self) -> None:
        """This browser has a visitor's capability."""
        await self.post("session")

    async def sign_in(self, login: str, password: str, role: Literal["attendant", "supervisor"] = "attendant") -> None:
        """This browser has a session of staff.

        Raises:
            TurnedAwayError: name or password are wrong, or it was tried too often.

        """
        await self.post("staff/session", SignIn(login=login, password=password, role=role))

    async def _request(self, method: str, path: str, body: Wire | None) -> Any:
        payload = None if body is None else body.model_dump(mode="json")
        try:
            return await self._answered(method, path, payload)
        except aiohttp.ClientConnectionError as error:
            raise ConnectionError(str(error)) from None

    async def _answered(self, method: str, path: str, payload: object) -> Any:
        async with self._session.request(
            method, f"{self.url}/api/v1/{path}", json=payload, headers={"Origin": self.url}, ssl=self.trust
        ) as response:
            text = await response.text()
            if not response.ok:
                raise TurnedAwayError(Refused.model_validate_json(text))
            return json.loads(text) if text else None

    @property
    def _session(self) -> aiohttp.ClientSession:
        assert self._http is not None, "a browser is opened before it is used"  # noqa: S101  # a bug in the caller
        return self._http


async def said_to(socket: Any, namespace: str, event: str, payload: object, within_s: float) -> Any:
    """What the server says to this event.

    Not by the library's own `call`: that waits by `asyncio.wait_for`, which until Python 3.12 may drop a cancellation.

    Raises:
        SocketIOError: the line is lost.
        TimeoutError: nothing was said in time.

    """
    told: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def answered(answer: Any) -> None:
        if not told.done():
            told.set_result(answer)

    await socket.emit(event, payload, namespace=namespace, callback=answered)
    async with asyncio.timeout(within_s):
        return await told


class Page(Generic[View]):
    """One page of a browser: says commands, keeps the newest view, hands the signals of calls on.

    Everything that changes wakes up whoever waits in `until`. A lost connection is opened again by itself.
    """

    def __init__(self, browser: Browser, namespace: Namespace) -> None:
        self._browser = browser
        self._namespace: Final = namespace.value
        self._tab: Final = secrets.token_hex(8)
        self._opened = True
        self._socket: Any = None
        self._changed = asyncio.Condition()
        self._view: View | None = None
        self._over = False
        self.connections = 0
        """How often the page was connected; a call asks for what it missed when this rises."""
        self.entries: Final[dict[str, list[SignalEntry]]] = {}
        """The signals of each call, in the order in which they came; whoever takes one removes it."""

    # ------------------------------------------------------------------------------------------------ come and go

    async def open(self) -> None:
        """Load the page: it becomes the active one of its browser.

        Raises:
            ConnectionError: nobody answers there, or the handshake was refused.

        """
        self._opened, self._over = True, False
        self._socket = socketio.AsyncClient(
            reconnection_delay=0.2,
            reconnection_delay_max=2,
            # One HTTP client would be shared by all pages; each page has one of its own, which ends with it.
            websocket_extra_options={"ssl": self._browser.trust} if self._browser.url.startswith("https:") else {},
            handle_sigint=False,
        )
        self._socket.on("*", self._heard, namespace=self._namespace)
        self._socket.on("connect", self._connected, namespace=self._namespace)
        async with AsyncExitStack() as failed:
            failed.push_async_callback(self._let_go)
            try:
                await self._socket.connect(
                    self._browser.url,
                    headers={"Origin": self._browser.url, "Cookie": self._browser.cookie},
                    auth=lambda: {"tab": self._tab, "opened": self._opened},
                    namespaces=[self._namespace],
                    transports=["websocket"],
                    wait_timeout=ANSWER_S,
                )
            except socketio.exceptions.ConnectionError as error:
                raise ConnectionError(str(error)) from None
            failed.pop_all()
        self._opened = False

    async def close(self) -> None:
        """Close the page, as somebody who closes a tab; it may be opened again."""
        self._over = True
        if self._socket is not None:
            await self._let_go()
        await self._tell()

    async def _let_go(self) -> None:
        """The line is closed, or not tried any more; nothing of it stays open."""
        socket, self._socket = self._socket, None
        await socket.shutdown()
        # python-engineio keeps the HTTP client of an attempt that failed, or was cancelled.
        await socket.eio.disconnect(abort=True)

    async def _connected(self) -> None:
        self.connections += 1
        await self._tell()

    # --------------------------------------------------------------------------------------------------- commands

    async def ask(self, command: Wire) -> Accepted | Refused:
        """Say one command until it is answered, under one id; what passes by itself is asked again.

        Raises:
            GoneError: the page is over.

        """
        payload = {"id": secrets.token_hex(8), "command": command.model_dump(mode="json")}
        while not self._over and self._socket is not None:
            try:
                said = await said_to(self._socket, self._namespace, EventName.COMMAND.value, payload, ANSWER_S)
            except (
                socketio.exceptions.SocketIOError,
                TimeoutError,
            ):  # the line is lost: the same again on the next one
                await asyncio.sleep(_AGAIN_S)
                continue
            answer = ANSWER.validate_json(json.dumps(said))
            if isinstance(answer, Accepted) or answer.code not in _PASSING:
                return answer
            await asyncio.sleep(_AGAIN_S)
        raise GoneError

    async def do(self, command: Wire) -> Result:
        """Say one command that is to be accepted; answers its result.

        Raises:
            TurnedAwayError: it was refused.
            GoneError: the page is over.

        """
        answer = await self.ask(command)
        if isinstance(answer, Refused):
            raise TurnedAwayError(answer)
        return answer.result

    # ------------------------------------------------------------------------------------------------------ views

    @property
    def view(self) -> View | None:
        """The newest."""
        return self._view

    async def until(self, holds: Callable[[View], object], within_s: float | None = None) -> View:
        """Wait for a view of which `holds` is true; answers it.

        Raises:
            GoneError: the page is over.
            TimeoutError: there was none `within_s` seconds.

        """
        async with asyncio.timeout(within_s):
            await self.changed(lambda: self._view is not None and bool(holds(self._view)))
        return cast("View", self._view)

    async def changed(self, true: Callable[[], bool]) -> None:
        """Wait until something that this page heard has made `true` true.

        Raises:
            GoneError: the page is over.

        """
        async with self._changed:
            await self._changed.wait_for(lambda: self._over or true())
        if self._over:
            raise GoneError

    async def _heard(self, event: str, body: Any) -> bool:
        # Kept before the first `await`: python-socketio starts one task an event, and they begin in order.
        text = json.dumps(body)
        match event:
            case EventName.VIEW:
                view = cast("View", VIEW.validate_json(text))
                if self._view is None or _order(view) >= _order(self._view):
                    self._view = view
            case EventName.SIGNAL:
                entry = SignalEntry.model_validate_json(text)
                self.entries.setdefault(entry.call, []).append(entry)
            case EventName.GOODBYE:
                Goodbye.model_validate_json(text)
                self._over = True
        await self._tell()
        return True

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _order(view: TicketView | DeskView | BoardView | GuestView) -> tuple[int, int]:
    return (view.as_of.epoch, view.as_of.n)
