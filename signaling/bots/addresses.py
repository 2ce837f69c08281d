"""Which addresses an echo may send to: its packets go where a stranger's description says. Pure."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

_TRANSLATED: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""NAT64 (RFC 6052, RFC 8215): an IPv4 address behind a translator, which may be inside."""


def is_public(text: str) -> bool:
    """Whether this is an address of somebody on the internet, and nothing that leads back inside.

    Private, loopback, link-local, shared, documentation, multicast and reserved ranges are not; nor is an IPv6 address
    that carries an IPv4 one (mapped, 6to4, Teredo, NAT64), nor a name, `.local` ones among them.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and (
        address.ipv4_mapped is not None
        or address.sixtofour is not None
        or address.teredo is not None
        or any(address in network for network in _TRANSLATED)
    ):
        return False
    return address.is_global and not address.is_multicast


def without_private(sdp: str) -> str:
    """The description without the candidates that are no public address or no UDP.

    A candidate's line is `a=candidate:<foundation> <component> <transport> <priority> <address> <port> typ …`
    (RFC 8839 §5.1).
    """
    kept = [line for line in sdp.splitlines() if not line.startswith("a=candidate:") or _is_reachable(line)]
    return "".join(f"{line}\r\n" for line in kept)


def _is_reachable(line: str) -> bool:
    words = line.split()
    return len(words) > 5 and words[2].lower() == "udp" and is_public(words[4])  # noqa: PLR2004  # as above
