"""Somebody inside, of whom a stranger's description tells an echo: whether anything comes to them."""

import asyncio
import re


class Inside(asyncio.DatagramProtocol):
    """Somebody inside, who wants to be left alone."""

    def __init__(self):
        self.something = asyncio.Event()

    def datagram_received(self, *_packet):
        self.something.set()


def only_at(address, sdp: str) -> str:
    """The description with this address for each of its own."""
    there = "a=candidate:1 1 udp 2130706431 {} {} typ host".format(*address)
    return re.sub("a=candidate:.*", there, sdp)
