"""An internet that a test can take away: a wire between one person's browser and the house."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

RETRANSMITTED_S = 0.2
ASKED_AGAIN_S = 1.0
"""TCP's first patience (RFC 6298, Linux) with data and with a connection that nobody answers; then it doubles."""


@dataclass
class Line:
    """Forwards every connection to `port` of loopback while it is whole.

    `cut` drops all and takes none; `stall` loses what is said without telling anybody, as a dead spot does, and
    afterwards what was under way is heard when TCP would have said it again.
    """

    port: int
    delay_s: float = 0.0
    """One way."""
    _whole: bool = True
    _stalled_at: float | None = None
    _again: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port_here}"

    @property
    def port_here(self) -> int:
        """Where this end of the wire is."""
        assert self._server is not None
        return self._server.sockets[0].getsockname()[1]

    async def start(self) -> None:
        self._again.set()
        self._server = await asyncio.start_server(self._forward, "127.0.0.1", 0)

    def cut(self) -> None:
        self._whole = False
        for writer in self._writers:
            writer.transport.abort()

    def stall(self) -> None:
        self._stalled_at = _now()
        self._again.clear()

    def mend(self) -> None:
        self._whole = True
        self._again.set()

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
        self.mend()
        await self._server.wait_closed()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._passable(ASKED_AGAIN_S, _now())
        if not self._whole:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.port)
        except ConnectionError:
            writer.transport.abort()
            return
        self._writers |= {writer, back}
        try:
            await asyncio.gather(self._pour(reader, back), self._pour(there, writer))
        finally:
            self._writers -= {writer, back}
            for end in (writer, back):
                end.close()

    async def _pour(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Each word `delay_s` after it was said: reading goes on meanwhile."""
        late: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.ensure_future(self._deliver(late, target))
        with suppress(ConnectionError):
            while words := await source.read(65_536):
                late.put_nowait((_now() + self.delay_s, words))
        late.put_nowait((_now() + self.delay_s, b""))
        await delivering

    async def _deliver(self, late: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter) -> None:
        with suppress(OSError, RuntimeError):  # gone meanwhile; "not connected" has no class of its own
            while True:
                due, words = await late.get()
                if due > _now():
                    await asyncio.sleep(due - _now())
                await self._passable(RETRANSMITTED_S, self._stalled_at or _now())
                if not words:
                    target.write_eof()
                    return
                target.write(words)
                await target.drain()

    async def _passable(self, patience_s: float, since: float) -> None:
        """Until the way is free and TCP, whose patience has doubled meanwhile, tries again."""
        if self._again.is_set():
            return
        await self._again.wait()
        next_try = since + patience_s
        while next_try < _now():
            patience_s *= 2
            next_try += patience_s
        await asyncio.sleep(next_try - _now())


def _now() -> float:
    return asyncio.get_running_loop().time()
