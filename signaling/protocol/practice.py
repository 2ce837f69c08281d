"""Practice for clerks, at a court of its own: which situation is on, what is done of it, how it was judged.

`GET /api/v1/practice?language=pt` answers a `PracticeCard`, `POST` with a `PracticeAsk` too; other courts have neither.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from signaling.protocol.base import Wire


class Situation(StrEnum):
    """What a clerk meets at the counter, in the order in which it is practised."""

    PLAIN = "plain"
    PRIORITY = "priority"
    """Somebody with priority came later and is called first."""
    NO_ANSWER = "no_answer"
    DROPS_AND_RETURNS = "drops_and_returns"
    DROPS_FOR_GOOD = "drops_for_good"
    TEXT_ONLY = "text_only"
    FETCHES = "fetches"
    """Has to fetch a document."""
    OTHER_UNIT = "other_unit"
    INTERPRETER = "interpreter"
    MISTAKEN_TIER = "mistaken_tier"
    MISCONDUCT = "misconduct"
    MOMENT = "moment"
    """The clerk has to look something up."""


class Grade(StrEnum):
    """How a situation went."""

    WELL = "well"
    REMARK = "remark"
    """Done, and there is something to say about it."""
    MISSED = "missed"
    SKIPPED = "skipped"


class Phase(StrEnum):
    """Where the practice stands."""

    READY = "ready"
    """Nothing has begun."""
    ON = "on"
    JUDGED = "judged"
    """The last situation is over; the next begins when it is asked for."""
    OVER = "over"
    """All of them have been judged or skipped."""


class PracticeStep(Wire):
    """One thing to do."""

    text: str
    done: bool


class PracticeResult(Wire):
    """One situation of the script; `grade` None: not yet."""

    situation: Situation
    title: str
    grade: Grade | None
    feedback: str | None


class PracticeCard(Wire):
    """Where the practice stands, in words of the language that was asked for."""

    phase: Phase
    situation: Situation | None
    """The one that is on, or was judged last."""
    attempt: int
    """Rises with every beginning: the people of an earlier one go."""
    number: int
    of: int
    title: str
    told: str
    """What is happening."""
    steps: tuple[PracticeStep, ...]
    grade: Grade | None
    feedback: str | None
    results: tuple[PracticeResult, ...]


class PracticeAct(StrEnum):
    """What somebody in practice asks for."""

    NEXT = "next"
    """The first, or the next that has not been judged."""
    AGAIN = "again"
    """This one from its beginning."""
    SKIP = "skip"
    """Not this one."""


class PracticeAsk(Wire):
    """By a clerk who is signed in. `situation`: which one to do again; None: the one that is on."""

    act: PracticeAct
    situation: Annotated[Situation | None, Field(strict=False)] = None
