"""Whether a request was made by one of our own pages (a foreign page's `fetch` or socket carries our cookies too)."""

from collections.abc import Collection
from urllib.parse import urlsplit


def is_ours(origin: str | None, host: str, scheme: str | None, allowed: Collection[str]) -> bool:
    """Whether `origin`, as the browser states it, is where it was sent to, or one the site allows.

    A missing one is foreign: every browser of this decade sends it with a POST, a DELETE and a WebSocket handshake.
    `scheme` None: not known, as behind a proxy that is not trusted to say it; then only the host is compared.
    """
    if origin is None:
        return False
    if origin in allowed:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:  # no browser states such a one
        return False
    schemes = {"http", "https"} if scheme is None else {scheme}
    return parts.scheme in schemes and parts.netloc != "" and parts.netloc.lower() == host.lower()
