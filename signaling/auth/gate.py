"""One site's rules about requests: whose page it is, which network it comes from."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from signaling.auth.network import client_address, hashed_network, is_trusted
from signaling.auth.origin import is_ours
from signaling.settings import Settings


class Gate:
    """Asked by every POST, every DELETE and every socket."""

    def __init__(self, settings: Settings, secret: str) -> None:
        """`secret` is the site's own, the same on every node: networks are counted under one hash everywhere."""
        self._origins: Final = frozenset(settings.origins) | ({settings.public_url} if settings.public_url else set())
        self._has_certificate: Final = settings.tls_cert is not None
        self._trusted: Final = settings.trusted_proxies
        self._allowed: Final = settings.joins_allowed_networks
        self._key: Final = hmac.digest(secret.encode(), b"balcao network", hashlib.sha256)

    def is_ours(self, peer: str | None, headers: Mapping[str, str]) -> bool:
        """Whether a page of ours sent this."""
        return is_ours(headers.get("Origin"), headers.get("Host", ""), self._scheme(peer, headers), self._origins)

    def network(self, peer: str | None, headers: Mapping[str, str]) -> str:
        """What limits count this request by; empty: not limited."""
        return hashed_network(
            client_address(peer, headers.get("X-Forwarded-For"), self._trusted), self._allowed, self._key
        )

    def _scheme(self, peer: str | None, headers: Mapping[str, str]) -> str | None:
        """How the page was asked for, where that is known: we have the certificate, or a trusted proxy says it."""
        if self._has_certificate:
            return "https"
        told = headers.get("X-Forwarded-Proto") if is_trusted(peer, self._trusted) else None
        # of several proxies the first one has met the page
        return None if told is None else told.partition(",")[0].strip().lower()
