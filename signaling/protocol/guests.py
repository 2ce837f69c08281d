"""What an attendant asks about others in a call: they are let in, and out. What whoever is asked in answers."""

from typing import Literal

from signaling.protocol.base import Id, Ms, Slug, Wire


class Invite(Wire):
    """A link by which somebody else may join this call, once and for ten minutes. Answer: `Invited`.

    Asked again, it gives another, and the one before is worthless.
    """

    type: Literal["invite"] = "invite"
    call: Id
    kind: Literal["companion", "interpreter"]


class AskColleague(Wire):
    """It rings at the desk of a colleague (`DeskCall.colleagues`), half a minute; the view says what comes of it.

    Asked again, it rings at the newer one's instead.
    """

    type: Literal["ask_colleague"] = "ask_colleague"
    call: Id
    colleague: Slug


class AskInterpreters(Wire):
    """It rings at every free Libras interpreter of the court, half a minute; the first who comes has the seat."""

    type: Literal["ask_interpreters"] = "ask_interpreters"
    call: Id


class Offer(Wire):
    """An interpreter offers to come: it rings at the unit's desks that talk, half a minute. The first has them."""

    type: Literal["offer"] = "offer"
    unit: Slug


class StopOffering(Wire):
    """It rings nowhere any more for this interpreter."""

    type: Literal["stop_offering"] = "stop_offering"


class LetIn(Wire):
    """The interpreter who offers (`DeskView.offered`) is in the call."""

    type: Literal["let_in"] = "let_in"
    call: Id


class RefuseOffer(Wire):
    """No interpreter is needed in this call."""

    type: Literal["refuse_offer"] = "refuse_offer"
    call: Id


class StopAsking(Wire):
    """It rings nowhere any more for this call."""

    type: Literal["stop_asking"] = "stop_asking"
    call: Id


class Come(Wire):
    """Into the call to which it rings at this desk (`DeskView.asked`), as a guest; `hang_up` is the way out."""

    type: Literal["come"] = "come"
    call: Id


class Decline(Wire):
    """Not into the call to which it rings at this desk."""

    type: Literal["decline"] = "decline"
    call: Id


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


OfGuests = Invite | AskColleague | AskInterpreters | StopAsking | LetIn | RefuseOffer | Come | Decline | Dismiss
"""What desks say about guests."""
