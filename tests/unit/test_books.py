"""Whoever leaves is struck off the books without a look at anybody else: five thousand may leave at once."""

import pytest
import socketio

from signaling.sockets.books import Books

PEOPLE = 5


class Unsearchable(dict):
    """Rooms that one may look up, but not look through."""

    def _searched(self, *_anything):
        raise AssertionError("every room was looked through")

    copy = items = values = keys = __iter__ = _searched


async def connected(books: socketio.AsyncManager) -> list[str]:
    """Some people, connected one after the other."""
    server = socketio.AsyncServer(client_manager=books)
    books.set_server(server)
    return [await books.connect(f"transport-{number}", "/visitor") for number in range(PEOPLE)]


def leave(books: socketio.AsyncManager, sid: str) -> None:
    books.pre_disconnect(sid, "/visitor")
    assert not books.is_connected(sid, "/visitor"), "on their way out"
    books.basic_disconnect(sid, "/visitor")


async def test_who_leaves_is_gone_and_nobody_else_is():
    books = Books()
    first, *others = await connected(books)
    books._generate_ack_id(first, print)
    leave(books, first)
    assert not books.is_connected(first, "/visitor")
    assert books.eio_sid_from_sid(first, "/visitor") is None
    assert first not in books.callbacks
    assert all(books.is_connected(other, "/visitor") for other in others)
    for other in others:
        leave(books, other)
    assert not books.rooms
    assert not any(books.pending_disconnect.values())
    assert not any(books.pending_connect.values())


async def test_nobody_else_is_looked_at():
    books = Books()
    first, *_ = await connected(books)
    books.rooms["/visitor"] = Unsearchable(books.rooms["/visitor"])
    leave(books, first)
    assert not books.is_connected(first, "/visitor")


async def test_the_librarys_own_looks_at_everybody():
    """Else this could go."""
    books = socketio.AsyncManager()
    first, *_ = await connected(books)
    books.rooms["/visitor"] = Unsearchable(books.rooms["/visitor"])
    with pytest.raises(AssertionError, match="looked through"):
        leave(books, first)


async def test_who_never_was_here_may_leave():
    Books().basic_disconnect("nobody", "/visitor")
