"""Leads a practice: follows the court's log, shows how it stands, tells the terminal, keeps the report."""

import asyncio
from collections.abc import Callable
from typing import Final

from rooms.ports import Log
from signaling.practice.course import Course
from signaling.practice.court import COURT, RIGHT, TRAINEE, Practice
from signaling.practice.report import begun, judged, report
from signaling.practice.words import words
from signaling.protocol.practice import Phase, PracticeAsk, PracticeCard
from signaling.protocol.reminders import Language


class Conductor:
    """One practice. `run` needs an owner that cancels it; before the people go, `close` keeps the report."""

    def __init__(self, log: Log, practice: Practice, tell: Callable[[str], None]) -> None:
        """`tell` writes a line for whoever looks at the terminal."""
        self._log: Final = log
        self._practice: Final = practice
        self._tell: Final = tell
        self._course: Final = Course(practice.script, TRAINEE, RIGHT)
        self._kept: PracticeCard | None = None
        self._is_closed = False

    async def run(self) -> None:
        """Judge, for ever, what happens at the court."""
        event, _, signal, _ = await self._log.positions(COURT)
        async for events, entries in self._log.tail(COURT, event, signal):
            # Whoever goes because the practice is over was not sent away by the clerk.
            if not self._is_closed and self._course.hear(events, entries) is not None:
                self._tell(judged(self.card("pt")))

    def card(self, language: Language) -> PracticeCard:
        """How it stands."""
        return self._course.card(words(language))

    async def act(self, ask: PracticeAsk) -> None:
        """Go on, repeat, skip; after the last one the report is told and kept."""
        attempt, phase = self._course.attempt, self._course.phase
        self._course.act(ask)
        if self._course.attempt != attempt:
            self._tell(begun(self.card("pt")))
        elif self._course.phase is Phase.OVER and phase is not Phase.OVER:
            await self._keep()

    async def close(self) -> None:
        """Judge nothing more; tell and keep the report, if there is anything new in it. May be repeated."""
        self._is_closed = True
        await self._keep()

    async def _keep(self) -> None:
        card = self.card("pt")
        if card.results == (self._kept.results if self._kept else ()) or all(
            result.grade is None for result in card.results
        ):
            return
        self._kept = card
        lines = list(report(card))
        for line in ("", *lines, ""):
            self._tell(line)
        if self._practice.report is not None:
            path = self._practice.report
            await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
            await asyncio.to_thread(path.write_text, "".join(f"{line}\n" for line in lines), encoding="utf-8")
            self._tell(f"O relatório está em {path}.")
