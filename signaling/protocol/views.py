"""What the server pushes (event `view`): small, complete, newest wins. Acknowledged by the page.

At most one unacknowledged view of a kind is on its way to a page; a newer one replaces the one that waits. A page
drops a view whose `as_of` is older than the one it shows.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import CallState, EndOfCall, Gone, Outcome, WhyLeft
from rooms.model.snapshot import Flooded
from rooms.model.ticket import Cause, Media, Role, TicketState, Tier, TierReason
from signaling.protocol.base import Id, Ms, Slug, Wire
from signaling.protocol.company import (
    AskedIn,
    AskedView,
    Colleague,
    Guest,
    GuestCall,
    Helping,
    OfferedView,
    OfferView,
    PoolUnit,
)
from signaling.protocol.quality import CheckView
from signaling.protocol.signals import Clerk


class AsOf(Wire):
    """Compared as (epoch, n)."""

    epoch: int
    n: int
    now_ms: Ms
    """Court time at the read; pages compute remaining times from it."""


class Estimate(Wire):
    """A range of minutes, said in words."""

    low_min: int
    high_min: int


class Contact(Wire):
    """No dead end: on every closed, failed or finished state."""

    phone: str
    email: str


class SuspensionView(Wire):
    """No new tickets for a while; whoever is inside stays."""

    message: str
    alternative: str | None
    until: str | None
    """When it ends by itself (ISO 8601 with the unit's offset); None: when somebody ends it."""


class PublicUnit(Wire):
    """A unit as anybody may see it: `GET /api/v1/units`, and inside the visitor's views.

    Instants are ISO 8601 with the unit's offset.
    """

    slug: Slug
    name: str
    comarca: str
    letters: str
    open: bool
    until: str | None
    """End of today's window, where open."""
    opens_at: str | None
    """The next opening, where closed and known."""
    closed_reason: str | None
    """Why it is closed today, where its calendar says ("Feriado municipal")."""
    waiting: int
    attending: int
    """Attendants that are available or busy with somebody here; 0: nobody attends."""
    estimate: Estimate | None
    """For somebody who joined now without priority."""
    suspended: SuspensionView | None
    """Open by its hours, and gives out no tickets all the same."""
    full: bool
    """As many wait as fit in line."""
    closing: bool
    """Whoever took a ticket now without priority would wait past closing time, and is refused."""
    contact: Contact
    zone: str
    """IANA name; the sentence says its city."""


class Worsening(StrEnum):
    """Why more people are ahead, or the estimate rose."""

    PRIORITY_ENTERED = "priority_entered"
    RETURNED = "returned"
    ATTENDANT_LEFT = "attendant_left"
    SLOWER = "slower"
    ORDER = "order"
    """Nobody came: who attends has changed, and with it who is called first (a dedicated attendant)."""


class RingView(Wire):
    """It is this ticket's turn."""

    call: Id
    until_ms: Ms
    more_time: bool
    """Whether "Preciso de mais tempo" is still to be had."""
    clerk: Clerk


class CallView(Wire):
    """The conversation under way, interrupted, or on hold."""

    call: Id
    started_ms: Ms
    clerk: Clerk
    gone: Gone | None
    """Who is missing, while it is interrupted."""
    until_ms: Ms | None
    """Until when at most it is interrupted, or on hold."""
    media: Media | None
    """How the visitor entered: a page that takes the conversation over goes on so."""


class Met(Wire):
    """Something that a ticket has met."""

    at_ms: Ms
    cause: Cause
    detail: str | None
    """The reason that a person chose; of a transfer, the unit it came from."""


class EndView(Wire):
    """How the visit ended, and its proof."""

    at_ms: Ms
    outcome: Outcome | None
    reason: str | None
    clerk: Clerk | None
    protocol: str
    receipt: str
    head_start_until_ms: Ms | None
    """Closed unserved: until when the receipt, said in `join`, makes another ticket the first of its tier, once."""
    back_until_ms: Ms | None
    """Until when "Voltei" gives the place back; None where it does not."""


class TicketBody(Wire):
    """One's own place."""

    id: Id
    rev: int
    number: str
    unit: PublicUnit
    state: TicketState
    tier: Tier
    name: str
    joined_ms: Ms
    present: bool
    ahead: int | None
    """Present people ahead; None when not waiting."""
    original_ahead: int
    near: bool
    """The turn is near (two people ahead at most): stay on the page."""
    head_start: bool
    """It began as the first of its tier, because an earlier ticket was closed unserved."""
    kept_s: int
    """A page that loses the line keeps its place at least so long, whatever happens in front of it."""
    estimate: Estimate | None
    worsening: Worsening | None
    tries: int
    returned: Met | None
    """Why it waits again, where it had been called before; of a new number, where it came from."""
    fetch_until_ms: Ms | None
    """Sent back to fetch something: not called until `ready`, or until then."""
    tier_corrected: TierReason | None
    """Why staff have changed the tier, if they have."""
    ring: RingView | None
    call: CallView | None
    end: EndView | None


class TicketView(Wire):
    """The visitor's view. `ticket` None: this browser holds none. `mirror`: another page is the active one."""

    kind: Literal["ticket"] = "ticket"
    as_of: AsOf
    mirror: bool
    ticket: TicketBody | None


class DeskUnit(Wire):
    """One of the attendant's units."""

    slug: Slug
    name: str
    letters: str
    open: bool
    chosen: bool
    suspended: SuspensionView | None


class LineRow(Wire):
    """Somebody waits: no name, nothing to pick. `ticket` is told only to whoever may call out of order."""

    ticket: Id | None
    number: str
    unit: Slug
    tier: Tier
    joined_ms: Ms


class Person(Wire):
    """Who was called, for the attendant only."""

    ticket: Id
    number: str
    unit: Slug
    name: str
    role: Role
    oab: str | None
    case_number: str | None
    libras: bool
    """They asked for an interpreter of Libras."""
    tier: Tier
    joined_ms: Ms
    tries: int
    rev: int
    hops: int
    """How many transfers led here."""
    note: str | None
    """What a clerk wrote down."""
    check: CheckView | None
    """What the check of their devices and internet found, where there was one."""
    history: tuple[Met, ...]
    """What the person has met so far, the oldest first."""


class DeskCall(Wire):
    """The call at this desk."""

    call: Id
    state: CallState
    gone: Gone | None
    """Who is missing, while it is interrupted."""
    until_ms: Ms | None
    """While it rings, is interrupted, or on hold."""
    seen: bool
    started_ms: Ms | None
    end: EndOfCall | None
    guests: tuple[Guest, ...]
    invited_until_ms: Ms | None
    """Until when the link that was given out may be used."""
    asked: AskedView | None
    """Who of the court was asked in last, until they come."""
    colleagues: tuple[Colleague, ...]
    """Who of the unit may be asked in; told while they talk."""


class DeskView(Wire):
    """The attendant's view. `elsewhere`: another page holds the desk; only `take_over` is possible."""

    kind: Literal["desk"] = "desk"
    as_of: AsOf
    elsewhere: bool
    name: str
    function: str
    status: Status
    pause: PauseReason | None
    activity: Activity
    since_ms: Ms
    units: tuple[DeskUnit, ...]
    waiting: int
    away: int
    longest_ms: Ms | None
    """When the one who waits longest came."""
    line: tuple[LineRow, ...]
    """The first fifty present, in the lawful order."""
    person: Person | None
    call: DeskCall | None
    asked: AskedIn | None
    helping: Helping | None
    offered: OfferedView | None
    wrap_until_ms: Ms | None
    wrap_extendable: bool
    outcome: Outcome | None
    """In wrap-up, the outcome that is plain and counts unless another is said."""


class InterpreterView(Wire):
    """A Libras interpreter's view. `elsewhere`: another page is where it rings; only `take_over` is possible."""

    kind: Literal["interpreter"] = "interpreter"
    as_of: AsOf
    elsewhere: bool
    name: str
    function: str
    status: Status
    pause: PauseReason | None
    activity: Activity
    since_ms: Ms
    asked: AskedIn | None
    helping: Helping | None
    units: tuple[PoolUnit, ...]
    """To which one may offer to come."""
    offer: OfferView | None


class GuestView(Wire):
    """A guest's view. `mirror`: another page of this browser is the active one."""

    kind: Literal["guest"] = "guest"
    as_of: AsOf
    mirror: bool
    me: Guest
    left: WhyLeft | None
    """Why this guest is not in the call any more."""
    call: GuestCall


class BoardAttendant(Wire):
    """Somebody behind a counter."""

    id: Slug
    name: str
    status: Status
    pause: PauseReason | None
    activity: Activity
    since_ms: Ms


class Attention(StrEnum):
    """Why a unit needs the supervisor, most urgent first."""

    UNATTENDED_WAITING = "unattended_waiting"
    UNATTENDED = "unattended"
    LONG_WAIT = "long_wait"


class FloodView(Wire):
    """A network that is limited: `network` is a keyed hash, no address."""

    network: str
    what: Flooded
    count: int
    until_ms: Ms


class BoardUnit(Wire):
    """One row of the board."""

    slug: Slug
    name: str
    comarca: str
    open: bool
    until: str | None
    opens_at: str | None
    closed_reason: str | None
    suspended: SuspensionView | None
    phone: str
    waiting: int
    away: int
    longest_ms: Ms | None
    attendants: tuple[BoardAttendant, ...]
    called: int
    in_call: int
    served_today: int
    left_today: int
    out_of_order_today: int
    """Called although it was not their turn."""
    refused_today: int
    """People who wanted a ticket and got none: full, suspended, too late for today."""
    cancelled_today: int
    """Rings that attendants took back."""
    unattended_since_ms: Ms | None
    attention: Attention | None


class PoolView(Wire):
    """The court's Libras interpreters."""

    free: int
    helping: int


class BoardView(Wire):
    """The supervisor's view: units in the order of need, and the court's totals."""

    kind: Literal["board"] = "board"
    as_of: AsOf
    court: str
    units: tuple[BoardUnit, ...]
    waiting: int
    attending: int
    in_call: int
    served_today: int
    left_today: int
    refused_today: int
    floods: tuple[FloodView, ...]
    pool: PoolView | None
    """None: the court has no interpreters."""


View = Annotated[TicketView | DeskView | BoardView | InterpreterView | GuestView, Field(discriminator="kind")]
VIEW: TypeAdapter[View] = TypeAdapter(View)


class Move(Wire):
    """Said (event `move`) when this server is about to end: connect anew at a random moment within `within_ms`.

    To any server of the site; what is going on goes on. A page that does not is cut then, and loses nothing either.
    """

    within_ms: int


class Farewell(StrEnum):
    """Why the server ends a connection; a page that gets one does not reconnect by itself."""

    SIGNED_OUT = "signed_out"
    """The session is over: signed out here, elsewhere, or by a supervisor."""
    MOVED = "moved"
    """The ticket was taken to another device, which holds it now."""
    FORGOTTEN = "forgotten"
    """This browser was told, on another page, to forget the ticket."""


class Goodbye(Wire):
    """Said (event `goodbye`) before the server ends a connection for good. A restart says `move` instead."""

    reason: Farewell
