"""A visitor made of code: comes, takes a ticket, waits, is called, talks, goes."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rooms.model.ticket import LIVE, Media, Role, TicketState, Tier
from signaling.bots.conversation import Conversation
from signaling.bots.guest import Guest
from signaling.bots.leg import Packets
from signaling.bots.wire import Browser, GoneError, Page, TurnedAwayError
from signaling.protocol.base import Namespace
from signaling.protocol.commands import Enter, IsReady, Join, Leave, RingSeen
from signaling.protocol.signals import Party
from signaling.protocol.views import RingView, TicketView

LINK: Final = re.compile(r"/acompanhar/([A-Za-z0-9_-]+)")
"""The code of an invitation, in the middle of a text."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What one visitor is like."""

    name: str
    role: Role = Role.PARTY
    tier: Tier = Tier.EVERYONE
    case_number: str | None = None
    oab: str | None = None
    media: Media = Media.VIDEO
    patience_s: float = 3_600
    """Waits so long in line, then gives up."""
    answers_in_s: float = 1
    """From the ring to "Entrar"."""
    ignores_rings: int = 0
    """Does not answer so many rings, as somebody who left the room; the page shows them."""
    drops_in_s: float | None = None
    """The page dies so long after the call began, …"""
    returns_in_s: float | None = 3
    """… and is loaded again so much later; None: never."""
    fetches_in_s: float = 8
    """Sent back to fetch something, is ready so much later."""
    says: Sequence[str] = ()
    """Writes these when the call begins, …"""
    replies: Sequence[str] = ()
    """… and one of these, in turn, to each thing that the clerk writes."""
    interpreter: str | None = None
    """Passes a link that the clerk writes on to somebody of this name, who interprets."""
    colour: int = 0


class Stage(StrEnum):
    """Where a visitor is, for a table."""

    COMING = "coming"
    WAITING = "waiting"
    CALLED = "called"
    IN_CALL = "in_call"
    DROPPED = "dropped"
    DONE = "done"


class Visitor:
    """One visit. `run` ends when the visitor has gone; the fields say how it went."""

    def __init__(self, browser: Browser, unit: str, habits: Habits) -> None:
        self._unit: Final = unit
        self._habits: Final = habits
        self._browser: Final = browser
        self.page: Final[Page[TicketView]] = Page(browser, Namespace.VISITOR)
        self.stage = Stage.COMING
        self.refused: str | None = None
        """Why no ticket was given."""
        self.waited_s: float | None = None
        """From the ticket to entering the call."""
        self.end: TicketState | None = None
        self.packets = Packets()
        self.conversation: Conversation | None = None
        self._rings: Final[set[str]] = set()
        self._over: Final[set[str]] = set()
        """Calls that are over for this page, although the view may not say so yet."""
        self._talking: asyncio.Task[None] | None = None
        self._said = False
        self._replies: Final = list(habits.replies)
        self.dropped = False
        """Whether the page died in mid-call."""

    @property
    def habits(self) -> Habits:
        """What this visitor is like."""
        return self._habits

    async def run(self) -> None:
        """The whole visit; cancelled, the visitor gives the place up and goes."""
        await self._browser.begin()
        await self.page.open()
        try:
            await self._visit()
        except TurnedAwayError as error:
            self.refused = error.refused.code.value
        except GoneError:
            pass  # the server said goodbye
        except asyncio.CancelledError:
            await self._leave()
            raise
        finally:
            await self._finish()
            self.stage = Stage.DONE
            await self.page.close()

    async def _visit(self) -> None:
        habits = self._habits
        await self.page.do(
            Join(
                unit=self._unit,
                name=habits.name,
                role=habits.role,
                oab=habits.oab,
                case_number=habits.case_number,
                tier=habits.tier,
                terms=True,
            )
        )
        loop = asyncio.get_running_loop()
        joined = loop.time()
        await self.page.until(lambda view: view.ticket is not None)
        while True:
            self.stage = Stage.WAITING
            left_s = None if self.waited_s is not None else max(0.0, joined + habits.patience_s - loop.time())
            try:
                view = await self.page.until(self._concerns, left_s)
            except TimeoutError:
                await self._leave()
                view = await self.page.until(_over)
            ticket = view.ticket
            if ticket is None or ticket.state not in LIVE:
                self.end = None if ticket is None else ticket.state
                return
            if ticket.ring is not None:
                self._rings.add(ticket.ring.call)
                if await self._enter(ticket.ring, answers=len(self._rings) > habits.ignores_rings):
                    self.waited_s = loop.time() - joined
                    await self._talk(ticket.ring.call)
            elif ticket.call is not None:
                self._begin(ticket.call.call)
                await self._talk(ticket.call.call)
            elif ticket.fetch_until_ms is not None:
                await asyncio.sleep(habits.fetches_in_s)
                with suppress(TurnedAwayError):  # the time for it was over sooner, or somebody ended it
                    await self.page.do(IsReady(rev=ticket.rev))
                await self.page.until(lambda view: view.ticket is None or view.ticket.fetch_until_ms is None)

    def _concerns(self, view: TicketView) -> bool:
        """Whether this view asks something of the visitor: a new ring, a call, the end."""
        ticket = view.ticket
        if ticket is None or ticket.state not in LIVE:
            return True
        if ticket.ring is not None:
            return ticket.ring.call not in self._rings
        if ticket.fetch_until_ms is not None:
            return True
        return ticket.call is not None and ticket.call.call not in self._over

    async def _enter(self, ring: RingView, *, answers: bool) -> bool:
        """See the ring, connect while it rings, enter; False where it was taken back meanwhile, or let pass."""
        self.stage = Stage.CALLED
        try:
            await self.page.do(RingSeen(call=ring.call))
            if not answers:
                await self.page.until(lambda view: _rung(view) != ring.call)
                return False
            self._begin(ring.call)
            await asyncio.sleep(self._habits.answers_in_s)
            await self.page.do(Enter(call=ring.call, media=self._habits.media))
        except TurnedAwayError:
            await self._finish()
            return False
        return True

    def _begin(self, call: str) -> None:
        self.conversation = Conversation(self.page, Party.VISITOR, call, colour=self._habits.colour)
        self._talking = asyncio.create_task(self.conversation.run())

    async def _talk(self, call: str) -> None:
        """The call, to its end or to the moment at which the page dies and is loaded again."""
        assert self._talking is not None  # noqa: S101  # `_begin` has made both
        assert self.conversation is not None  # noqa: S101  # `_begin` has made both
        self.stage = Stage.IN_CALL
        dies_in_s = None if self.dropped else self._habits.drops_in_s
        writing = asyncio.create_task(self._write(self.conversation))
        try:
            done, _ = await asyncio.wait([self._talking], timeout=dies_in_s)
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        if done:
            self._over.add(call)
            await self._finish()
            return
        self.stage, self.dropped = Stage.DROPPED, True
        await self.page.close()
        await self._finish()
        if self._habits.returns_in_s is None:
            await asyncio.Event().wait()  # gone for good
        else:
            await asyncio.sleep(self._habits.returns_in_s)
        await self.page.open()

    async def _write(self, conversation: Conversation) -> None:
        """What this person has to say, and their replies; whoever is to come in by a link does."""
        if not await asyncio.shield(conversation.answered):
            return
        if not self._said:
            self._said = True
            for text in self._habits.says:
                conversation.chat(text)
        async with asyncio.TaskGroup() as others:
            while True:
                heard = await conversation.heard.get()
                if self._habits.interpreter is not None and (link := LINK.search(heard)):
                    guest = Guest(self._browser.url, self._habits.interpreter, certificate=self._browser.certificate)
                    others.create_task(guest.run(link[1]))
                elif self._replies:
                    conversation.chat(self._replies.pop(0))

    async def _finish(self) -> None:
        """The conversation is over; its packets are counted."""
        if self._talking is not None and self.conversation is not None:
            self._talking.cancel()
            with suppress(asyncio.CancelledError):
                await self._talking
            self.packets += self.conversation.packets
        self._talking = self.conversation = None

    async def _leave(self) -> None:
        """Give the place up, if there still is one; whoever has lost the page comes back for that."""
        if self.stage is Stage.DROPPED:
            shown = self.page.view
            try:
                await self.page.open()
                await self.page.until(lambda view: view is not shown)
            except (ConnectionError, GoneError):
                return
        view = self.page.view
        if view is not None and view.ticket is not None and view.ticket.state in LIVE:
            with suppress(TurnedAwayError, GoneError):
                await self.page.do(Leave(rev=view.ticket.rev))


def _rung(view: TicketView) -> str | None:
    return None if view.ticket is None or view.ticket.ring is None else view.ticket.ring.call


def _over(view: TicketView) -> bool:
    return view.ticket is None or view.ticket.state not in LIVE
