"""What an attendant asks about others in a call: they are let in, and out."""

from typing import Literal

from signaling.protocol.base import Id, Ms, Wire


class Invite(Wire):
    """A link by which somebody else may join this call, once and for ten minutes. Answer: `Invited`.

    Asked again, it gives another, and the one before is worthless.
    """

    type: Literal["invite"] = "invite"
    call: Id
    kind: Literal["companion", "interpreter"]


class Dismiss(Wire):
    """That guest has to leave the call."""

    type: Literal["dismiss"] = "dismiss"
    call: Id
    party: Literal["guest_1", "guest_2"]


class Invited(Wire):
    """The link to pass on, and its drawing (a QR code: SVG, as a data URL)."""

    type: Literal["invited"] = "invited"
    link: str
    qr: str
    until_ms: Ms
