"""What visitors do, one method, one script."""

import dataclasses
import json

from rooms.ids import CallId, CourtId, EntryId, Holder, Millis, Rev, TabId, TicketId, UnitId
from rooms.model.call import VISITOR
from rooms.model.quality import Found, Measure
from rooms.model.snapshot import OneTicket
from rooms.model.ticket import Media
from rooms.model.unit import Policy
from rooms.ports import Handover, Joined, NewTicket, Request, Saying, VisitorVerbs
from rooms.redis.answers import NO_FENCE, Verbs, maybe, measured, once, one_ticket, said
from rooms.redis.script import Answer


class RedisVisitorVerbs(Verbs, VisitorVerbs):
    """`rooms.ports.VisitorVerbs`."""

    async def join(self, court: CourtId, request: Request, new: NewTicket, policy: Policy) -> Joined:
        answer = await self._scripts.run(
            "join",
            court,
            **once(request),
            ticket=new.id,
            unit=new.unit,
            letters=new.letters,
            day=new.day.isoformat(),
            holder=new.holder,
            tab=new.tab,
            tier=new.tier,
            name=new.visitor.name,
            role=new.visitor.role,
            oab=new.visitor.oab or "",
            case=new.visitor.case_number or "",
            libras="1" if new.visitor.libras else "",
            receipt=new.receipt,
            head_start=new.head_start,
            network=new.network,
            network_limit=new.network_limit,
            low=maybe(new.announced_low_min),
            high=maybe(new.announced_high_min),
            policy=json.dumps(dataclasses.asdict(policy)),
        )
        return Joined(TicketId(answer.text("ticket")), answer.text("number"), Rev(answer.number("rev")))

    async def leave(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> None:
        await self._scripts.run("leave", court, **once(request), holder=holder, rev=rev)

    async def open_page(self, court: CourtId, holder: Holder, tab: TabId, *, opened: bool) -> OneTicket:
        return one_ticket(
            court, await self._scripts.run("open_page", court, holder=holder, tab=tab, opened=int(opened))
        )

    async def come_back(self, court: CourtId, request: Request, holder: Holder, rev: Rev, tab: TabId) -> Rev:
        answer = await self._scripts.run("come_back", court, **once(request), holder=holder, rev=rev, tab=tab)
        return Rev(answer.number("rev"))

    async def subscribe(self, court: CourtId, holder: Holder, push: str) -> None:
        await self._scripts.run("subscribe", court, holder=holder, push=push)

    async def seen(self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId) -> None:
        await self._scripts.run("seen", court, **once(request), holder=holder, call=call, tab=tab)

    async def more_time(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> Rev:
        answer = await self._scripts.run("more_time", court, **once(request), holder=holder, rev=rev)
        return Rev(answer.number("rev"))

    async def enter(
        self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId, media: Media
    ) -> Rev:
        answer = await self._scripts.run(
            "enter", court, **once(request), holder=holder, call=call, tab=tab, media=media
        )
        return Rev(answer.number("rev"))

    async def hand_over(self, court: CourtId, holder: Holder, link: str, short: str, ttl_s: int) -> Handover:
        return _handover(
            await self._scripts.run("hand_over", court, holder=holder, link=link, short=short, ttl_s=ttl_s)
        )

    async def handover(self, court: CourtId, code: str) -> Handover:
        return _handover(await self._scripts.run("handover", court, code=code))

    async def redeem(self, court: CourtId, code: str, mine: Holder, to: Holder) -> UnitId:
        return UnitId((await self._scripts.run("redeem", court, code=code, mine=mine, to=to)).text("unit"))

    async def forget(self, court: CourtId, holder: Holder) -> None:
        await self._scripts.run("forget", court, holder=holder)

    async def hang_up_visitor(self, court: CourtId, request: Request, holder: Holder, call: CallId) -> None:
        await self._scripts.run(
            "hang_up", court, **once(request), side=VISITOR, member=holder, fence=NO_FENCE, call=call
        )

    async def signal_visitor(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, saying: Saying
    ) -> EntryId:
        answer = await self._scripts.run(
            "signal", court, **once(request), side=VISITOR, member=holder, page=tab, call=call, **said(saying)
        )
        return EntryId(answer.text("entry"))

    async def leg_visitor(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, *, alive: bool
    ) -> None:
        await self._scripts.run(
            "leg", court, **once(request), side=VISITOR, member=holder, page=tab, call=call, alive=int(alive)
        )

    async def measured_visitor(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, measure: Measure
    ) -> None:
        told = measured(measure)
        await self._scripts.run(
            "measured", court, **once(request), side=VISITOR, member=holder, page=tab, call=call, measure=told
        )

    async def checked(self, court: CourtId, request: Request, holder: Holder, ago_s: int, found: Found) -> None:
        measures = (maybe(found.round_trip_ms), maybe(found.lost_percent), maybe(found.kbit_per_s))
        told = ":".join(map(str, (int(found.camera), int(found.microphone), found.path, *measures)))
        ways = ":".join("" if passes is None else str(int(passes)) for passes in (found.udp, found.relay))
        await self._scripts.run("checked", court, **once(request), holder=holder, ago_s=ago_s, found=told, ways=ways)

    async def other_attendant(self, court: CourtId, request: Request, holder: Holder, call: CallId) -> Rev:
        answer = await self._scripts.run("other_attendant", court, **once(request), holder=holder, call=call)
        return Rev(answer.number("rev"))

    async def ready(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> Rev:
        answer = await self._scripts.run("ready", court, **once(request), holder=holder, rev=rev)
        return Rev(answer.number("rev"))


def _handover(answer: Answer) -> Handover:
    until_ms = Millis(answer.number("until_ms"))
    return Handover(TicketId(answer.text("ticket")), answer.text("number"), UnitId(answer.text("unit")), until_ms)
