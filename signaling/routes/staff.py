"""Staff sign in here: attempts limited, the session kept in the store, one cookie per role."""

from aiohttp import web

from rooms.errors import Code, ForbiddenError, NotFoundError
from rooms.ids import CourtId
from rooms.model.attendant import Staff as Member
from rooms.ports import Session
from signaling.auth.capability import LIFE_S, key_of, new_secret
from signaling.auth.staff import COOKIES, StaffRole, signed_in
from signaling.protocol.commands import Refused, WireCode
from signaling.protocol.http import SignIn, StaffCard
from signaling.routes.answers import answer, body_of, court_here, refusal, set_secret, take_secret_back
from signaling.routes.site import Site


class Staff:
    """`/api/v1/staff/session`: begin it, read it, end it; GET and DELETE say which role's with `?role=`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def sign_in(self, request: web.Request) -> web.Response:
        """A session for this browser and role, and the only one; SIGN_IN_WRONG, ROLE_MISSING, TOO_MANY_ATTEMPTS."""
        site, court = self._site, court_here(self._site, request).id
        form = await body_of(request, SignIn)
        login = form.login.strip().lower()
        await site.store.attempt(
            court,
            login,
            site.gate.network(request.remote, request.headers),
            an_account=site.settings.sign_ins_per_account,
            a_network=site.settings.sign_ins_per_network,
        )
        member = await site.directory.verify(court, login, form.password)
        if not _has(member, form.role):
            raise ForbiddenError(Code.ROLE_MISSING)
        cookie, secret = COOKIES[form.role], new_secret()
        await site.store.sign_in(court, str(key_of(secret)), Session(member.id, form.role), LIFE_S[cookie])
        # Nobody holds its cookie any more, unless it was copied.
        await self._end(court, key_of(request.cookies.get(cookie)))
        response = answer(_card(member, form.role))
        set_secret(site, response, cookie, secret)
        return response

    async def session(self, request: web.Request) -> web.Response:
        """Who is signed in; NO_SESSION where nobody is."""
        court, role = court_here(self._site, request).id, _role(request)
        whose = None if role is None else await signed_in(self._site.store, court, request.cookies, role)
        if role is None or whose is None:
            return refusal(Refused(code=WireCode.NO_SESSION))
        try:
            member = self._site.house.staff(court, whose.who)
        except NotFoundError:  # removed from the directory while signed in
            return refusal(Refused(code=WireCode.NO_SESSION))
        return answer(_card(member, role))

    async def sign_out(self, request: web.Request) -> web.Response:
        """The session is over, its pages are told; nothing to end is fine too."""
        court, role = court_here(self._site, request).id, _role(request)
        response = web.Response(status=204)
        if role is not None and (key := key_of(request.cookies.get(COOKIES[role]))) is not None:
            await self._end(court, key)
            take_secret_back(self._site, response, COOKIES[role])
        return response

    async def _end(self, court: CourtId, session: str | None) -> None:
        if session is not None:
            await self._site.store.end_session(court, session)
            self._site.crowd.signed_out(court, session)


def _role(request: web.Request) -> StaffRole | None:
    match request.query.get("role"):
        case "attendant":
            return "attendant"
        case "supervisor":
            return "supervisor"
        case "interpreter":
            return "interpreter"
        case _:
            return None


def _has(member: Member, role: StaffRole) -> bool:
    return {"attendant": member.attends, "supervisor": member.supervises, "interpreter": member.interprets}[role]


def _card(member: Member, role: StaffRole) -> StaffCard:
    return StaffCard(login=member.id, name=member.name, function=member.function, role=role)
