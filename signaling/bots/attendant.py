"""A clerk made of code: signs in, calls the next, talks, chooses an outcome, calls the next."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import Outcome
from signaling.bots.conversation import Conversation
from signaling.bots.leg import Packets
from signaling.bots.wire import Browser, GoneError, Page, TurnedAwayError
from signaling.protocol.base import Namespace
from signaling.protocol.commands import CallNext, ChooseUnits, Finish, Ringing, SetStatus, TakeOver
from signaling.protocol.signals import Party
from signaling.protocol.views import DeskView


@dataclass(frozen=True, slots=True)
class Shift:
    """How one clerk works."""

    login: str
    password: str
    units: Sequence[str]
    talks_s: Callable[[], float]
    """How long the next conversation lasts."""
    outcome: Callable[[], Outcome]
    writes_up_s: float = 1.0
    """From the end of a call to its outcome."""
    colour: int = 0


class Attendant:
    """One clerk. `run` works until it is cancelled; the fields count what was done."""

    def __init__(self, browser: Browser, shift: Shift) -> None:
        self._browser: Final = browser
        self._shift: Final = shift
        self.page: Final[Page[DeskView]] = Page(browser, Namespace.ATTENDANT)
        self.calls = 0
        """Calls in which the visitor entered."""
        self.unanswered = 0
        self.packets = Packets()
        self.conversation: Conversation | None = None

    @property
    def activity(self) -> Activity:
        """What the desk says that this clerk is doing."""
        view = self.page.view
        return Activity.IDLE if view is None else view.activity

    @property
    def is_in_demand(self) -> bool:
        """Whether this clerk is idle and somebody waits in their lines."""
        return self.page.view is not None and _may_call(self.page.view)

    async def run(self) -> None:
        """Serve whoever waits, one after the other; cancelled, the clerk pauses and goes."""
        await self._browser.sign_in(self._shift.login, self._shift.password)
        await self.page.open()
        try:
            await self._work()
        except GoneError:
            pass  # signed out, or the server ended
        except asyncio.CancelledError:
            with suppress(TurnedAwayError, GoneError):
                await self.page.do(SetStatus(status=Status.PAUSED, pause=PauseReason.BREAK))
            raise
        finally:
            await self.page.close()

    async def _work(self) -> None:
        view = await self.page.until(lambda _view: True)
        if view.elsewhere:
            await self.page.do(TakeOver())
        await self.page.do(ChooseUnits(units=tuple(self._shift.units)))
        await self.page.do(SetStatus(status=Status.AVAILABLE, pause=None))
        while True:
            view = await self.page.until(_may_call)
            if view.status is not Status.AVAILABLE:
                await self.page.do(SetStatus(status=Status.AVAILABLE, pause=None))
            await self._serve()

    async def _serve(self) -> None:
        """Call the next and see it through."""
        shown = self.page.view
        try:
            ringing = await self.page.do(CallNext())
        except TurnedAwayError:  # somebody else was quicker, or the view was old: look again
            await self.page.until(lambda view: view is not shown)
            return
        assert isinstance(ringing, Ringing)  # noqa: S101  # the wire's own answer to it
        conversation = self.conversation = Conversation(
            self.page, Party.ATTENDANT, ringing.call, colour=self._shift.colour
        )
        talking = asyncio.create_task(conversation.run())
        try:
            if await conversation.answered:
                self.calls += 1
                await asyncio.wait([talking], timeout=self._shift.talks_s())
                if not talking.done():
                    await conversation.hang_up()
                    await talking
            else:
                self.unanswered += 1
        finally:
            talking.cancel()
            with suppress(asyncio.CancelledError):
                await talking
            self.packets += conversation.packets
            self.conversation = None
        await self._write_up(ringing.call)

    async def _write_up(self, call: str) -> None:
        view = await self.page.until(lambda view: view.activity in {Activity.WRAP_UP, Activity.IDLE})
        if view.activity is Activity.WRAP_UP:
            await asyncio.sleep(self._shift.writes_up_s)
            with suppress(TurnedAwayError):  # the wrap-up has run out meanwhile
                await self.page.do(Finish(call=call, outcome=self._shift.outcome()))
            await self.page.until(lambda view: view.activity is Activity.IDLE)


def _may_call(view: DeskView) -> bool:
    return view.activity is Activity.IDLE and view.waiting > 0
