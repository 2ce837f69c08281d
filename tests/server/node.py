"""One server as a process of its own: `python -m tests.server.node FOLDER PORT [REDIS_URL]`; it can be killed."""

import asyncio
import sys
from pathlib import Path

from signaling.__main__ import _until_told
from signaling.app import running, stay
from signaling.logs import configure_logs
from signaling.settings import LogFormat, LogLevel, Settings
from tests.server.harness import PASSWORD, built, quick_passwords


async def serve(folder: Path, port: int, redis_url: str | None, ending: asyncio.Event) -> None:
    settings = Settings(port=port, data_dir=folder, redis_url=redis_url, receipt_key="k" * 40, echo_places=0)
    async with running(settings, demo=PASSWORD, static=built(folder)) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await stay(server, ending)


if __name__ == "__main__":
    configure_logs(LogLevel.WARNING, LogFormat.JSON)
    where, at, *store = sys.argv[1:]
    with quick_passwords():
        asyncio.run(_until_told(lambda ending: serve(Path(where), int(at), store[0] if store else None, ending)))
