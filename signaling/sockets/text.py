"""JSON that is carried as text: written once, read once."""

import json
from dataclasses import dataclass
from typing import Any, Final

from signaling.protocol.base import EventName


@dataclass(frozen=True, slots=True)
class Text:
    """JSON that is written already, or not read yet.

    A view is turned into text once, by pydantic, and not walked through again; a command is read once, by pydantic too,
    and one that is refused for its size, or because there are too many, not at all.
    """

    json: str


class Json:
    """The JSON module that python-socketio is given; it is the process's, so it does for everybody what `json` does.

    But for a command, which no page of ours is ever told.
    """

    _COMMAND: Final = f'["{EventName.COMMAND.value}",'

    @classmethod
    def loads(cls, packet: str) -> Any:
        """A packet's data, the payload of a command as it came.

        Raises:
            ValueError: it is no JSON, or nobody's who means it.

        """
        if packet.startswith(cls._COMMAND) and packet.endswith("]"):
            return [EventName.COMMAND.value, Text(packet[len(cls._COMMAND) : -1])]
        try:
            return json.loads(packet)
        except RecursionError:
            raise ValueError("nested too deeply") from None

    @staticmethod
    def dumps(packet: object, **options: Any) -> str:
        """A packet's data, texts among it as they are."""
        if isinstance(packet, list) and any(isinstance(part, Text) for part in packet):
            parts = (part.json if isinstance(part, Text) else json.dumps(part, **options) for part in packet)
            return f"[{','.join(parts)}]"
        return json.dumps(packet, **options)
