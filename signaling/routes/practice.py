"""The practice of a court that is one: anybody looks, a clerk who is signed in goes on."""

from typing import Final

from aiohttp import web
from pydantic import TypeAdapter

from signaling.auth.staff import signed_in
from signaling.protocol.commands import Refused, WireCode
from signaling.protocol.practice import PracticeAsk
from signaling.protocol.reminders import Language
from signaling.routes.answers import answer, body_of, court_here, refusal
from signaling.routes.site import Led, Site

_LANGUAGE: Final[TypeAdapter[Language]] = TypeAdapter(Language)


class Practices:
    """`/api/v1/practice`."""

    def __init__(self, site: Site, practice: Led) -> None:
        self._site = site
        self._practice = practice

    async def show(self, request: web.Request) -> web.Response:
        """How the practice stands, in words of `?language=`."""
        return answer(self._practice.card(_LANGUAGE.validate_python(request.query.get("language", "pt"))))

    async def act(self, request: web.Request) -> web.Response:
        """Do that and show; NO_SESSION where no clerk is signed in."""
        court = court_here(self._site, request).id
        if await signed_in(self._site.store, court, request.cookies, "attendant") is None:
            return refusal(Refused(code=WireCode.NO_SESSION))
        await self._practice.act(await body_of(request, PracticeAsk))
        return await self.show(request)
