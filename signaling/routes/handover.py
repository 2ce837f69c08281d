"""A ticket moves to another device: shown as a QR code and eight letters, looked at with GET, taken with POST."""

from typing import Final

from aiohttp import web

from rooms.errors import Code, NotFoundError
from rooms.ids import CourtId, Holder
from signaling.auth.capability import Cookie, holder_of, key_of, new_secret
from signaling.auth.handover import LIFE_S, code_key_of, drawing_of, new_short_code, short_key_of
from signaling.protocol.commands import Refused, WireCode
from signaling.protocol.http import HandoverCard, HandoverCode, SessionCard
from signaling.routes.answers import answer, court_here, refusal, set_secret
from signaling.routes.site import Site

TYPED_PER_NETWORK: Final = 120
TYPED_PER_COURT: Final = 3_000
"""In fifteen minutes; with ten codes alive, so many guesses find one of them once in a million times."""


class Handover:
    """`/api/v1/handover`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def begin(self, request: web.Request) -> web.Response:
        """A code for this browser's ticket, good once and for a minute; TICKET_UNKNOWN, NO_SESSION."""
        site, court = self._site, court_here(self._site, request).id
        holder = holder_of(request.cookies.get(Cookie.VISITOR))
        if holder is None:
            return refusal(Refused(code=WireCode.NO_SESSION))
        secret, short = new_secret(), new_short_code()
        given = await site.store.hand_over(court, holder, str(key_of(secret)), str(short_key_of(short)), LIFE_S)
        link = f"{site.settings.public_url or f'{request.scheme}://{request.host}'}/continuar/{secret}"
        return answer(
            HandoverCode(
                link=link,
                qr=drawing_of(link),
                short=short,
                until_ms=given.until_ms,
                now_ms=await site.store.now(court),
            )
        )

    async def show(self, request: web.Request) -> web.Response:
        """What the code would bring here; nothing changes. HANDOVER_UNKNOWN, TOO_MANY_ATTEMPTS."""
        court = court_here(self._site, request).id
        given = await self._site.store.handover(court, await self._code(court, request))
        unit = self._site.house.unit(court, given.unit)
        return answer(HandoverCard(number=given.number, unit=unit.id, name=unit.name))

    async def redeem(self, request: web.Request) -> web.Response:
        """It is here, under a new capability. HANDOVER_UNKNOWN, TICKET_EXISTS, TOO_MANY_ATTEMPTS, NO_SESSION."""
        court = court_here(self._site, request).id
        mine = holder_of(request.cookies.get(Cookie.VISITOR))
        if mine is None:
            return refusal(Refused(code=WireCode.NO_SESSION))
        secret = new_secret()
        unit = await self._site.store.redeem(court, await self._code(court, request), mine, Holder(str(key_of(secret))))
        response = answer(SessionCard(unit=unit))
        set_secret(self._site, response, Cookie.VISITOR, secret)
        return response

    async def _code(self, court: CourtId, request: web.Request) -> str:
        site = self._site
        key, guessable = code_key_of(request.match_info["code"])
        if key is None:
            raise NotFoundError(Code.HANDOVER_UNKNOWN)
        if guessable:
            network = site.gate.network(request.remote, request.headers)
            # Apart from sign-ins: neither uses the other's attempts up.
            await site.store.attempt(
                court,
                "/continuar",
                f"continuar:{network}" if network else "",
                an_account=TYPED_PER_COURT,
                a_network=TYPED_PER_NETWORK,
            )
        return key
