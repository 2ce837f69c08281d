"""A network apart from the machine's: a namespace with a loopback of its own and, but for doors, nothing.

What runs in it reaches nobody outside by UDP. A door is a port or a unix socket that leads to another; those that are
files lead through the wall. It may lend sockets of its own to whoever asks at a file: then UDP passes where they pass
it. Needs user namespaces and no root: `unshare` makes it, `nsenter` starts programs in it.
"""

import asyncio
import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

Where = str
"""`host:port`, or the path of a unix socket."""
ALONE = ("--user", "--map-root-user", "--net")
UP, SET_FLAGS = 0x1, 0x8914
"""IFF_UP, SIOCSIFFLAGS: `netdevice(7)`."""
IP = shutil.which("ip", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
CARD = "link add card type veth peer name wall"
"""A network card whose cable ends at the wall."""


def refused() -> str | None:
    """Why this machine cannot part a network; None: it can."""
    unshare = shutil.which("unshare")
    if unshare is None or shutil.which("nsenter") is None or IP is None:
        return "no unshare, nsenter or ip: apt-get install util-linux iproute2"
    tried = subprocess.run([unshare, *ALONE, IP, *CARD.split()], capture_output=True, check=False)
    return None if tried.returncode == 0 else f"the kernel refuses namespaces: {tried.stderr.decode().strip()}"


@asynccontextmanager
async def apart(
    doors: Mapping[Where, Where], address: str | None = None, *, lends: Path | None = None
) -> AsyncIterator[list[str]]:
    """A network with these doors, each seen from inside; yields the words that start a program in it.

    `address` is one that it has beside 127.0.0.1, of a card that leads nowhere; `lends` is where
    `borrowed` gets sockets of it.
    """
    asked = {"doors": dict(doors), "address": address, "lends": lends and str(lends)}
    process = await asyncio.create_subprocess_exec(
        "unshare", *ALONE, sys.executable, __file__, json.dumps(asked),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            said = await process.stdout.readline()
        assert said == b"open\n", "the network could not be made; what it said is above"
        yield ["nsenter", "--preserve-credentials", "--user", "--net", f"--target={process.pid}"]
    finally:
        process.stdin.close()
        await process.wait()


def borrowed(lends: Path) -> socket.socket:
    """A UDP socket at 127.0.0.1 of the network that lends there; what is sent through it is sent in that network."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(str(lends))
        _, (lent,), _, _ = socket.recv_fds(asking, 1, 1)
    return socket.socket(fileno=lent)


@asynccontextmanager
async def door(here: Where, there: Where) -> AsyncIterator[None]:
    """What connects here is connected there."""

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            back, out = await _connect(there)
        except OSError:
            writer.transport.abort()
            return
        await asyncio.gather(_pour(reader, out), _pour(back, writer))
        for end in (out, writer):
            end.close()

    host, _, port = here.rpartition(":")
    opened = await (asyncio.start_server(lead, host, int(port)) if host else asyncio.start_unix_server(lead, here))
    try:
        yield
    finally:
        opened.close()


async def _connect(where: Where) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, _, port = where.rpartition(":")
    return await (asyncio.open_connection(host, int(port)) if host else asyncio.open_unix_connection(where))


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while words := await source.read(65_536):
            target.write(words)
            await target.drain()
        target.write_eof()
    except (OSError, RuntimeError):
        return


def _raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SET_FLAGS, struct.pack("16sh", b"lo", UP))


def _plug(address: str) -> None:
    assert IP is not None
    for words in (CARD, f"address add {address}/32 dev card", "link set card up", "link set wall up"):
        subprocess.run([IP, *words.split()], check=True)


def _lend(asked: socket.socket) -> None:
    while True:
        whoever, _ = asked.accept()
        with whoever, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as lent:
            lent.bind(("127.0.0.1", 0))
            socket.send_fds(whoever, [b"!"], [lent.fileno()])


async def _stand(doors: Mapping[Where, Where]) -> None:
    """Until nobody needs the network any more: their end of the input is closed."""
    async with AsyncExitStack() as opened:
        for here, there in doors.items():
            await opened.enter_async_context(door(here, there))
        sys.stdout.write("open\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Inside: the loopback, the doors, and nothing else."""
    asked = json.loads(sys.argv[1])
    _raise_loopback()
    if asked["address"] is not None:
        _plug(asked["address"])
    if asked["lends"] is not None:
        counter = socket.socket(socket.AF_UNIX)
        counter.bind(asked["lends"])
        counter.listen()
        threading.Thread(target=_lend, args=(counter,), daemon=True).start()
    asyncio.run(_stand(asked["doors"]))


def program(folder: Path, name: str, words: list[str]) -> Path:
    """A file that starts the program `name` with `words` before it, for whoever takes only a path."""
    found = shutil.which(name)
    assert found is not None
    path = folder / name
    path.write_text(f'#!/bin/sh\nexec {" ".join(words)} {found} "$@"\n')
    path.chmod(0o755)
    return path


if __name__ == "__main__":
    main()
    os._exit(0)  # connections that are still open have no business with anybody
