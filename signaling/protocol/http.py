"""The bodies of the HTTP API under `/api/v1/`."""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from rooms.model.call import GuestKind, Outcome
from signaling.protocol.base import Id, Ms, Slug, Wire
from signaling.protocol.reminders import Language
from signaling.protocol.signals import Clerk, Ice
from signaling.protocol.views import PublicUnit


class CourtCard(Wire):
    """`GET /api/v1/court`: whose counter this is."""

    slug: Slug
    name: str
    crest: str | None
    """Path of the image on this server."""
    ombudsman: str | None
    demo: bool
    practice: bool
    """Whether clerks practise here: everybody who comes is simulated, and nothing counts."""


class UnitList(Wire):
    """`GET /api/v1/units`, open ones first."""

    units: tuple[PublicUnit, ...]


class SessionCard(Wire):
    """`POST /api/v1/session` sets the capability cookie (or keeps it); `GET` says what this browser holds.

    `DELETE` forgets it: the browser gets a new capability, and a live ticket is one whose visitor is away.
    """

    unit: Slug | None
    """The unit of the live ticket, or of one that may be taken up again by coming back, if there is one."""


class HandoverCode(Wire):
    """`POST /api/v1/handover`: the ways to take this browser's ticket to another device, once, until then."""

    link: str
    """The address that the other device opens."""
    qr: str
    """The same as a picture: a `data:` address of an SVG."""
    short: str
    """The same to be typed at `/continuar`: eight letters."""
    until_ms: Ms
    now_ms: Ms


class HandoverCard(Wire):
    """`GET /api/v1/handover/<code>`: what would come to this device. `POST` brings it, with a new capability."""

    number: str
    unit: Slug
    name: str
    """The unit's name."""


class GuestCard(Wire):
    """`GET /api/v1/guests/<code>`: the call that a link invites to. `POST` with a `GuestForm` takes a seat in it."""

    kind: GuestKind
    clerk: Clerk
    """Who invites."""
    until_ms: Ms


class GuestForm(Wire):
    """How the others are told who comes."""

    name: Annotated[str, StringConstraints(max_length=120)]


PERMIT_S: Final = 900
"""How long the echo may be asked with one permit: longer than anybody waits in its line."""
Permit = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{1,80}$")]


class CheckCard(Wire):
    """`POST /api/v1/check`: what a device and line check is made with. Limited; the credentials last two minutes."""

    ice: Ice
    permit: Permit | None
    """What to ask the echo with, for one answer; None: there is no echo."""


class EchoAsk(Wire):
    """`POST /api/v1/check/echo`: an offer, whole, with its candidates. Asked again while the answer is `EchoWait`."""

    permit: Permit
    sdp: Annotated[str, StringConstraints(max_length=15_000)]


class EchoAnswer(Wire):
    """One's own picture and sound come back for so long from the connection on."""

    type: Literal["answer"] = "answer"
    sdp: str
    seconds: int


class EchoWait(Wire):
    """All places are taken: so many people are before you. Ask again, or lose your turn."""

    type: Literal["wait"] = "wait"
    ahead: int
    retry_s: int


EchoTurn = Annotated[EchoAnswer | EchoWait, Field(discriminator="type")]
ECHO_TURN: TypeAdapter[EchoTurn] = TypeAdapter(EchoTurn)


class EchoCall(Wire):
    """What a server says to an echo; nothing of it says who somebody is."""

    who: Id
    """Tells people apart."""
    check: Id
    """Answered once."""
    network: Annotated[str, StringConstraints(max_length=64)]
    """Tells apart where they come from, as a keyed hash; empty: not limited."""
    sdp: Annotated[str, StringConstraints(max_length=15_000)]


class PushKey(Wire):
    """`GET /api/v1/push`: the public key (VAPID, base64url) to subscribe with; None where this site sends nothing."""

    key: str | None


class PushSubscription(Wire):
    """`POST /api/v1/push`: where the live ticket's reminders go when no page is open; forgotten with the ticket."""

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    p256dh: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{87}=?$")]
    auth: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}(?:==)?$")]
    language: Language


class SignIn(Wire):
    """`POST /api/v1/staff/session`."""

    login: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    role: Literal["attendant", "supervisor", "interpreter"]


class StaffCard(Wire):
    """Who is signed in, for this role."""

    login: Slug
    name: str
    function: str
    role: Literal["attendant", "supervisor", "interpreter"]


class Receipt(Wire):
    """`GET /api/v1/receipts/<code>`: what happened, signed. No name and no document."""

    code: str
    protocol: str
    unit: str
    comarca: str
    number: str
    state: str
    outcome: Outcome | None
    joined_ms: Ms
    called_ms: Ms | None
    entered_ms: Ms | None
    ended_ms: Ms | None
    original_position: int
    position: int | None
    announced_low_min: int | None
    announced_high_min: int | None
    clerk: str | None
    zone: str
    signature: str
    """Base64 Ed25519 over `signed`."""
    signed: str
    """The canonical text that is signed."""
    public_key: str
