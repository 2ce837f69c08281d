"""Who is on the rack: visitors, attendants and a supervisor, each with what they may do as things stand."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from http import HTTPStatus
from random import Random
from typing import Any

import aiohttp

from rooms.ids import AttendantId, UnitId
from rooms.model.attendant import PauseReason, Status
from rooms.model.call import Outcome
from rooms.model.ticket import CancelReason, FetchReason, Media, RemoveReason, Tier, TierReason
from rooms.ports import Session
from signaling.auth.capability import LIFE_S, Cookie, key_of, new_secret
from signaling.protocol import at_desk, guests
from signaling.protocol import commands as say
from signaling.protocol.base import Namespace
from signaling.protocol.signals import Chat
from tests.bench.lines import Line, Lines
from tests.chaos.page import ANSWER_S, GIVES_UP_S, PASSING, PAUSE_S, Page
from tests.chaos.town import COURT, SUPERVISOR, UNITS, Town
from tests.server.harness import form

Acts = dict[Callable[[], Awaitable[Any]], int]
"""What somebody may do as things stand, each with how likely it is."""


class Visitor(Page):
    """Somebody who takes tickets, is attentive to the ring, and enters."""

    _answering = False
    dreams: bool | None = None
    """Does not come in when it rings: True, and its page does not even show it; False, and it does. None: comes in."""
    before: tuple[str, tuple[str, str]] | None = None
    """The ticket that it took to another device, and the capability of the one before."""

    @classmethod
    def new(cls, town: Town, lines: Lines, name: str, chance: Random) -> "Visitor":
        return cls(town, lines, Namespace.VISITOR, (Cookie.VISITOR.value, new_secret()), name, chance)

    @property
    def ticket(self) -> dict[str, Any] | None:
        """The live ticket as its view shows it."""
        ticket = self.view["ticket"] if self.view else None
        return ticket if ticket is not None and ticket["end"] is None else None

    @property
    def holder(self) -> str:
        return key_of(self.cookie[1]) or ""

    @property
    def talks(self) -> bool:
        """It is in the call that it hears."""
        ticket = self.ticket or {}
        return (ticket.get("call") or ticket.get("ring") or {}).get("call") == self.call

    def seen(self) -> None:
        ticket = self.ticket
        ring, call = (ticket["ring"], ticket["call"]) if ticket else (None, None)
        if ring is not None:
            self.enters(ring["call"])
            if not self._answering:  # again, where a store came back older than the answer
                self._answering = True
                self._do(self._answers(ring["call"]))
        elif call is not None:
            self.enters(call["call"])

    async def _answers(self, call: str) -> None:
        try:
            if not self.dreams:
                await self.say(say.RingSeen(call=call))
            if self.dreams is None:
                await self.say(say.Enter(call=call, media=Media.VIDEO))
        finally:
            self._answering = False

    def wakes(self) -> None:
        """It answers what rings."""
        if self.dreams is not None:
            self.dreams = None
            if self.view:
                self.seen()

    def acts(self, chance: Random) -> Acts:
        """What it may do now."""
        unit, tier = chance.choice(UNITS), chance.choice([Tier.EVERYONE, Tier.EVERYONE, *Tier])
        shown, ticket = self.view and self.view["ticket"], self.ticket
        if shown and shown["end"] and shown["end"]["back_until_ms"]:
            return {partial(self.say, say.ComeBack(rev=shown["rev"])): 40}
        if ticket is None:
            return {partial(self.joins, unit, tier): 35}
        acts: Acts = {self.leaves: 4, self.hangs_up: 4, self.takes_it_along: 3}
        if ticket["fetch_until_ms"]:
            acts[partial(self.say, say.IsReady(rev=ticket["rev"]))] = 30
        elif ticket["state"] == "waiting":
            acts[partial(self.looks_away, chance.random() < 0.5)] = 12
        if ticket["ring"] and self.dreams is not None:
            acts[partial(self.say, say.MoreTime(rev=ticket["rev"]))] = 5
            acts[partial(self.town.run, self.town.runs_out, f"ring:{ticket['id']}")] = 30
        return acts

    async def looks_away(self, dreams: bool) -> None:  # noqa: FBT001 - one of two ways of it
        """The next ring is not answered."""
        self.dreams = dreams

    async def joins(self, unit: UnitId, tier: Tier, *, twice: bool = False) -> None:
        await self.say(form(unit, self.name, tier), twice=twice)

    def otherwise(self) -> tuple[Any, Any] | None:
        """Two commands of one kind that it may say now, either of them."""
        if self.ticket is not None or self.asleep or self.view is None:
            return None
        return form(UNITS[0], self.name), form(UNITS[1], self.name)

    async def leaves(self) -> None:
        if self.ticket is not None:
            await self.say(say.Leave(rev=self.ticket["rev"]))

    async def hangs_up(self) -> None:
        if self.ticket is not None and self.ticket["call"] is not None:
            await self.say(say.HangUp(call=self.ticket["call"]["call"]))

    # -------------------------------------------------------------------------------------------- to another device

    async def takes_it_along(self) -> None:
        """The ticket is on another device from now on, where nothing hinders it; this one's page is closed."""
        ticket, new = self.ticket, (Cookie.VISITOR.value, new_secret())
        given, _ = await self._post("handover", self.cookie)
        if given is None or ticket is None:
            return
        code = given["link"].rsplit("/", 1)[1]
        redeemed, cookie = await self._post(f"handover/{code}", new)
        if redeemed is not None:
            self.before = ticket["id"], self.cookie
            self.is_on(cookie)

    def is_on(self, cookie: tuple[str, str]) -> None:
        """The device with this capability is the one that it looks at."""
        self.cookie, self.tab, self._opened, self.view = cookie, secrets.token_hex(8), True, None
        self.enters("")
        self.cut()

    def is_where_it_was(self) -> None:
        """The ticket is on the device before."""
        if self.before is not None:
            self.is_on(self.before[1])
            self.before = None

    async def _post(self, path: str, cookie: tuple[str, str]) -> tuple[Any, tuple[str, str]]:
        """What is answered (None: a refusal), asked again until it is; and the capability that came with it."""
        async with asyncio.timeout(GIVES_UP_S), aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
            while True:
                url = self.town.somewhere(self.chance)
                with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
                    async with asyncio.timeout(ANSWER_S), client.post(
                        f"{url}/api/v1/{path}", headers={"Origin": str(url), "Cookie": "=".join(cookie)}
                    ) as response:  # fmt: skip
                        told = await response.json()
                        if response.status == HTTPStatus.OK:
                            name = cookie[0]
                            return told, (name, response.cookies[name].value) if name in response.cookies else cookie
                        if told["code"] not in PASSING:
                            return None, cookie
                await asyncio.sleep(PAUSE_S)  # the pace at which a page tries again


class Mirror(Visitor):
    """A second page of a visitor: it follows, and says nothing."""

    first: Visitor

    @classmethod
    def of(cls, first: Visitor, chance: Random) -> "Mirror":
        page = cls(first.town, first.lines, Namespace.VISITOR, first.cookie, f"{first.name}, em outra aba", chance)
        page.first, page._opened = first, False
        return page

    async def _line_to(self, url: str, heard: Callable[[str, Any], None] | None = None) -> Line:
        self.cookie = self.first.cookie
        return await super()._line_to(url, heard)

    def seen(self) -> None:
        """It does not ring here."""


class Clerk(Page):
    """Somebody at a desk who does whatever their view asks for next."""

    attendant: AttendantId

    @classmethod
    async def new(cls, town: Town, lines: Lines, attendant: AttendantId, chance: Random) -> "Clerk":
        cookie = await signed_in(town, attendant, Cookie.ATTENDANT)
        page = cls(town, lines, Namespace.ATTENDANT, cookie, attendant, chance)
        page.attendant = attendant
        return page

    @property
    def talks(self) -> bool:
        """It is in the call that it hears."""
        call = None if not self.view or self.view["elsewhere"] else self.view["call"]
        return call is not None and call["state"] != "ended" and call["call"] == self.call

    def seen(self) -> None:
        call = self.view["call"]
        if self.view["elsewhere"]:
            self.enters("")  # what is said is for the page that holds the desk
        elif call is not None and call["state"] != "ended":
            self.enters(call["call"])

    async def works(self, *, twice: bool = False) -> None:
        """The next thing to do at this desk, so that it comes to call again."""
        if not self.view:
            return
        call = self.view["call"] and self.view["call"]["call"]
        command: Any = None
        match "elsewhere" if self.view["elsewhere"] else self.view["activity"]:
            case "elsewhere":
                command = say.TakeOver()
            case "wrap_up" if call:
                command = say.Finish(call=call, outcome=Outcome.INFORMED)
            case "wrap_up":
                # a clock two hours ahead takes the call's record away, and the outcome cannot be said
                await self.town.run(self.town.runs_out, f"wrap_up:{self.attendant}")
            case "in_call":
                command = say.HangUp(call=call)
            case "helping":
                command = say.HangUp(call=self.view["helping"]["call"]["call"])
            case "idle" if self.view["status"] == "available":
                command = say.CallNext()
            case "idle":
                command = say.SetStatus(status=Status.AVAILABLE, pause=None)
        if command is not None:
            await self.say(command, twice=twice)

    def acts(self, chance: Random) -> Acts:
        """What the attendant may do now."""
        if not self.view or self.view["elsewhere"]:
            return {self.works: 1}
        talks, held = self.view["activity"] == "in_call", (self.view["call"] or {}).get("state") == "on_hold"
        said = self._in_call(chance) if talks else self._at_desk(chance)
        acts: Acts = {self.works: 10 if held else 50}
        acts |= {partial(self.say, command): weight for command, weight in said}
        if held:
            acts[partial(self.town.run, self.town.runs_out, f"hold:{self.view['person']['ticket']}")] = 40
        return acts

    def _at_desk(self, chance: Random) -> Iterator[tuple[Any, int]]:
        view = self.view
        call, person, asked = view["call"], view["person"], view["asked"]
        if view["activity"] == "calling":
            yield say.CancelCall(call=call["call"], reason=chance.choice(list(CancelReason))), 10
            yield at_desk.Remove(ticket=person["ticket"], reason=RemoveReason.TEST), 3
        if view["activity"] == "idle" and view["status"] == "available":
            yield say.SetStatus(status=Status.PAUSED, pause=PauseReason.BREAK), 5
        if asked:
            yield guests.Come(call=asked["call"]), 60
            yield guests.Decline(call=asked["call"]), 20

    def _in_call(self, chance: Random) -> Iterator[tuple[Any, int]]:
        person, at = self.view["person"], self.view["call"]
        call = at["call"]
        yield say.Signal(call=call, to=None, body=Chat(text=f"palavra {chance.random()}")), 25
        yield (at_desk.Unhold(call=call), 40) if at["state"] == "on_hold" else (at_desk.Hold(call=call), 12)
        others = [unit for unit in UNITS if unit != person["unit"]]
        yield at_desk.Transfer(call=call, unit=chance.choice(others)), 15
        yield at_desk.SendBack(call=call, reason=FetchReason.DOCUMENT), 10
        tier = chance.choice(list(Tier))
        corrected = at_desk.SetTier(ticket=person["ticket"], rev=person["rev"], tier=tier, reason=TierReason.DOCUMENT)
        yield corrected, 8
        yield at_desk.Note(call=call, text="conferir o documento"), 4
        yield at_desk.Remove(ticket=person["ticket"], reason=RemoveReason.DUPLICATE), 3
        for one in at["colleagues"]:
            yield guests.AskColleague(call=call, colleague=one["id"]), 10
        for guest in at["guests"]:
            yield guests.Dismiss(call=call, party=guest["party"]), 10

    def otherwise(self) -> tuple[Any, Any] | None:
        """Two commands of one kind that it may say now, either of them."""
        view = self.view
        if view is None or view["elsewhere"]:
            return None
        match view["activity"], view["call"] and view["call"]["call"]:
            case "in_call", call:
                words = [Chat(text=text) for text in ("a primeira palavra", "outra palavra")]
                return say.Signal(call=call, to=None, body=words[0]), say.Signal(call=call, to=None, body=words[1])
            case "wrap_up", str(call):
                return say.Finish(call=call, outcome=Outcome.INFORMED), say.Finish(call=call, outcome=Outcome.FORWARDED)
            case "idle", _:
                paused = [
                    say.SetStatus(status=Status.PAUSED, pause=why) for why in (PauseReason.LUNCH, PauseReason.MEETING)
                ]
                return paused[0], paused[1]
        return None


class Board(Page):
    """A supervisor who looks."""

    @classmethod
    async def new(cls, town: Town, lines: Lines, chance: Random) -> "Board":
        cookie = await signed_in(town, SUPERVISOR, Cookie.SUPERVISOR)
        return cls(town, lines, Namespace.SUPERVISOR, cookie, "sofia", chance)


async def signed_in(town: Town, who: AttendantId, cookie: Cookie) -> tuple[str, str]:
    """A session without a password: that is not what is tried here."""
    secret = new_secret()
    role = "attendant" if cookie is Cookie.ATTENDANT else "supervisor"
    await town.store.sign_in(COURT, key_of(secret) or "", Session(who, role), LIFE_S[cookie])
    return cookie.value, secret
