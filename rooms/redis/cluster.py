"""A cluster's nodes, each with connections of its own: one that hangs holds up nobody's court but its own.

redis-py's client of clusters looks for all nodes anew whenever one does not answer, while everybody waits; and it
begins by asking the first of them, alive or not.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from redis.asyncio import Redis
from redis.crc import key_slot
from redis.exceptions import ClusterDownError, ClusterError, MovedError, ResponseError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

REDIRECTS: Final = 3
"""As often a court may turn out to be elsewhere while one command is on its way."""
_LOST: Final = (RedisConnectionError, RedisTimeoutError, ClusterDownError, OSError)

Address = tuple[str, int]


class Cluster:
    """Sends each command to the node that has its key; where that is, is asked of whichever node answers.

    A node that does not answer is asked once, and its courts may be elsewhere by the next command: nobody waits while
    that is looked for.
    """

    def __init__(self, startup: Sequence[Address], connect: Callable[[Address], Redis]) -> None:
        """`startup` are some of the nodes, `connect` makes the client of one."""
        self._startup: Final = tuple(startup)
        self._connect = connect
        self._nodes: dict[Address, Redis] = {address: connect(address) for address in startup}
        """Who did not answer last stands last."""
        self._ranges: list[tuple[int, int, Address]] = []
        self._moved: dict[int, Address] = {}
        """What a node has said since the ranges were read."""
        self._looking: asyncio.Task[None] | None = None

    async def where(self, key: str) -> Address:
        """The node that has the key, as far as is known.

        Raises:
            ClusterError: none has.

        """
        slot = key_slot(key.encode())
        if (address := self._node_of(slot)) is None:
            await asyncio.shield(self._look())
            address = self._node_of(slot)
        if address is None:
            raise ClusterError(f"no node has slot {slot}")
        return address

    async def execute_command(self, *command: str | int) -> Any:
        """The command's answer.

        Raises:
            ClusterError: no node has the key, or it is never where the nodes say.
            redis.exceptions.RedisError, OSError: as the node's own client raises.

        """
        key = _key_of(command)
        if key is None:
            return await self._of_anybody(command)
        for _ in range(REDIRECTS):
            address = await self.where(key)
            try:
                return await _ask(self._client(address), *command)
            except MovedError as moved:
                self._moved[moved.slot_id] = (moved.host or address[0], moved.port)
                self._look()
            except _LOST:
                self._is_last(address)
                self._look()
                raise
        raise ClusterError(f"{key} is elsewhere each time")

    async def aclose(self) -> None:
        """Every connection is closed; may be said twice."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait({self._looking})
        for node in self._nodes.values():
            await node.aclose()

    async def _of_anybody(self, command: Sequence[str | int]) -> Any:
        """The first answer that there is."""
        lost: Exception | None = None
        for address, node in tuple(self._nodes.items()):
            try:
                return await _ask(node, *command)
            except _LOST as error:
                self._is_last(address)
                lost = error
        raise ClusterError("no node answers") from lost

    def _node_of(self, slot: int) -> Address | None:
        there = (address for first, last, address in self._ranges if first <= slot <= last)
        return self._moved.get(slot) or next(there, None)

    def _client(self, address: Address) -> Redis:
        if address not in self._nodes:
            self._nodes[address] = self._connect(address)
        return self._nodes[address]

    def _is_last(self, address: Address) -> None:
        if address in self._nodes:
            self._nodes[address] = self._nodes.pop(address)

    def _look(self) -> "asyncio.Task[None]":
        """Begin to find out where everything is, unless somebody is at it."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._find())
        return self._looking

    async def _find(self) -> None:
        """What the first node says that answers; nothing new where none does."""
        for address, node in tuple(self._nodes.items()):
            try:
                rows = await _ask(node, "CLUSTER", "SLOTS")
            except (*_LOST, ResponseError):
                self._is_last(address)
                continue
            # a node that does not know its own name is where it was asked
            self._ranges = [(first, last, (master[0] or address[0], master[1])) for first, last, master, *_ in rows]
            self._moved.clear()
            break
        for gone in self._nodes.keys() - {*self._startup, *self._moved.values(), *(at for *_, at in self._ranges)}:
            await self._nodes.pop(gone).aclose()


async def _ask(node: Redis, *command: str | int) -> Any:
    """The node's answer, as plain as it is sent."""
    execute: Callable[..., Awaitable[Any]] = node.execute_command  # redis-py does not type it
    return await execute(*command)


def _key_of(command: Sequence[str | int]) -> str | None:
    """Where the command belongs; None: anywhere."""
    match command:
        case ("EVAL" | "EVALSHA", _, _, key, *_) | ("XREAD", _, _, _, _, "STREAMS", key, *_) | (_, key, *_):
            return str(key)
        case _:
            return None
