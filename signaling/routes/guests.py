"""The link by which somebody else joins a call: looked at with GET, used with POST, once."""

from aiohttp import web

from rooms.errors import Code, NotFoundError
from rooms.ids import CourtId
from rooms.model.guest import Invitation
from signaling.auth.capability import Cookie, guest_of, key_of, new_secret
from signaling.protocol.commands import Refused, WireCode
from signaling.protocol.http import GuestCard, GuestForm
from signaling.protocol.signals import Clerk
from signaling.routes.answers import answer, body_of, court_here, refusal, set_secret
from signaling.routes.site import Site


class Guests:
    """`/api/v1/guests/<code>`. A code is 256 bits: nobody guesses one, so attempts are not counted."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.Response:
        """What the link would bring this browser into; of the call nothing changes. INVITATION_UNKNOWN.

        A browser that has no guest's capability gets one, which is in no call until it is used.
        """
        court = court_here(self._site, request).id
        secret = request.cookies.get(Cookie.GUEST)
        held = guest_of(secret)
        mine = guest_of(secret := new_secret()) if held is None else held
        assert mine is not None  # noqa: S101  # of our own making
        invitation = await self._site.store.invitation(court, self._code(request), mine)
        response = answer(self._card(court, invitation))
        if held is None and secret is not None:
            set_secret(self._site, response, Cookie.GUEST, secret)
        return response

    async def join(self, request: web.Request) -> web.Response:
        """This browser has a seat in the call. NO_SESSION (look first), NAME_MISSING, INVITATION_UNKNOWN, CALL_FULL."""
        court = court_here(self._site, request).id
        mine = guest_of(request.cookies.get(Cookie.GUEST))
        if mine is None:
            return refusal(Refused(code=WireCode.NO_SESSION))
        form, code = await body_of(request, GuestForm), self._code(request)
        await self._site.company.join(court, code, mine, form.name)
        return answer(self._card(court, await self._site.store.invitation(court, code, mine)))

    def _card(self, court: CourtId, invitation: Invitation) -> GuestCard:
        house = self._site.house
        unit, clerk = house.unit(court, invitation.unit), house.staff(court, invitation.attendant)
        return GuestCard(
            kind=invitation.kind,
            clerk=Clerk(name=clerk.name, function=clerk.function, unit=unit.name),
            until_ms=invitation.until_ms,
        )

    @staticmethod
    def _code(request: web.Request) -> str:
        key = key_of(request.match_info["code"])
        if key is None:
            raise NotFoundError(Code.INVITATION_UNKNOWN)
        return key
