"""Time and chance come in through the door: services call these, rules take plain numbers."""

import secrets
import time
from datetime import UTC, datetime
from typing import Final

from rooms.ids import Millis

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without the letters that are mistaken for digits (Crockford)."""


def system_now() -> Millis:
    """Milliseconds of this process's clock: for what has no court yet (start-up); verbs use the store's."""
    return Millis(time.time_ns() // 1_000_000)


def at_utc(now_ms: Millis) -> datetime:
    """The same instant as an aware `datetime` in UTC."""
    return datetime.fromtimestamp(now_ms / 1000, tz=UTC)


def random_id() -> str:
    """Sixteen URL-safe characters, 96 bits of chance."""
    return secrets.token_urlsafe(12)


def random_code() -> str:
    """Twelve characters of Crockford base 32 in groups of four, 60 bits of chance: can be read out on the phone."""
    text = "".join(secrets.choice(CROCKFORD) for _ in range(12))
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"
