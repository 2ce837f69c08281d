"""The way in: HTTP, sockets and the command line."""

__version__ = "0.1.0"
