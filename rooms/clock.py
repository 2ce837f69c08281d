"""Time and chance come in through the door: services call these, rules take plain numbers."""

import secrets
import time
from datetime import UTC, datetime

from rooms.ids import Millis


def system_now() -> Millis:
    """Milliseconds of this process's clock: for what has no court yet (start-up, the public list); verbs use the store's."""
    return Millis(time.time_ns() // 1_000_000)


def at_utc(now_ms: Millis) -> datetime:
    """The same instant as an aware `datetime` in UTC."""
    return datetime.fromtimestamp(now_ms / 1000, tz=UTC)


def random_id() -> str:
    """Sixteen URL-safe characters, 96 bits of chance."""
    return secrets.token_urlsafe(12)
