"""python-socketio's book-keeping of who is connected, at a cost that does not grow with the others who are."""

from typing import Any

import socketio


class Books(socketio.AsyncManager):  # type: ignore[misc]  # python-socketio ships no types
    """For connections that are in no room but their own, and ours are in none.

    The library's own looks through every room for each connection that ends, and every connection is a room: when five
    thousand leave at once, that is twenty-five million looks in one go. Its lists of those who come and go are searched
    in the same way.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pending_connect: dict[str, Sids] = Pending()
        self.pending_disconnect: dict[str, Sids] = Pending()

    def basic_disconnect(self, sid: str, namespace: str, **_options: Any) -> None:
        """The connection is in no book any more; one that is in none already is no error."""
        for room in (None, sid):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if namespace in pending:
                pending[namespace].discard(sid)


class Sids(set[str]):
    """A set that may be spoken to as the list that the library takes it for."""

    append = set.add


class Pending(dict[str, Sids]):
    """By namespace: whatever list is put in is kept as a set."""

    def __setitem__(self, namespace: str, sids: Any) -> None:
        super().__setitem__(namespace, Sids(sids))
