"""What happened: the entries of `{court}:events`. Ids, codes and numbers; never a name, a document or words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rooms.ids import AttendantId, CallId, EntryId, Holder, Millis, TicketId, UnitId


class EventKind(StrEnum):
    """One word per transition."""

    TICKET_JOINED = "ticket.joined"
    TICKET_PRESENT = "ticket.present"
    TICKET_AWAY = "ticket.away"
    TICKET_PASSED = "ticket.passed"
    TICKET_REFUSED = "ticket.refused"
    """Lost demand: somebody wanted a ticket and was told no; once a person, unit and day. There is no ticket."""
    TICKET_NEAR = "ticket.near"
    """Two people ahead at most; said once a ticket, when the line moved."""
    TICKET_CALLED = "ticket.called"
    TICKET_SEEN = "ticket.seen"
    TICKET_MORE_TIME = "ticket.more_time"
    TICKET_ENTERED = "ticket.entered"
    TICKET_INTERRUPTED = "ticket.interrupted"
    """Somebody is gone from the call; `cause` says who."""
    TICKET_RESUMED = "ticket.resumed"
    TICKET_HELD = "ticket.held"
    TICKET_UNHELD = "ticket.unheld"
    TICKET_RETURNED = "ticket.returned"
    """Back in line without having been served; `cause` says why."""
    TICKET_READY = "ticket.ready"
    """What was to be fetched is there, or had its time."""
    TICKET_TIER = "ticket.tier"
    """Staff corrected the tier."""
    TICKET_NOTED = "ticket.noted"
    """A clerk wrote something down; what, only the live ticket keeps."""
    TICKET_CHECKED = "ticket.checked"
    """The visitor's devices and internet were checked; what was found, only the live ticket keeps."""
    TICKET_PAGE = "ticket.page"
    """Another page of the visitor became the active one."""
    TICKET_MOVED = "ticket.moved"
    """Another browser holds the ticket: handed over, or forgotten by the one that held it (`cause`)."""
    TICKET_ENDED = "ticket.ended"
    GUEST_INVITED = "guest.invited"
    """An attendant gave out a link to a call."""
    GUEST_ASKED = "guest.asked"
    """It rings at the desk of somebody of the court (`attendant`), for the call of another (`asker`)."""
    GUEST_ANSWERED = "guest.answered"
    """It rings there no more; `cause` says why."""
    GUEST_OFFERED = "guest.offered"
    """It rings at the desk of somebody in a call (`attendant`): an interpreter (`asker`) offers to come."""
    GUEST_OFFER_OVER = "guest.offer_over"
    """It rings there no more; `cause` says why."""
    GUEST_CAME = "guest.came"
    """Somebody else is in the call; `as` says in what capacity."""
    GUEST_LEFT = "guest.left"
    GUEST_PAGE = "guest.page"
    """Another page of a guest became the active one."""
    CALL_ENDED = "call.ended"
    CALL_MEASURED = "call.measured"
    """How a call that has ended went for the side `by`, as its pages last said."""
    CALL_FINISHED = "call.finished"
    """The attendant is ready again; carries `handling_ms` and `outcome`."""
    ATTENDANT_STATUS = "attendant.status"
    ATTENDANT_UNITS = "attendant.units"
    ATTENDANT_DESK = "attendant.desk"
    """The desk was opened or taken over by another page."""
    UNIT_SUSPENDED = "unit.suspended"
    """No new tickets for a while; what people are told stays out of the event."""
    UNIT_RESUMED = "unit.resumed"
    NETWORK_LIMITED = "network.limited"
    """One network asks too much; it is known by its keyed hash alone."""
    NETWORK_CLEARED = "network.cleared"
    DIRECTORY_CHANGED = "directory.changed"
    EPOCH_RAISED = "court.epoch"
    MENDED = "court.mended"
    """Something contradicted itself and was put right; `cause` says what it was."""


def browser_of(holder: Holder) -> str:
    """What an event tells of a ticket's holder (fact `browser`): the beginning, by which its other pages are found."""
    return holder[:16]


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. `n` is the court's contiguous counter; `facts` are the kind's own fields as written by its script."""

    id: EntryId
    n: int
    at_ms: Millis
    kind: EventKind
    unit: UnitId | None
    ticket: TicketId | None
    attendant: AttendantId | None
    call: CallId | None
    facts: Mapping[str, str]


MOVE: Final = frozenset({"cause", "actor", "position", "original_position", "wait_ms"})
"""What every move of a ticket to another state tells: why, which side did it, where in line (out of it: the place it
left the line from), where at joining, and how long from joining to the last call (to this moment where nobody called).
"""

FACTS: Final[Mapping[EventKind, frozenset[str]]] = {
    EventKind.TICKET_JOINED: MOVE
    | {"number", "seq", "tier", "role", "receipt", "band", "joined_ms", "announced_low_min", "announced_high_min"}
    | {"parent", "hops", "browser"},
    EventKind.TICKET_PRESENT: frozenset(),
    EventKind.TICKET_AWAY: frozenset(),
    EventKind.TICKET_PASSED: frozenset(),
    EventKind.TICKET_REFUSED: frozenset({"reason"}),
    EventKind.TICKET_NEAR: frozenset({"position", "original_position"}),
    EventKind.TICKET_CALLED: MOVE | {"tries", "order", "reason"},
    EventKind.TICKET_SEEN: frozenset(),
    EventKind.TICKET_MORE_TIME: frozenset({"ring_until_ms"}),
    EventKind.TICKET_ENTERED: MOVE | {"media"},
    EventKind.TICKET_INTERRUPTED: MOVE | {"until_ms"},
    EventKind.TICKET_RESUMED: MOVE,
    EventKind.TICKET_HELD: MOVE | {"until_ms"},
    EventKind.TICKET_UNHELD: MOVE,
    EventKind.TICKET_RETURNED: MOVE | {"band", "tries", "reason"},
    EventKind.TICKET_READY: frozenset({"actor", "position", "original_position"}),
    EventKind.TICKET_TIER: frozenset({"tier", "before", "reason", "actor"}),
    EventKind.TICKET_NOTED: frozenset({"actor"}),
    EventKind.TICKET_CHECKED: frozenset(),
    EventKind.TICKET_PAGE: frozenset(),
    EventKind.TICKET_MOVED: frozenset({"cause"}),
    EventKind.TICKET_ENDED: MOVE | {"state", "reason"},
    EventKind.GUEST_INVITED: frozenset({"as"}),
    EventKind.GUEST_ASKED: frozenset({"as", "asker"}),
    EventKind.GUEST_ANSWERED: frozenset({"as", "asker", "cause"}),
    EventKind.GUEST_OFFERED: frozenset({"asker"}),
    EventKind.GUEST_OFFER_OVER: frozenset({"asker", "cause"}),
    EventKind.GUEST_CAME: frozenset({"party", "as"}),
    EventKind.GUEST_LEFT: frozenset({"party", "as", "cause"}),
    EventKind.GUEST_PAGE: frozenset(),
    EventKind.CALL_ENDED: frozenset({"end", "by"}),
    EventKind.CALL_MEASURED: frozenset({"by", "path", "restarts", "ice_ms", "connected_ms", "sound_ms", "picture_ms"})
    | {"round_trip_ms", "worst_round_trip_ms", "lost_percent", "worst_lost_percent", "spells", "pages"},
    EventKind.CALL_FINISHED: frozenset({"outcome", "handling_ms", "actor"}),
    EventKind.ATTENDANT_STATUS: frozenset({"units", "status", "pause", "activity", "actor"}),
    EventKind.ATTENDANT_UNITS: frozenset({"units", "before", "actor"}),
    EventKind.ATTENDANT_DESK: frozenset({"fence", "actor"}),
    EventKind.UNIT_SUSPENDED: frozenset({"actor", "until_ms"}),
    EventKind.UNIT_RESUMED: frozenset({"actor"}),
    EventKind.NETWORK_LIMITED: frozenset({"network", "what"}),
    EventKind.NETWORK_CLEARED: frozenset({"network", "actor"}),
    EventKind.DIRECTORY_CHANGED: frozenset(),
    EventKind.EPOCH_RAISED: frozenset({"epoch"}),
    EventKind.MENDED: frozenset({"cause"}),
}
"""The facts each kind may carry; a test reads the scripts against it. An empty string is the same as an absent fact.

`ticket` is set in every `ticket.*` and `call.*` event, `attendant` and `call` in those from the ring on and in the move
that takes somebody back to the line; `actor` is the side that did it. History reads six of the kinds
(`rooms.model.visit.READ`).
"""
