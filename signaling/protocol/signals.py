"""What those in a call say to each other, and what the counter says to all of them: the entries of a call's log.

Ordered, replayed after a reconnect from the last entry seen. Every two of them have a leg of their own, and
`description` and `candidate` belong to a numbered negotiation of one leg: a candidate of an older number is dropped, an
early one waits.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from rooms.model.call import EndOfCall, Gone, GuestKind, LogEntry, WhyLeft
from rooms.model.ticket import Media
from signaling.protocol.base import Id, Ms, Wire


class Party(StrEnum):
    """The seats of a call: the two whose call it is, and up to two guests.

    Of two, in the order attendant, visitor, guest_1, guest_2, the later one is polite and offers first on their leg.
    """

    VISITOR = "visitor"
    ATTENDANT = "attendant"
    GUEST_1 = "guest_1"
    GUEST_2 = "guest_2"


class Clerk(Wire):
    """Who serves: name, function and unit are always told, with or without video."""

    name: str
    function: str
    unit: str


class Ring(Wire):
    """The attendant calls: both pages begin to connect, senders empty."""

    type: Literal["ring"] = "ring"
    until_ms: Ms
    clerk: Clerk


class Seen(Wire):
    """The visitor's live page shows the ring."""

    type: Literal["seen"] = "seen"


class Extended(Wire):
    """The visitor asked for more time."""

    type: Literal["extended"] = "extended"
    until_ms: Ms


class Go(Wire):
    """The visitor pressed "Entrar": media starts on both sides."""

    type: Literal["go"] = "go"
    media: Media


class Interrupted(Wire):
    """Somebody's line is silent and the leg is dead: the other side waits, until then at most."""

    type: Literal["interrupted"] = "interrupted"
    gone: Gone
    until_ms: Ms


class Resumed(Wire):
    """Both are back; a page that is new in the call says `rejoin`."""

    type: Literal["resumed"] = "resumed"


class OnHold(Wire):
    """Nobody sends picture or sound, until then at most."""

    type: Literal["hold"] = "hold"
    until_ms: Ms


class OffHold(Wire):
    """They talk again."""

    type: Literal["unhold"] = "unhold"


class Came(Wire):
    """A guest has taken this seat: a leg to it begins, its negotiations count from nought."""

    type: Literal["came"] = "came"
    party: Party
    kind: GuestKind
    name: str
    function: str | None
    """Of somebody of the court."""


class Left(Wire):
    """The guest's seat is free: its legs are over, and what their negotiations said with them."""

    type: Literal["left"] = "left"
    party: Party
    reason: WhyLeft


class End(Wire):
    """The call is over for everybody."""

    type: Literal["end"] = "end"
    by: Party | None
    reason: EndOfCall


class Description(Wire):
    """An SDP offer or answer of negotiation `number` on this leg."""

    type: Literal["description"] = "description"
    number: Annotated[int, Field(ge=0, le=1_000_000)]
    kind: Literal["offer", "answer"]
    sdp: Annotated[str, StringConstraints(max_length=48_000)]


class Candidate(Wire):
    """An ICE candidate of negotiation `number`; an empty candidate says that there are no more."""

    type: Literal["candidate"] = "candidate"
    number: Annotated[int, Field(ge=0, le=1_000_000)]
    candidate: Annotated[str, StringConstraints(max_length=1_000)]
    mid: Annotated[str, StringConstraints(max_length=32)] | None
    line: Annotated[int, Field(ge=0, le=64)] | None


class Rejoin(Wire):
    """This page is new in the call (a reload, another device): build the leg again, number by number from `number`."""

    type: Literal["rejoin"] = "rejoin"
    number: Annotated[int, Field(ge=0, le=1_000_000)]


class MediaState(Wire):
    """What the sender sends now.

    `screen`: their screen, in the camera's place. `weak`: what is missing is on, but the line does not carry it.
    `saving`: the sender saves data, and wants a small picture too.
    """

    type: Literal["media"] = "media"
    microphone: bool
    camera: bool
    screen: bool = False
    weak: bool = False
    saving: bool = False


class Chat(Wire):
    """Text beside the video."""

    type: Literal["chat"] = "chat"
    text: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


Sent = Annotated[Description | Candidate | Rejoin | MediaState | Chat, Field(discriminator="type")]
"""What a page may send."""

Said = Annotated[
    Ring
    | Seen
    | Extended
    | Go
    | Interrupted
    | Resumed
    | OnHold
    | OffHold
    | Came
    | Left
    | End
    | Description
    | Candidate
    | Rejoin
    | MediaState
    | Chat,
    Field(discriminator="type"),
]
"""What a call's log holds."""

SAID: TypeAdapter[Said] = TypeAdapter(Said)


class SignalEntry(Wire):
    """One entry of a call's log, as a page gets it (event `signal`, and in the answer to `replay`)."""

    id: str
    call: Id
    at_ms: Ms
    sender: Party | None
    to: Party | None
    body: Said


def entry_of(entry: LogEntry) -> SignalEntry:
    """An entry of a call's log as pages get it.

    Raises:
        pydantic.ValidationError: a script wrote what the wire does not declare (a bug).

    """
    return SignalEntry(
        id=entry.id,
        call=entry.call,
        at_ms=entry.at_ms,
        sender=None if entry.sender is None else Party(entry.sender),
        to=None if entry.to is None else Party(entry.to),
        body=SAID.validate_json(entry.body),
    )


class IceServer(Wire):
    """RTCIceServer (W3C), TURN credentials by HMAC and short-lived (RFC 8489 §9.2; draft-uberti-behave-turn-rest)."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


class Ice(Wire):
    """What an RTCPeerConnection is made with."""

    servers: tuple[IceServer, ...]
    relay_until_go: bool
    """This side gathers relay candidates only until `go` (policy `relay_staff`, the attendant's side)."""
