"""What lets a browser ask the echo: given with each check that was counted, good once, for this browser, and not long.

Signed and kept nowhere: any server of the site knows one that another has given. That it is good once is the echo's
word, which is asked by all of them.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Final

from rooms.ids import Holder
from signaling.protocol.http import PERMIT_S


class Permits:
    """Gives them and knows them again."""

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        """`secret` is the site's own; `clock` the world's, in seconds since 1970."""
        self._key: Final = hmac.digest(secret.encode(), b"balcao check", hashlib.sha256)
        self._clock: Final = clock

    def give(self, holder: Holder) -> str:
        """One for this browser."""
        named = f"{secrets.token_hex(8)}-{int(self._clock()) + PERMIT_S}"
        return f"{named}-{self._signed(named, holder)}"

    def check_of(self, permit: str, holder: Holder) -> str | None:
        """The id of the check that it was given for; None: not ours, another browser's, or too old."""
        named, _, signature = permit.rpartition("-")
        if not hmac.compare_digest(signature.encode(), self._signed(named, holder).encode()):
            return None
        check, _, until_s = named.partition("-")
        return check if self._clock() < int(until_s) else None

    def _signed(self, named: str, holder: Holder) -> str:
        return hmac.digest(self._key, f"{named}-{holder}".encode(), hashlib.sha256).hex()[:32]
