"""The device and line check: what it connects with, and the echo that sends one's own picture back. Limited."""

from http import HTTPStatus
from typing import Final

from aiohttp import web

from rooms.ids import Holder
from signaling.auth.capability import Cookie, holder_of
from signaling.echoing import AnsweredError, BadOfferError, NoEchoError
from signaling.protocol.commands import Refused, WireCode
from signaling.protocol.http import CheckCard, EchoAsk, EchoCall, EchoWait
from signaling.routes.answers import answer, body_of, court_here, refusal
from signaling.routes.site import Site

_REFUSED: Final = {
    AnsweredError: Refused(code=WireCode.CHECK_OVER),
    BadOfferError: Refused(code=WireCode.BAD_MESSAGE, details={"field": "sdp"}),
    NoEchoError: Refused(code=WireCode.STARTING),
}


class Check:
    """`/api/v1/check`, for a browser that has its capability."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def begin(self, request: web.Request) -> web.Response:
        """Servers and credentials for one check; NO_SESSION, TOO_MANY_ATTEMPTS."""
        site, court = self._site, court_here(self._site, request).id
        holder = _holder(request)
        if holder is None:
            return refusal(Refused(code=WireCode.NO_SESSION))
        network = site.gate.network(request.remote, request.headers)
        await site.store.attempt(
            court,
            f"check:{holder}",
            network and f"check:{network}",
            an_account=site.settings.checks_per_browser,
            a_network=site.settings.checks_per_network,
        )
        permit = None if site.echo is None else site.permits.give(holder)
        return answer(CheckCard(ice=site.turn.check(holder), permit=permit))

    async def echo(self, request: web.Request) -> web.Response:
        """The echo's answer, or one's place before it.

        NO_SESSION, NOT_FOUND (there is no echo), CHECK_OVER (the check had its answer, or is not this browser's),
        STARTING, BAD_MESSAGE.
        """
        site = self._site
        holder = _holder(request)
        if holder is None:
            return refusal(Refused(code=WireCode.NO_SESSION))
        if site.echo is None:
            return refusal(Refused(code=WireCode.NOT_FOUND))
        offer = await body_of(request, EchoAsk)
        check = site.permits.check_of(offer.permit, holder)
        if check is None:
            return refusal(Refused(code=WireCode.CHECK_OVER))
        network = site.gate.network(request.remote, request.headers)
        try:
            turn = await site.echo.ask(EchoCall(who=holder[:32], check=check, network=network, sdp=offer.sdp))
        except tuple(_REFUSED) as error:
            return refusal(_REFUSED[type(error)])
        response = answer(turn)
        if isinstance(turn, EchoWait):
            response.set_status(HTTPStatus.ACCEPTED)
        return response


def _holder(request: web.Request) -> Holder | None:
    return holder_of(request.cookies.get(Cookie.VISITOR))
