"""Socket.IO's packets as our pages send them. Whatever else comes is none, and is not heard."""

from contextlib import suppress
from typing import Any

import socketio
from socketio.packet import ACK, CONNECT, DISCONNECT, EVENT, Packet


class NoPacketError(Exception):
    """No page of ours sends this."""


class StrictPacket(Packet):  # type: ignore[misc]  # python-socketio ships no types
    """Nothing of ours is binary: attachments would wait in memory, as many as a page announces."""

    def decode(self, encoded_packet: str) -> int:
        """What a page has sent; answers how many attachments follow.

        Raises:
            NoPacketError: it is none, or one that no page of ours sends.

        """
        try:
            super().decode(encoded_packet)
        except ValueError:
            raise NoPacketError from None
        if not _is_ours(self.packet_type, self.id, self.data):
            raise NoPacketError
        return 0


class StrictServer(socketio.AsyncServer):  # type: ignore[misc]  # python-socketio ships no types
    """The library's own raises from its depths at what is no packet, and writes a traceback of each."""

    async def _handle_eio_message(self, eio_sid: str, said: object) -> None:
        if isinstance(said, str) and said:
            with suppress(NoPacketError):
                await super()._handle_eio_message(eio_sid, said)


def _is_ours(kind: int, number: int | None, said: Any) -> bool:
    if kind == EVENT:
        return isinstance(said, list) and bool(said) and isinstance(said[0], str)
    if kind == ACK:
        return isinstance(said, list) and number is not None
    return kind in {CONNECT, DISCONNECT}
