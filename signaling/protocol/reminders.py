"""What a push message says, sealed for the browser's service worker, which words it in the person's language."""

from typing import Literal

from rooms.model.reminder import Occasion
from signaling.protocol.base import Ms, Wire

Language = Literal["pt", "en", "es"]


class PushMessage(Wire):
    """One reminder. No name and no document: a locked screen shows it to whoever holds the telephone."""

    occasion: Occasion
    number: str
    unit: str
    address: str
    """The path to open."""
    until_ms: Ms | None
    """By when to open it."""
    zone: str
    language: Language
