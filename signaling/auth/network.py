"""Which network a request comes from: /24 or /64, known to the store only as a keyed hash."""

import hashlib
import hmac
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def client_address(peer: str | None, forwarded: str | None, trusted: Collection[Network]) -> Address | None:
    """The address nearest to the visitor that a trusted machine vouches for; None where there is no IP (a unix socket).

    `forwarded` is X-Forwarded-For: read from its right end, as long as the one that wrote it is a trusted proxy. The
    visitor writes its left end at will.
    """
    address = _parse(peer)
    hops = [hop.strip() for hop in forwarded.split(",")] if forwarded else []
    while hops and address is not None and _within(address, trusted):
        told = _parse(hops.pop())
        if told is None:
            break
        address = told
    return address


def is_trusted(peer: str | None, trusted: Collection[Network]) -> bool:
    """Whether what this machine tells of a request is to be believed."""
    address = _parse(peer)
    return address is not None and _within(address, trusted)


def network_of(address: Address) -> Network:
    """The /24 (IPv4) or /64 (IPv6) around an address; an IPv4 address inside IPv6 counts as itself."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return ip_network((address, 24 if address.version == 4 else 64), strict=False)  # noqa: PLR2004 - IP's own number


def hashed_network(address: Address | None, allowed: Collection[Network], key: bytes) -> str:
    """What limits count by: 16 hex digits, the same on every node of a site; empty where nothing is to be limited."""
    if address is None or _within(address, allowed):
        return ""
    return hmac.digest(key, f"network:{network_of(address)}".encode(), hashlib.sha256).hex()[:16]


def _parse(text: str | None) -> Address | None:
    try:
        return ip_address(text or "")
    except ValueError:
        return None


def _within(address: Address, networks: Collection[Network]) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in networks if network.version == address.version)
