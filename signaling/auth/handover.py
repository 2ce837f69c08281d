"""Codes that take a ticket to another device: a link's secret, and eight letters to be read off and typed."""

import hashlib
import re
import secrets
from typing import Final

import segno

from signaling.auth.capability import key_of

LIFE_S: Final = 60
LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no word comes of it; nothing that is taken for a figure."""
SHORT: Final = 8
"""20^8, some 34 bits: enough for a minute where attempts are counted."""
_TYPED: Final = re.compile(r"[\s.\-]")
_SHORT: Final = re.compile(f"[{LETTERS}]{{{SHORT}}}")


def drawing_of(link: str) -> str:
    """The link as a QR code: SVG, as a data URL."""
    return segno.make(link, error="m", micro=False).svg_data_uri(light="#fff", border=4)


def new_short_code() -> str:
    """Eight letters by chance, `BCDF-GHJK`."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(SHORT))
    return f"{letters[:4]}-{letters[4:]}"


def short_key_of(typed: str) -> str | None:
    """What the store knows a short code by, however it was typed; None for what is none."""
    letters = _TYPED.sub("", typed).upper()
    return hashlib.sha256(f"short {letters}".encode()).hexdigest() if _SHORT.fullmatch(letters) else None


def code_key_of(told: str) -> tuple[str | None, bool]:
    """The store's key of a code of either kind, and whether it is one that could be guessed."""
    link = key_of(told)
    return (link, False) if link is not None else (short_key_of(told), True)
