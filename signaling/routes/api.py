"""What anybody may ask: the units, the court, one's own session, a receipt."""

from aiohttp import web

from rooms.errors import Code, NotFoundError
from rooms.ids import UnitId
from rooms.model.call import Outcome
from rooms.model.receipt import parse_receipt_code, protocol_of, public_key_of, receipt_text, sign
from rooms.model.ticket import LIVE, back_until
from signaling.auth.capability import Cookie, holder_of, new_secret
from signaling.protocol.commands import Refused, WireCode
from signaling.protocol.http import CourtCard, PushKey, PushSubscription, Receipt, SessionCard, UnitList
from signaling.routes.answers import answer, body_of, court_here, refusal, set_secret
from signaling.routes.site import Site


class Api:
    """`/api/v1/`, the visitor's part."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def court(self, request: web.Request) -> web.Response:
        """Whose counter this is."""
        court = court_here(self._site, request)
        return answer(
            CourtCard(
                slug=court.id,
                name=court.name,
                crest=None if court.crest is None else "/crest",
                ombudsman=court.ombudsman,
                demo=self._site.demo,
                practice=self._site.practice is not None,
            )
        )

    async def units(self, request: web.Request) -> web.Response:
        """Every unit, open ones first."""
        return answer(UnitList(units=self._site.crowd.unit_list(court_here(self._site, request).id)))

    async def unit(self, request: web.Request) -> web.Response:
        """One unit."""
        unit = self._site.crowd.unit(court_here(self._site, request).id, UnitId(request.match_info["unit"]))
        if unit is None:
            raise NotFoundError(Code.UNIT_UNKNOWN)
        return answer(unit)

    async def session(self, request: web.Request) -> web.Response:
        """What this browser holds."""
        return answer(await self._card(request))

    async def begin_session(self, request: web.Request) -> web.Response:
        """Give the browser its capability, before its socket opens; one that it has already is kept."""
        card = await self._card(request)
        response = answer(card)
        if holder_of(request.cookies.get(Cookie.VISITOR)) is None:
            set_secret(self._site, response, Cookie.VISITOR, new_secret())
        return response

    async def end_session(self, request: web.Request) -> web.Response:
        """Forget this browser's ticket, whose place stays, and give it another capability."""
        court, holder = court_here(self._site, request), holder_of(request.cookies.get(Cookie.VISITOR))
        if holder is not None:
            await self._site.store.forget(court.id, holder)
        response = answer(SessionCard(unit=None))
        set_secret(self._site, response, Cookie.VISITOR, new_secret())
        return response

    async def push(self, _request: web.Request) -> web.Response:
        """The key to subscribe to reminders with, where this site sends any."""
        return answer(PushKey(key=self._site.push.key))

    async def subscribe(self, request: web.Request) -> web.Response:
        """Reminders of this browser's live ticket go there; NO_SESSION, TICKET_UNKNOWN, FOREIGN_SERVICE."""
        court, push = court_here(self._site, request), self._site.push
        subscription = await body_of(request, PushSubscription)
        holder = holder_of(request.cookies.get(Cookie.VISITOR))
        if holder is None:
            return refusal(Refused(code=WireCode.NO_SESSION))
        if push.key is None or not push.knows(subscription.endpoint):
            return refusal(Refused(code=WireCode.FOREIGN_SERVICE))
        await self._site.store.subscribe(court.id, holder, subscription.model_dump_json())
        return web.Response(status=204)

    async def receipt(self, request: web.Request) -> web.Response:
        """What happened in a visit, signed. Whoever knows the code may read it: 60 bits that nobody guesses."""
        site, court = self._site, court_here(self._site, request)
        code = parse_receipt_code(request.match_info["code"])
        visit = None if code is None else await site.history.receipt(court.id, code)
        if visit is None:
            raise NotFoundError(Code.RECEIPT_UNKNOWN)
        unit = site.house.unit(court.id, visit.unit)
        text = receipt_text(court.id, visit, unit.hours.zone)
        clerk = None if visit.attendant is None else site.house.staff(court.id, visit.attendant)
        return answer(
            Receipt(
                code=visit.receipt,
                protocol=protocol_of(visit.joined_ms, visit.seq, unit.hours.zone),
                unit=unit.name,
                comarca=unit.comarca,
                number=visit.number,
                state=visit.state.value,
                outcome=None if visit.outcome is None else Outcome(visit.outcome),
                joined_ms=visit.joined_ms,
                called_ms=visit.called_ms,
                entered_ms=visit.entered_ms,
                ended_ms=visit.ended_ms,
                original_position=visit.original_position,
                position=visit.position,
                announced_low_min=visit.announced_low_min,
                announced_high_min=visit.announced_high_min,
                clerk=None if clerk is None else clerk.name,
                zone=unit.hours.zone,
                signature=sign(text, site.receipt_key),
                signed=text,
                public_key=public_key_of(site.receipt_key),
            )
        )

    async def _card(self, request: web.Request) -> SessionCard:
        court = court_here(self._site, request)
        holder = holder_of(request.cookies.get(Cookie.VISITOR))
        if holder is None:
            return SessionCard(unit=None)
        one = await self._site.store.ticket_of(court.id, holder)
        if one.ticket is None:
            return SessionCard(unit=None)
        until = back_until(one.ticket, self._site.house.unit(court.id, one.ticket.unit).policy)
        held = one.ticket.state in LIVE or (until is not None and one.as_of.now_ms < until)
        return SessionCard(unit=one.ticket.unit if held else None)
