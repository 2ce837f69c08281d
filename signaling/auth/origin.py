"""Whether a request was made by one of our own pages (a foreign page's `fetch` or socket carries our cookies too)."""

from collections.abc import Collection
from urllib.parse import urlsplit


def is_ours(origin: str | None, host: str, allowed: Collection[str]) -> bool:
    """Whether `origin`, as the browser states it, is the host it was sent to, or one the site allows.

    A missing one is foreign: every browser of this decade sends it with a POST, a DELETE and a WebSocket handshake.
    The scheme is not compared: behind a proxy the page is https and we are not.
    """
    if origin is None:
        return False
    if origin in allowed:
        return True
    parts = urlsplit(origin)
    return parts.scheme in {"http", "https"} and parts.netloc != "" and parts.netloc.lower() == host.lower()
