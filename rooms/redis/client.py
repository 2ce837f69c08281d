"""The one door to redis-py: commands that fail fast and in words, and a second client for blocking reads.

Its defaults (retries, five seconds each) block a caller for 59 s on a hung server; here a command has 0.5 s on the
socket and 1.2 s in all, once. A visitor is told at once; whoever repeats the request is safe, because it has an id.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeVar
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AskError, ClusterError, NoScriptError, OutOfMemoryError, ReadOnlyError, TryAgainError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from rooms.errors import Code, UnavailableError
from rooms.ids import CourtId
from rooms.redis.cluster import Address, Cluster

SOCKET_S: Final = 0.5
WHOLE_S: Final = 1.2
CONNECTIONS: Final = 32
"""To one server. The store does one thing at a time; more connections only queue elsewhere."""

CLUSTER: Final = "redis+cluster"

AWAY: Final = (
    RedisConnectionError,
    RedisTimeoutError,
    ReadOnlyError,
    TimeoutError,
    OSError,
    # a cluster whose node is gone, or that is moving this court
    ClusterError,
    AskError,
    TryAgainError,
)
"""What it looks like when the store does not answer (`BusyLoadingError` is a connection error)."""


T = TypeVar("T")
_Execute = Callable[..., Awaitable[object]]
"""redis-py's `execute_command`, which it does not type."""


class Client:
    """Commands on one Redis or Valkey (`redis://`, `rediss://`, `unix://`), or on a cluster of them.

    A cluster is `redis+cluster://[user:password@]host:port[,host:port…]`: any of its nodes, several so that one may be
    down at start. A court's keys share one hash tag, so each of its scripts runs whole on the node that has the court.
    """

    def __init__(self, url: str, *, socket_s: float = SOCKET_S, whole_s: float = WHOLE_S) -> None:
        self._redis = _redis(url, socket_s, CONNECTIONS)
        self._whole_s: Final = whole_s
        self._execute: _Execute = self._redis.execute_command
        self._greet: Callable[[CourtId], Awaitable[object]] | None = None
        self._courts: Callable[[], Iterable[CourtId]] = tuple
        self._greetings: dict[Address | None, asyncio.Future[None]] = {}
        self._met: set[CourtId] = set()
        self._seen: dict[str, int] = {}

    def seen(self, court: str) -> int:
        """The highest event of the court that this process has been told of; 0: none."""
        return self._seen.get(court, 0)

    def saw(self, court: str, n: int) -> None:
        """It has been told of this one."""
        self._seen[court] = max(n, self.seen(court))

    def greet_new_servers(
        self, greet: Callable[[CourtId], Awaitable[object]], courts: Callable[[], Iterable[CourtId]]
    ) -> None:
        """`greet` is done for each of the `courts` before anything else happens on it here.

        And again before a script is given to a server that does not know it: it is new, or has come back, with all of
        the courts that it has.
        """
        self._greet, self._courts = greet, courts

    def has_met(self, court: CourtId) -> bool:
        """Whether the court has been greeted, where courts are greeted at all."""
        return self._greet is None or court in self._met

    async def greeted(self, court: CourtId) -> None:
        """Every court of this one's server has been greeted; several who ask at once greet once.

        Not those of other servers: one that is away must hold up nobody's court but its own.

        Raises:
            UnavailableError: STORE_AWAY, STORE_FULL.

        """
        if self._greet is None:
            return
        server = await self._server_of(court)
        greeting = self._greetings.get(server)
        if greeting is None or greeting.done():
            greeting = self._greetings[server] = asyncio.ensure_future(self._greeting(server, court, self._greet))
        await asyncio.shield(greeting)

    async def _greeting(
        self, server: Address | None, court: CourtId, greet: Callable[[CourtId], Awaitable[object]]
    ) -> None:
        for each in {court, *self._courts()}:
            if each == court or await self._server_of(each) == server:
                await greet(each)
                self._met.add(each)

    async def _server_of(self, court: CourtId) -> Address | None:
        """Which of the cluster's; None where there is but one."""
        if not isinstance(self._redis, Cluster):
            return None
        try:
            async with asyncio.timeout(self._whole_s):
                return await self._redis.where(court)
        except AWAY as away:
            raise UnavailableError(Code.STORE_AWAY) from away

    async def call(self, *command: str | int) -> object:
        """The command's answer.

        Raises:
            UnavailableError: STORE_AWAY, STORE_FULL.
            NoScriptError: the server does not know this script yet.

        """
        try:
            async with asyncio.timeout(self._whole_s):
                return await _unless_cancelled(self._execute(*command))
        except NoScriptError:
            raise
        except OutOfMemoryError as full:
            raise UnavailableError(Code.STORE_FULL) from full
        except AWAY as away:
            raise UnavailableError(Code.STORE_AWAY) from away

    async def close(self) -> None:
        """Every connection is closed; may be said twice."""
        await self._redis.aclose()


class BlockingReads:
    """One connection that waits for a stream's next entries; its timeout is longer than its wait."""

    def __init__(self, url: str, *, wait_ms: int = 2_000) -> None:
        self._wait_ms = wait_ms
        self._redis = _redis(url, wait_ms / 1000 + 2 * SOCKET_S, 1)
        self._execute: _Execute = self._redis.execute_command

    async def next(self, after: dict[str, str], count: int) -> object:
        """XREAD's answer, None when nothing came in time.

        Raises:
            UnavailableError: STORE_AWAY.

        """
        command: list[str | int] = ["XREAD", "COUNT", count, "BLOCK", self._wait_ms, "STREAMS", *after, *after.values()]
        try:
            return await _unless_cancelled(self._execute(*command))
        except AWAY as away:
            raise UnavailableError(Code.STORE_AWAY) from away

    async def close(self) -> None:
        """The connection is closed; may be said twice."""
        await self._redis.aclose()


async def _unless_cancelled(answer: Awaitable[T]) -> T:
    """The answer, or why there is none, unless this task was cancelled while it came.

    redis-py sends by `asyncio.wait_for`, and until Python 3.12 that drops a cancellation which falls on its last step:
    a loop around such commands would go on for ever, and the server would not end.
    """
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # a coroutine runs in a task
    requests = task.cancelling()
    try:
        return await answer
    finally:
        if task.cancelling() > requests:
            raise asyncio.CancelledError


def _redis(url: str, socket_s: float, connections: int) -> Redis | Cluster:
    if not url.startswith(f"{CLUSTER}:"):
        return _server(url, socket_s, connections)
    whole = urlsplit(url)
    known, at, nodes = whole.netloc.rpartition("@")

    def connect(address: Address) -> Redis:
        host, port = address
        return _server(f"redis://{known}{at}{host}:{port}", socket_s, connections)

    return Cluster([_address(node) for node in nodes.split(",")], connect)


def _address(node: str) -> Address:
    host, _, port = node.rpartition(":")
    return host, int(port)


def _server(url: str, socket_s: float, connections: int) -> Redis:
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=connections,
        timeout=socket_s,
        socket_timeout=socket_s,
        socket_connect_timeout=SOCKET_S,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
        # RESP2: one plain shape of answer per command, whatever redis-py makes of RESP3's maps in its next version
        protocol=2,
    )
    return Redis.from_pool(pool)
