"""What a call's two ends connect with: STUN and TURN servers, with credentials that end by themselves.

The username is `<expiry>:<call>-<party>`, the credential the base64 HMAC-SHA1 of it under the secret shared with the
TURN server (draft-uberti-behave-turn-rest-00 §2.2; coturn's `use-auth-secret`). Given to the members of a live call
only, and never part of a stored result.

The TURN server gives each name behind the expiry so many relays and no more (coturn's `user-quota`). A side of a call
has a name of its own. Checks are anybody's, as many as there are browsers, so they share a few names among all of them:
together they never hold more than those names may, and the rest is left to calls.
"""

import base64
import hashlib
import hmac
import zlib
from collections.abc import Callable
from typing import Final

from signaling.protocol.signals import Ice, IceServer, Party
from signaling.settings import Settings

NOTHING = Ice(servers=(), relay_until_go=False)
"""For a call that is over."""
CHECK_S = 120
"""What a device and line check takes, with time to answer the browser's own question."""
CHECK_NAMES: Final = 8
"""The names that all checks of a site share."""


class Turn:
    """Gives out what a site's settings name."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        """`clock` is the world's, in seconds since 1970: the one that the TURN server reads."""
        self._settings = settings
        self._clock = clock

    def check(self, who: str) -> Ice:
        """The servers for one device and line check of this browser, for two minutes, under a shared name."""
        name = f"check-{zlib.crc32(who.encode()) % CHECK_NAMES}"
        return Ice(servers=self._servers(name, CHECK_S), relay_until_go=False)

    def ice(self, call: str, party: Party) -> Ice:
        """The servers for one side of one live call."""
        servers = self._servers(f"{call}-{party.value}", self._settings.turn_ttl)
        return Ice(servers=servers, relay_until_go=self._settings.relays_staff and party is Party.ATTENDANT)

    def _servers(self, name: str, ttl_s: int) -> tuple[IceServer, ...]:
        settings = self._settings
        servers: list[IceServer] = []
        if settings.stun_urls:
            servers.append(IceServer(urls=settings.stun_urls))
        if settings.turn_urls and settings.turn_secret is not None:
            username = f"{int(self._clock()) + ttl_s}:{name}"
            credential = turn_credential(settings.turn_secret.get_secret_value(), username)
            servers.append(IceServer(urls=settings.turn_urls, username=username, credential=credential))
        return tuple(servers)


def turn_credential(secret: str, username: str) -> str:
    """The password that a TURN server with this secret expects of `username`."""
    digest = hmac.digest(secret.encode(), username.encode(), hashlib.sha1)
    return base64.b64encode(digest).decode()
