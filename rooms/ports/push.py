"""The way to somebody whose page is closed."""

from typing import Protocol

from rooms.ids import CourtId
from rooms.model.reminder import Reminder


class Push(Protocol):
    """Their browser's own push service."""

    async def send(self, court: CourtId, push: str, reminder: Reminder) -> bool:
        """Tell them; False: that subscription is over for good. A service that does not answer is no reason to wait."""
        ...
