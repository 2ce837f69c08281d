"""One clerk's way through the situations: which is on, how each went. Pure: told what happened, asked how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rooms.ids import AttendantId, CallId, UnitId
from rooms.model.call import ATTENDANT, LogEntry
from rooms.model.events import Event
from signaling.practice.judge import RULES, Judgement, Note, judge
from signaling.practice.words import Words
from signaling.protocol.practice import (
    Grade,
    Phase,
    PracticeAct,
    PracticeAsk,
    PracticeCard,
    PracticeResult,
    PracticeStep,
    Situation,
)
from signaling.protocol.signals import Chat

_CHAT: Final = Chat.model_fields["type"].default
SKIPPED: Final = Judgement((), Grade.SKIPPED, Note.SKIPPED)


@dataclass
class Course:
    """What is practised, by whom, and how it went so far."""

    script: Sequence[Situation]
    trainee: AttendantId
    right_unit: UnitId
    """Where the person of `OTHER_UNIT` should be."""
    phase: Phase = Phase.READY
    situation: Situation | None = None
    attempt: int = 0
    results: dict[Situation, Judgement] = field(default_factory=dict)
    _events: list[Event] = field(default_factory=list)
    _wrote: set[CallId] = field(default_factory=set)

    def hear(self, events: Sequence[Event], entries: Sequence[LogEntry]) -> Situation | None:
        """This has happened; answers the situation that is judged by it, if one is."""
        if self.phase is not Phase.ON or self.situation is None:
            return None
        self._events += [event for event in events if event.attendant in {None, self.trainee}]
        self._wrote |= {entry.call for entry in entries if entry.kind == _CHAT and entry.sender == ATTENDANT}
        judgement = self.judgement
        if judgement is None or judgement.grade is None:
            return None
        self.results[self.situation] = judgement
        self.phase = Phase.JUDGED
        return self.situation

    def act(self, ask: PracticeAsk) -> None:
        """Somebody asks to go on, to repeat, to skip; what is not possible now changes nothing."""
        match ask.act:
            case PracticeAct.NEXT if self.phase is not Phase.ON:
                self._next()
            case PracticeAct.SKIP if self.phase is Phase.ON and self.situation is not None:
                self.results.setdefault(self.situation, SKIPPED)
                self._next()
            case PracticeAct.AGAIN:
                again = ask.situation or self.situation
                if again is not None and again in self.script:
                    self._begin(again)
            case _:
                pass

    @property
    def judgement(self) -> Judgement | None:
        """Of the situation that is on, or was judged last."""
        if self.situation is None:
            return None
        if self.phase is not Phase.ON:
            return self.results.get(self.situation)
        return judge(self.situation, self._events, self._wrote, right_unit=self.right_unit)

    def card(self, words: Words) -> PracticeCard:
        """How it stands, in words."""
        judgement = self.judgement
        title, told, steps = self._told(words)
        done = () if judgement is None else judgement.steps
        return PracticeCard(
            phase=self.phase,
            situation=self.situation,
            attempt=self.attempt,
            number=0 if self.situation is None else self.script.index(self.situation) + 1,
            of=len(self.script),
            title=title,
            told=told,
            steps=tuple(PracticeStep(text=text, done=is_done) for text, is_done in zip(steps, done, strict=False)),
            grade=None if judgement is None else judgement.grade,
            feedback=None if self.situation is None else self._feedback(self.situation, judgement, words),
            results=tuple(
                PracticeResult(
                    situation=situation,
                    title=words.situations[situation].title,
                    grade=result.grade if result else None,
                    feedback=self._feedback(situation, result, words),
                )
                for situation in self.script
                for result in [self.results.get(situation)]
            ),
        )

    def _told(self, words: Words) -> tuple[str, str, Sequence[str]]:
        if self.phase is Phase.OVER:
            well = all(result.grade is Grade.WELL for result in self.results.values())
            return words.over.title, words.over.all_well if well else words.over.again, ()
        if self.situation is None:
            return words.ready.title, words.ready.told, ()
        told = words.situations[self.situation]
        return told.title, told.told, told.steps

    @staticmethod
    def _feedback(situation: Situation, judgement: Judgement | None, words: Words) -> str | None:
        if judgement is None or judgement.note is None:
            return None
        return words.feedback(situation, judgement.note)

    def _next(self) -> None:
        left = [situation for situation in self.script if situation not in self.results]
        if left:
            self._begin(left[0])
        else:
            self.phase, self.situation = Phase.OVER, None

    def _begin(self, situation: Situation) -> None:
        self.phase, self.situation = Phase.ON, situation
        self.attempt += 1
        self._events.clear()
        self._wrote.clear()


ALL: Final = tuple(RULES)
"""The whole script."""
