"""What a call's two ends connect with: STUN and TURN servers, with credentials that end by themselves.

The username is `<expiry>:<call>-<party>`, the credential the base64 HMAC-SHA1 of it under the secret shared with the
TURN server (draft-uberti-behave-turn-rest-00 §2.2; coturn's `use-auth-secret`). Given to the members of a live call
only, and never part of a stored result.
"""

import base64
import hashlib
import hmac

from rooms.ids import CallId
from signaling.protocol.signals import Ice, IceServer, Party
from signaling.settings import Settings


def ice_for(settings: Settings, call: CallId, party: Party, now_s: int) -> Ice:
    """The servers for one side of one call. `now_s` is the world's clock, the one that the TURN server reads."""
    servers: list[IceServer] = []
    if settings.stun_urls:
        servers.append(IceServer(urls=settings.stun_urls))
    if settings.turn_urls and settings.turn_secret is not None:
        username = f"{now_s + settings.turn_ttl}:{call}-{party.value}"
        credential = turn_credential(settings.turn_secret.get_secret_value(), username)
        servers.append(IceServer(urls=settings.turn_urls, username=username, credential=credential))
    return Ice(servers=tuple(servers), relay_until_go=settings.relays_staff and party is Party.ATTENDANT)


def turn_credential(secret: str, username: str) -> str:
    """The password that a TURN server with this secret expects of `username`."""
    digest = hmac.digest(secret.encode(), username.encode(), hashlib.sha1)
    return base64.b64encode(digest).decode()
