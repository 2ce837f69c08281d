"""What an attendant asks about the person at the desk, beside talking with them."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from rooms.model.ticket import FetchReason, RemoveReason, Tier, TierReason
from signaling.protocol.base import Id, Slug, Wire


class Note(Wire):
    """Written down for whoever has the person next; replaces what was there. Kept with the live ticket only."""

    type: Literal["note"] = "note"
    call: Id
    text: Annotated[str, StringConstraints(max_length=500)]


class Hold(Wire):
    """Nobody talks for a while; ends by itself."""

    type: Literal["hold"] = "hold"
    call: Id


class Unhold(Wire):
    """Talk again."""

    type: Literal["unhold"] = "unhold"
    call: Id


class Release(Wire):
    """Do not wait for a visitor who is gone: first of their tier for whoever calls next."""

    type: Literal["release"] = "release"
    call: Id


class SendBack(Wire):
    """Return to line: the person fetches something, keeps the place, and is not called until ready."""

    type: Literal["send_back"] = "send_back"
    call: Id
    reason: FetchReason


class Transfer(Wire):
    """To another unit's line, as they arrived at this one. Answer: `Forwarded`."""

    type: Literal["transfer"] = "transfer"
    call: Id
    unit: Slug


class Remove(Wire):
    """Off the line: an attendant the person they have, a supervisor somebody who waits."""

    type: Literal["remove"] = "remove"
    ticket: Id
    reason: RemoveReason


class SetTier(Wire):
    """The tier is corrected, the sequence stays: an attendant the person they have, a supervisor anybody."""

    type: Literal["set_tier"] = "set_tier"
    ticket: Id
    rev: int
    tier: Tier
    reason: TierReason


AtDesk = Note | Hold | Unhold | Release | SendBack | Transfer | Remove | SetTier
