"""One server of the rack, as a process: `python -m tests.chaos.node FOLDER REDIS_URL`. It is going to be killed."""

import asyncio
import sys
from pathlib import Path

from signaling.__main__ import _until_told
from signaling.app import running, stay
from signaling.logs import configure_logs
from signaling.loop import run
from signaling.settings import LogFormat, LogLevel, Settings
from tests.server.harness import built


async def serve(folder: Path, redis_url: str, ending: asyncio.Event) -> None:
    settings = Settings(
        port=0,
        data_dir=folder,
        redis_url=redis_url,
        receipt_key="k" * 40,
        joins_allowed_networks="127.0.0.0/8",  # they all come from here
        echo_places=0,  # a process of its own that takes a second to start
    )
    async with running(settings, static=built(folder)) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await stay(server, ending)


if __name__ == "__main__":
    configure_logs(LogLevel.WARNING, LogFormat.JSON)
    run(_until_told(lambda ending: serve(Path(sys.argv[1]), sys.argv[2], ending)))
