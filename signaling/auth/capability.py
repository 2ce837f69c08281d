"""The secrets that browsers hold: one cookie per role, each kept on our side as a hash only.

One cookie a role, so that a clerk, a supervisor and a visitor can share a browser.
"""

import hashlib
import re
import secrets
from enum import StrEnum
from typing import Final

from rooms.ids import GuestId, Holder

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")


class Cookie(StrEnum):
    """The cookies' names."""

    VISITOR = "balcao_visitor"
    ATTENDANT = "balcao_attendant"
    SUPERVISOR = "balcao_supervisor"
    INTERPRETER = "balcao_interpreter"
    GUEST = "balcao_guest"


LIFE_S: Final = {
    Cookie.VISITOR: 24 * 3600,
    Cookie.ATTENDANT: 12 * 3600,
    Cookie.SUPERVISOR: 12 * 3600,
    Cookie.INTERPRETER: 12 * 3600,
    Cookie.GUEST: 12 * 3600,
}
"""A visitor's from the first page of the day; staff's counted from the last sign of life."""


def new_secret() -> str:
    """256 bits of chance, 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def key_of(secret: str | None) -> str | None:
    """What the store knows a cookie by: its SHA-256 in hex; None for what was never one of our secrets."""
    if secret is None or _SECRET.fullmatch(secret) is None:
        return None
    return hashlib.sha256(secret.encode()).hexdigest()


def holder_of(secret: str | None) -> Holder | None:
    """The visitor that holds this cookie."""
    key = key_of(secret)
    return None if key is None else Holder(key)


def guest_of(secret: str | None) -> GuestId | None:
    """The guest of a call that holds this cookie."""
    key = key_of(secret)
    return None if key is None else GuestId(key)
