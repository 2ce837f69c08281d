"""The counter: tickets, attendants and calls of a court, without HTTP, sockets or WebRTC."""
