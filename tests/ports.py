"""Ports of loopback, for programs that must be told theirs."""

import random
import socket

RANGE = range(20_000, 32_768)
"""Below those that Linux gives out by itself: nobody comes by one between this look and the program's start."""


def free_port() -> int:
    """A port that nobody has now, neither of TCP nor of UDP."""
    while True:
        port = random.choice(RANGE)  # noqa: S311 - two tests at a time seldom ask for the same, and nothing is kept secret
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            try:
                tcp.bind(("127.0.0.1", port))
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
