"""The event loop of a server: it hears a few sockets at a time, and as much of each as is usually said."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

AT_ONCE: Final = 32
"""A socket that says something costs some 50 µs at each of the steps that follow."""
READ_BYTES: Final = 65_536
"""As much as one message may be. asyncio asks for 256 KB, which glibc maps anew for each message, however short: that
was more than half of what it cost to receive one.
"""

T = TypeVar("T")


class _Few:
    """An epoll that tells of a few sockets. Asked again, the kernel tells of the others first."""

    def __init__(self, epoll: Any) -> None:
        self._epoll = epoll

    def poll(self, timeout: float, most: int) -> list[tuple[int, int]]:
        events: list[tuple[int, int]] = self._epoll.poll(timeout, min(most, AT_ONCE))
        return events

    def __getattr__(self, name: str) -> Any:
        return getattr(self._epoll, name)


class _Loop(asyncio.SelectorEventLoop):
    def _make_socket_transport(self, *arguments: Any, **named: Any) -> Any:
        transport = super()._make_socket_transport(*arguments, **named)  # type: ignore[misc]  # asyncio has no public word
        transport.max_size = READ_BYTES
        return transport


def few_at_once() -> selectors.BaseSelector:
    """A selector that answers with `AT_ONCE` sockets at most; where there is no epoll, the usual one."""
    selector = selectors.DefaultSelector()
    if hasattr(selectors, "EpollSelector") and isinstance(selector, selectors.EpollSelector):
        selector._selector = _Few(selector._selector)  # type: ignore[attr-defined]  # noqa: SLF001  # nor selectors
    return selector


def run(main: Coroutine[Any, Any, T]) -> T:
    """As `asyncio.run`.

    asyncio hears all sockets that have something to say before it looks at the clock again. When a building loses its
    network, thousands end at once, each in a dozen steps that all of them take together: whoever stays waited a second.
    """
    with asyncio.Runner(loop_factory=lambda: _Loop(few_at_once())) as runner:
        return runner.run(main)
