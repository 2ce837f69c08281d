"""An internet that a test can take away: a wire between one person's browser and the house."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Line:
    """Forwards every connection to `port` of loopback while it is whole; cut, it drops all and takes none."""

    port: int
    _whole: bool = True
    _server: asyncio.Server | None = None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._forward, "127.0.0.1", 0)

    def cut(self) -> None:
        self._whole = False
        for writer in self._writers:
            writer.transport.abort()

    def mend(self) -> None:
        self._whole = True

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
        await self._server.wait_closed()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self.port)
        self._writers |= {writer, back}
        try:
            await asyncio.gather(_pour(reader, back), _pour(there, writer))
        finally:
            self._writers -= {writer, back}
            for end in (writer, back):
                end.close()


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while words := await source.read(65_536):
            target.write(words)
            await target.drain()
    with suppress(ConnectionError, RuntimeError):
        target.write_eof()
