"""What the services need from the outside, named by the one who uses it.

`Store` and `Log` are the live state (Redis or Valkey), `Directory` and `History` the past and the people (SQL).
Every method may raise `UnavailableError(STORE_AWAY)`; the refusals of each verb are named in its docstring.
A verb is one script: atomic, idempotent under (principal, verb, request), its event appended before it returns.
A ticket keeps the policy it was taken under, a desk the one it was opened under: later verbs need none.
"""

from typing import Protocol

from rooms.ports.asked import (
    Destination,
    Handover,
    Joined,
    Mended,
    NewCall,
    NewTicket,
    Request,
    Round,
    Saying,
    Session,
    Suspending,
    Swept,
)
from rooms.ports.attendant import AttendantVerbs
from rooms.ports.guest import GuestVerbs
from rooms.ports.house import HouseVerbs
from rooms.ports.log import Log
from rooms.ports.past import Directory, History
from rooms.ports.push import Push
from rooms.ports.visitor import VisitorVerbs


class Store(VisitorVerbs, AttendantVerbs, GuestVerbs, HouseVerbs, Protocol):
    """The counter's live state: one method, one script (`rooms/redis/lua/<name>.lua`)."""


__all__ = [
    "AttendantVerbs",
    "Destination",
    "Directory",
    "GuestVerbs",
    "Handover",
    "History",
    "HouseVerbs",
    "Joined",
    "Log",
    "Mended",
    "NewCall",
    "NewTicket",
    "Push",
    "Request",
    "Round",
    "Saying",
    "Session",
    "Store",
    "Suspending",
    "Swept",
    "VisitorVerbs",
]
