"""A guest's view: the call they are in, or were."""

from rooms.ids import Millis, TabId
from rooms.model.attendant import Staff
from rooms.model.call import Call, CallState
from rooms.model.guest import Guest
from rooms.model.snapshot import AsOf, OneGuest
from signaling.protocol import company, views
from signaling.protocol.signals import Clerk, Party
from signaling.views.unit import as_of


def guest_view(read: AsOf, one: OneGuest, clerk: Staff | None, unit: str, tab: TabId) -> views.GuestView | None:
    """What the guest's page `tab` shows; None for a browser that is in no call, or whose call has been forgotten."""
    if one.guest is None or one.call is None:
        return None
    return views.GuestView(
        as_of=as_of(read),
        mirror=one.guest.tab != tab,
        me=seat(one.guest),
        left=one.guest.left,
        call=guest_call(one.call, one.until_ms, clerk, unit),
    )


def seat(guest: Guest) -> company.Guest:
    """Who sits there, as others in the call are told."""
    return company.Guest(party=Party(guest.party), kind=guest.kind, name=guest.name, function=guest.function)


def guest_call(call: Call, until_ms: Millis | None, clerk: Staff | None, unit: str) -> company.GuestCall:
    """The call as somebody sees it whose it is not; `clerk` is whose it is."""
    waits = call.state in {CallState.INTERRUPTED, CallState.ON_HOLD}
    return company.GuestCall(
        call=call.id,
        state=call.state,
        gone=call.gone,
        until_ms=until_ms if waits else None,
        started_ms=call.started_ms,
        end=call.end,
        clerk=Clerk(
            name="" if clerk is None else clerk.name, function="" if clerk is None else clerk.function, unit=unit
        ),
    )
