"""What is on its way to one connected page: the newest view, every signal, at last a goodbye."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

from signaling.protocol.base import EventName
from signaling.protocol.signals import SignalEntry
from signaling.protocol.views import Farewell, Goodbye, Move

UNSENT_SIGNALS: Final = 500
UNSENT_BYTES: Final = 96_000
"""A page that is further behind, beside the one view that is on its way, is cut; it comes back and asks for the replay.
One message more may have been said before that is seen, and one is twice in the hands of whoever gives it to the
network: a quarter of a megabyte in all.
"""
ACKNOWLEDGED_WITHIN_S: Final = 20.0
"""A page that has not taken a view for so long is not there any more, whatever its socket says."""


class Line(Protocol):
    """The socket below a page."""

    def emit(self, event: EventName, body: str, taken: Callable[[], None] | None) -> None:
        """Send an event with this JSON; `taken` is called when the page acknowledges it."""
        ...

    def cut(self) -> None:
        """Close the transport: the page will come back by itself."""
        ...

    async def end(self) -> None:
        """End the connection: the page will not come back by itself."""
        ...

    def unsent(self) -> int:
        """How many bytes the network has not taken yet."""
        ...


class ConnectedPage:
    """One page, from its admission to its end. `show`, `say` and `goodbye` never wait.

    At most one unacknowledged view is in flight; a newer one replaces the one that waits. Signals go out in order and
    never wait for a view. Of what a waiting visitor costs this is a part: no dictionary, no queue before it is used.
    """

    __slots__ = (
        "_closed",
        "_ending",
        "_farewell",
        "_in_flight",
        "_line",
        "_move",
        "_sending",
        "_showing",
        "_signals",
        "_view",
    )

    def __init__(self, line: Line) -> None:
        self._line = line
        self._view: str | None = None
        self._in_flight: asyncio.TimerHandle | None = None
        self._showing = 0
        """How long the view is that is in flight."""
        self._signals: deque[SignalEntry] | None = None
        self._move: Move | None = None
        self._farewell: Farewell | None = None
        self._sending: asyncio.Handle | None = None
        self._ending: asyncio.Task[None] | None = None
        self._closed = False

    def show(self, view: str) -> None:
        """Show this, a view's JSON; it replaces one that still waits to be sent."""
        self._view = view
        self._send()

    def say(self, entry: SignalEntry) -> None:
        """Pass on one entry of a call's log."""
        if self._signals is None:
            self._signals = deque()
        self._signals.append(entry)
        self._send()

    def move(self, within_ms: int) -> None:
        """Ask the page to connect anew at a random moment within that time."""
        self._move = Move(within_ms=within_ms)
        self._send()

    def goodbye(self, reason: Farewell) -> None:
        """End the connection for good, saying why; what waits before it still goes out."""
        self._farewell = reason
        self._send()

    def cut_if_behind(self) -> bool:
        """A page that does not take what it is told or answered is cut; whether it was."""
        # a supervisor's view of a whole court is as long as that: nobody is cut for what they were shown at once
        is_behind = len(self._signals or ()) > UNSENT_SIGNALS or self._line.unsent() > UNSENT_BYTES + self._showing
        if is_behind:
            self._line.cut()
        return is_behind

    def close(self) -> None:
        """The socket is gone. Idempotent."""
        self._closed = True
        self._landed()
        if self._sending is not None:
            self._sending.cancel()
        if self._ending is not None:
            self._ending.cancel()

    def _send(self) -> None:
        """As soon as whoever speaks now has finished: not before CONNECT, and of two views at once only the newer."""
        if not self._closed and self._sending is None:
            self._sending = asyncio.get_running_loop().call_soon(self._send_all)

    def _send_all(self) -> None:
        self._sending = None
        while not self._closed and self._ending is None:
            if self.cut_if_behind():
                return
            if self._signals:
                entry = self._signals.popleft()
                self._line.emit(EventName.SIGNAL, entry.model_dump_json(), None)
            elif self._view is not None and self._in_flight is None:
                view, self._view = self._view, None
                self._showing = len(view)
                self._in_flight = asyncio.get_running_loop().call_later(ACKNOWLEDGED_WITHIN_S, self._overdue)
                self._line.emit(EventName.VIEW, view, self._taken)
            elif self._move is not None:
                move, self._move = self._move, None
                self._line.emit(EventName.MOVE, move.model_dump_json(), None)
            elif self._farewell is not None:
                farewell = Goodbye(reason=self._farewell)
                self._line.emit(EventName.GOODBYE, farewell.model_dump_json(), None)
                self._ending = asyncio.create_task(self._line.end())
            else:
                return

    def _taken(self) -> None:
        self._landed()
        if self._view is not None:
            self._send()

    def _landed(self) -> None:
        if self._in_flight is not None:
            self._in_flight.cancel()
            self._in_flight = None
            self._showing = 0

    def _overdue(self) -> None:
        if not self._closed:
            self._line.cut()
