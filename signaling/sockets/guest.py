"""`/guest`: somebody else in a call, on the page of the browser that took the seat."""

from rooms.ids import CallId, EntryId, GuestId, ParticipantId, TabId
from rooms.ports import Saying
from rooms.services.company import Company
from signaling.auth.capability import Cookie, guest_of
from signaling.protocol.base import Namespace
from signaling.protocol.commands import Done, GuestAsk, HangUp, Replay, Replayed, Result, Signal, WireCode
from signaling.protocol.signals import Party, entry_of
from signaling.sockets.page import ConnectedPage
from signaling.sockets.seat import Crowd, Handshake, RefusedError, request_of
from signaling.turn import Turn


class Guests:
    """Whoever holds the cookie of a seat is admitted, also when they have left: the page says how it ended."""

    namespace = Namespace.GUEST

    def __init__(self, company: Company, crowd: Crowd, turn: Turn) -> None:
        self.company = company
        self.crowd = crowd
        self.turn = turn

    async def admit(self, handshake: Handshake, page: ConnectedPage) -> "GuestSeat":
        """A seat; who was silent for too long is back in the call, while it goes on.

        Raises:
            RefusedError: NO_SESSION: this browser has taken no seat, or its call is long over.

        """
        guest = guest_of(handshake.cookies.get(Cookie.GUEST))
        if guest is None:
            raise RefusedError(WireCode.NO_SESSION)
        seat = GuestSeat(self, handshake, guest, page)
        one = await self.company.open_page(handshake.court, guest, seat.tab, opened=handshake.hello.opened)
        if one.guest is None or one.call is None:
            raise RefusedError(WireCode.NO_SESSION)
        return seat


class GuestSeat:
    """One page of a guest."""

    def __init__(self, role: Guests, handshake: Handshake, guest: GuestId, page: ConnectedPage) -> None:
        self.capability = guest
        self.tab = TabId(handshake.hello.tab)
        self._role = role
        self._court = handshake.court
        self._guest = guest
        self._page = page

    def come(self) -> None:
        """Views and signals come from here on."""
        self._role.crowd.guest_came(self._court, self._page, self._guest, self.tab)

    def go(self) -> None:
        """The seat stays; its lease runs out."""
        self._role.crowd.went(self._page)

    async def answer(self, message: str) -> Result:
        """One command of a guest."""
        ask = GuestAsk.model_validate_json(message)
        company, court, guest, call = self._role.company, self._court, self._guest, CallId(ask.command.call)
        match ask.command:
            case Replay(after=after):
                behind = None if after is None else EntryId(after)
                entries, more, party = await company.replay(court, guest, call, behind)
                ice = self._role.turn.ice(call, Party(party))
                return Replayed(entries=tuple(map(entry_of, entries)), more=more, ice=ice)
            case Signal(to=to, body=body):
                saying = Saying(None if to is None else ParticipantId(to), body.type, body.model_dump_json())
                request = request_of(f"g:{guest}", ask.id, ask.command)
                await company.signal(court, request, guest, self.tab, call, saying)
            case HangUp():
                await company.leave(court, request_of(f"g:{guest}", ask.id, ask.command), guest, call)
                self._role.crowd.refresh(self._page)
        return Done()
