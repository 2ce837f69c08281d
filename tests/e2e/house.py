"""The court's house in tests: `balcao demo` as a process of its own, on a free port, in a folder of its own."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rooms.ids import CourtId
from rooms.sql.stored import WEEKDAYS
from signaling.embedded import running_url
from tests.ports import free_port
from tests.stores import later

ROOT = Path(__file__).parents[2]
PASSWORD = "senha-dos-testes"
COURT = CourtId("tjmt")
UNIT = "civel-1-cuiaba"
"""The first listed unit, where both `ana` and `bruno` attend."""
FOLDERS = "bv-e2e-"
"""Short, because a unix socket's path is."""
_ASK_AGAIN_S = 0.05
"""A server that starts needs the machine more than whoever waits for it."""


@dataclass
class House:
    """One server with its embedded store. What is in the folder outlives `kill()`."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    crowd: int = 0
    """So many simulated visitors come by themselves."""
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """It can serve. The port is one that this process alone was given."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BALCAO_")}
        environment |= {
            "BALCAO_DATA_DIR": str(self.folder),
            "BALCAO_DEMO_PASSWORD": PASSWORD,
            "BALCAO_LOG_FORMAT": "json",
            "BALCAO_SIGN_INS_PER_ACCOUNT": "1000",
            "BALCAO_SIGN_INS_PER_NETWORK": "1000",
            "BALCAO_JOINS_PER_NETWORK": "1000",
            # An echo is a process that takes a second to start: the tests that speak with one ask for it.
            "BALCAO_ECHO_PLACES": "0",
            **self.settings,
        }
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "signaling", "demo", "--port", str(self.port), "--crowd", str(self.crowd)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        while not await asyncio.to_thread(self._ready):
            assert self._process.poll() is None, f"the server ended:\n{self.log.read_text()}"
            await asyncio.sleep(_ASK_AGAIN_S)

    def kill(self) -> None:
        """As `kill -9` of everything: the server, and its store with it."""
        self._end(signal.SIGKILL)
        store = self.folder / "valkey" / "valkey.lock"  # written by our own server, so this pid is its Valkey's
        os.kill(int(store.read_text()), signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    async def later(self, seconds: int, *, everybody_stays: bool = True, gone: str = "nobody") -> None:
        """`tests.stores.later`, in the store of this house."""
        url = running_url(self.folder)
        assert url is not None, "the store is not running"
        await later(url, COURT, seconds, everybody_stays=everybody_stays, gone=gone)

    async def closes_in(self, seconds: int) -> int:
        """From now on `UNIT` is open from midnight until so far ahead, by UTC; answers how many seconds until it opens.

        Late in the evening the court's clock goes on to the next day first.
        """
        now = datetime.now(UTC)
        if (now + timedelta(seconds=seconds, hours=2)).date() != now.date():
            await self.later(4 * 3_600)
            now += timedelta(hours=4)
        closing = (now + timedelta(seconds=seconds)).replace(second=0, microsecond=0)
        site = json.loads((ROOT / "rooms/sql/demo/tjmt.json").read_text("utf-8"))
        day = [f"00:00-{closing:%H:%M}"]
        site["units"][0]["hours"] = {"zone": "UTC", "week": dict.fromkeys(WEEKDAYS, day)}
        file = self.folder / "horario.json"
        file.write_text(json.dumps(site), "utf-8")
        environment = os.environ | {"BALCAO_DATA_DIR": str(self.folder)}
        await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "signaling", "units", "import", str(file)],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        midnight = (closing + timedelta(days=1)).replace(hour=0, minute=0)
        return int((midnight - now).total_seconds()) + 60

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:  # noqa: S310 -- our own http URL
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None


def data_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix=FOLDERS, ignore_cleanup_errors=True)
