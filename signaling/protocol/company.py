"""Parts of views that tell of somebody else in a call: who is there, who is asked in, who offers to come."""

from rooms.model.attendant import Status
from rooms.model.call import CallState, EndOfCall, Gone, GuestKind, NotComing
from signaling.protocol.base import Id, Ms, Slug, Wire
from signaling.protocol.signals import Clerk, Party


class Guest(Wire):
    """Somebody else who is in the call."""

    party: Party
    kind: GuestKind
    name: str
    function: str | None
    """Of somebody of the court."""


class Colleague(Wire):
    """Somebody who could come to help: at the unit's counter, and with nobody."""

    id: Slug
    name: str
    status: Status


class AskedView(Wire):
    """Somebody of the court was asked into the call: it rings until then, or `answer` says why nobody comes."""

    kind: GuestKind
    name: str | None
    """Whom, where it was one."""
    until_ms: Ms | None
    answer: NotComing | None


class AskedIn(Wire):
    """It rings at this desk: somebody asks for help in their call."""

    call: Id
    kind: GuestKind
    number: str
    clerk: Clerk
    """Who asks."""
    until_ms: Ms


class OfferedView(Wire):
    """It rings at this desk: an interpreter offers to come into its call."""

    name: str
    function: str
    until_ms: Ms


class GuestCall(Wire):
    """The call that a guest is in."""

    call: Id
    state: CallState
    gone: Gone | None
    until_ms: Ms | None
    """While it is interrupted, or on hold."""
    started_ms: Ms | None
    end: EndOfCall | None
    clerk: Clerk


class Helping(Wire):
    """The call of somebody else that this desk is in, as a guest."""

    me: Guest
    number: str
    call: GuestCall


class PoolUnit(Wire):
    """A unit in which people talk now, and in how many calls."""

    slug: Slug
    name: str
    calls: int


class OfferView(Wire):
    """An interpreter offers a unit to come: it rings until then, or `answer` says why nobody let them in."""

    unit: str
    """Its name."""
    until_ms: Ms | None
    answer: NotComing | None
