"""The way in: HTTP, sockets and the command line."""
