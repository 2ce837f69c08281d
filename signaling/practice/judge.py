"""How a clerk has done in a situation, by what the court's log says of it. Pure: the same log, the same judgement."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rooms.ids import CallId, UnitId
from rooms.model.call import GuestKind
from rooms.model.events import Event
from rooms.model.events import EventKind as Kind
from rooms.model.ticket import Cause, FetchReason, RemoveReason, Tier, TierReason
from signaling.practice.story import Story, stories
from signaling.protocol.practice import Grade, Situation

SLOW_MS: Final = 120_000
"""Somebody who is alone in line is called sooner."""
HASTY_MS: Final = 3_000
"""Most lines that drop are back in seconds."""


class Note(StrEnum):
    """What there is to say; each has its sentence in `words`."""

    WELL = "well"
    SKIPPED = "skipped"
    # Any situation.
    CANCELLED = "cancelled"
    SLOW = "slow"
    NO_OUTCOME = "no_outcome"
    OUT_OF_ORDER = "out_of_order"
    NOT_SERVED = "not_served"
    # One of them.
    RANG_SHORT = "rang_short"
    HUNG_UP_ON = "hung_up_on"
    RELEASED = "released"
    HASTY = "hasty"
    WAITED_ALL = "waited_all"
    UNANSWERED = "unanswered"
    HELD_INSTEAD = "held_instead"
    OTHER_REASON = "other_reason"
    NOT_SENT = "not_sent"
    WRONG_UNIT = "wrong_unit"
    NOT_TRANSFERRED = "not_transferred"
    AS_COMPANION = "as_companion"
    NOBODY_CAME = "nobody_came"
    NOT_INVITED = "not_invited"
    WRONG_TIER = "wrong_tier"
    NOT_CORRECTED = "not_corrected"
    NOT_REMOVED = "not_removed"
    STILL_HELD = "still_held"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is done of each step, and the verdict once it is over."""

    steps: tuple[bool, ...]
    grade: Grade | None
    """None: it is still on."""
    note: Note | None


Verdict = tuple[Grade, Note]
WELL: Final = (Grade.WELL, Note.WELL)
People = Sequence[Story]


@dataclass(frozen=True, slots=True)
class Scene:
    """The people of one situation, and the calls in which the clerk wrote."""

    people: People
    wrote: AbstractSet[CallId]
    right_unit: UnitId

    @property
    def one(self) -> Story:
        """The person it is about."""
        return self.people[0]

    @property
    def other(self) -> Story:
        """The second one."""
        return self.people[1]


def judge(
    situation: Situation, events: Sequence[Event], wrote: AbstractSet[CallId], *, right_unit: UnitId
) -> Judgement:
    """The clerk's doing in `events`, those of the situation's attempt; `wrote`: calls in which the clerk wrote."""
    rule = RULES[situation]
    people = [story for story in stories(events) if story.parent is None]
    if len(people) < rule.people:
        return Judgement((False,) * rule.steps, None, None)
    children = [story for story in stories(events) if story.parent is not None]
    scene = Scene([*people, *children], wrote, right_unit)
    done = tuple(rule.done(scene))
    if not rule.over(scene, people):
        return Judgement(done, None, None)
    grade, note = rule.verdict(scene)
    if grade is Grade.WELL:
        grade, note = _besides(situation, people)
    return Judgement(done, grade, note)


def _besides(situation: Situation, people: People) -> Verdict:
    """What is to be said of any situation that went well by its own rule."""
    if any(story.had(Kind.TICKET_RETURNED, cause="cancelled") for story in people):
        return Grade.REMARK, Note.CANCELLED
    if any(story.had(Kind.TICKET_CALLED, cause="out_of_order") for story in people):
        return Grade.REMARK, Note.OUT_OF_ORDER
    if any(story.calls and story.settled and not story.concluded for story in people):
        return Grade.REMARK, Note.NO_OUTCOME
    called_ms = people[0].first_ms(Kind.TICKET_CALLED)
    if situation is Situation.PLAIN and called_ms is not None and called_ms - people[0].joined_ms > SLOW_MS:
        return Grade.REMARK, Note.SLOW
    return WELL


# ------------------------------------------------------------------------------------------------ what is done


def _entered(story: Story) -> bool:
    return story.had(Kind.TICKET_ENTERED)


def _finished(story: Story) -> bool:
    return story.served and story.settled


def _plain_done(scene: Scene) -> Sequence[bool]:
    one = scene.one
    return one.had(Kind.TICKET_CALLED), _entered(one), one.end is not None, one.concluded


def _priority_first(scene: Scene) -> bool:
    """Whether nobody else was called while the one with priority waited."""
    plain_ms, joined_ms = scene.one.first_ms(Kind.TICKET_CALLED), scene.other.joined_ms
    first_ms = scene.other.first_ms(Kind.TICKET_CALLED)
    if plain_ms is None or plain_ms < joined_ms:
        return first_ms is not None
    return first_ms is not None and first_ms <= plain_ms


def _not_answered(scene: Scene) -> bool:
    """Whether a ring was over by itself, wherever the person was meanwhile."""
    return any(
        scene.one.had(Kind.TICKET_RETURNED, cause=cause)
        for cause in (Cause.NOT_ENTERED, Cause.NOT_SEEN, Cause.LINE_LOST)
    )


def _invited(scene: Scene, kind: GuestKind = GuestKind.INTERPRETER) -> bool:
    return scene.one.had(Kind.GUEST_INVITED, as_=kind)


def _came(scene: Scene, kind: GuestKind = GuestKind.INTERPRETER) -> bool:
    return scene.one.had(Kind.GUEST_CAME, as_=kind)


def _went_to(scene: Scene) -> UnitId | None:
    """To which unit the person was sent."""
    return next((story.unit for story in scene.people if story.parent == scene.one.ticket), None)


def _wrote(scene: Scene) -> bool:
    return bool(scene.one.calls & scene.wrote)


# ------------------------------------------------------------------------------------------------ the verdicts


def _plain(scene: Scene) -> Verdict:
    return WELL if scene.one.served else (Grade.MISSED, Note.NOT_SERVED)


def _priority(scene: Scene) -> Verdict:
    if not _priority_first(scene):
        return Grade.MISSED, Note.OUT_OF_ORDER
    return WELL if scene.one.served and scene.other.served else (Grade.MISSED, Note.NOT_SERVED)


def _no_answer(scene: Scene) -> Verdict:
    if not (scene.one.served and scene.other.served):
        return Grade.MISSED, Note.NOT_SERVED
    return WELL if _not_answered(scene) else (Grade.REMARK, Note.RANG_SHORT)


def _drops_and_returns(scene: Scene) -> Verdict:
    one = scene.one
    if one.had(Kind.TICKET_RETURNED, cause="released"):
        return (Grade.REMARK, Note.RELEASED) if one.served else (Grade.MISSED, Note.NOT_SERVED)
    if one.had(Kind.TICKET_RESUMED):
        return WELL if one.served else (Grade.MISSED, Note.NOT_SERVED)
    return Grade.MISSED, Note.HUNG_UP_ON


def _drops_for_good(scene: Scene) -> Verdict:
    one = scene.one
    gone_ms = one.first_ms(Kind.TICKET_INTERRUPTED)
    released_ms = one.first_ms(Kind.TICKET_RETURNED, cause="released")
    if released_ms is not None and gone_ms is not None:
        return WELL if released_ms - gone_ms >= HASTY_MS else (Grade.REMARK, Note.HASTY)
    if one.end is not None and one.end.facts.get("cause") == "visitor_gone":
        return Grade.REMARK, Note.WAITED_ALL
    return Grade.MISSED, Note.HUNG_UP_ON


def _text_only(scene: Scene) -> Verdict:
    if not _wrote(scene):
        return Grade.MISSED, Note.UNANSWERED
    return WELL if scene.one.served else (Grade.MISSED, Note.NOT_SERVED)


def _fetches(scene: Scene) -> Verdict:
    one = scene.one
    if not one.served:
        return Grade.MISSED, Note.NOT_SERVED
    if one.had(Kind.TICKET_RETURNED, cause="sent_back", reason=FetchReason.DOCUMENT):
        return WELL
    if one.had(Kind.TICKET_RETURNED, cause="sent_back"):
        return Grade.REMARK, Note.OTHER_REASON
    return (Grade.REMARK, Note.HELD_INSTEAD) if one.had(Kind.TICKET_HELD) else (Grade.MISSED, Note.NOT_SENT)


def _other_unit(scene: Scene) -> Verdict:
    unit = _went_to(scene)
    if unit is None:
        return Grade.MISSED, Note.NOT_TRANSFERRED
    return WELL if unit == scene.right_unit else (Grade.REMARK, Note.WRONG_UNIT)


def _interpreter(scene: Scene) -> Verdict:
    if not scene.one.served:
        return Grade.MISSED, Note.NOT_SERVED
    if _came(scene):
        return WELL
    if _came(scene, GuestKind.COMPANION):
        return Grade.REMARK, Note.AS_COMPANION
    invited = _invited(scene) or _invited(scene, GuestKind.COMPANION)
    return (Grade.REMARK, Note.NOBODY_CAME) if invited else (Grade.MISSED, Note.NOT_INVITED)


def _tier(scene: Scene, **facts: str) -> bool:
    return scene.one.had(Kind.TICKET_TIER, actor="attendant", **facts)


def _mistaken_tier(scene: Scene) -> Verdict:
    if not scene.one.served:
        return Grade.MISSED, Note.NOT_SERVED
    right = str(int(Tier.EVERYONE))
    if _tier(scene, tier=right, reason=TierReason.MISTAKEN):
        return WELL
    if _tier(scene, tier=right):
        return Grade.REMARK, Note.OTHER_REASON
    return (Grade.REMARK, Note.WRONG_TIER) if _tier(scene) else (Grade.MISSED, Note.NOT_CORRECTED)


def _misconduct(scene: Scene) -> Verdict:
    if not scene.one.had(Kind.TICKET_ENDED, cause="removed"):
        return Grade.MISSED, Note.NOT_REMOVED
    for_conduct = scene.one.had(Kind.TICKET_ENDED, cause="removed", reason=RemoveReason.CONDUCT)
    return WELL if for_conduct else (Grade.REMARK, Note.OTHER_REASON)


def _moment(scene: Scene) -> Verdict:
    one = scene.one
    if not one.had(Kind.TICKET_HELD):
        return Grade.MISSED, Note.NOT_HELD
    if not one.served:
        return Grade.MISSED, Note.NOT_SERVED
    return WELL if one.had(Kind.TICKET_UNHELD, actor="attendant") else (Grade.REMARK, Note.STILL_HELD)


# ------------------------------------------------------------------------------------------------ the table


def _all_settled(_scene: Scene, people: People) -> bool:
    return all(story.settled for story in people)


def _settled_or_released(scene: Scene, people: People) -> bool:
    return scene.one.had(Kind.TICKET_RETURNED, cause="released") or _all_settled(scene, people)


@dataclass(frozen=True, slots=True)
class Rule:
    """How one situation is read: so many people come, so many steps are to be done."""

    people: int
    steps: int
    done: Callable[[Scene], Sequence[bool]]
    verdict: Callable[[Scene], Verdict]
    over: Callable[[Scene, People], bool] = _all_settled


RULES: Final[Mapping[Situation, Rule]] = {
    Situation.PLAIN: Rule(1, 4, _plain_done, _plain),
    Situation.PRIORITY: Rule(
        2, 3, lambda scene: (_priority_first(scene), _finished(scene.other), _finished(scene.one)), _priority
    ),
    Situation.NO_ANSWER: Rule(
        2, 3, lambda scene: (_not_answered(scene), _finished(scene.other), _finished(scene.one)), _no_answer
    ),
    Situation.DROPS_AND_RETURNS: Rule(
        1,
        3,
        lambda scene: (_entered(scene.one), scene.one.had(Kind.TICKET_RESUMED), _finished(scene.one)),
        _drops_and_returns,
    ),
    Situation.DROPS_FOR_GOOD: Rule(
        1,
        3,
        lambda scene: (
            _entered(scene.one),
            scene.one.had(Kind.TICKET_INTERRUPTED),
            scene.one.had(Kind.TICKET_RETURNED, cause="released"),
        ),
        _drops_for_good,
        _settled_or_released,
    ),
    Situation.TEXT_ONLY: Rule(
        1, 3, lambda scene: (_entered(scene.one), _wrote(scene), _finished(scene.one)), _text_only
    ),
    Situation.FETCHES: Rule(
        1,
        4,
        lambda scene: (
            _entered(scene.one),
            scene.one.had(Kind.TICKET_RETURNED, cause="sent_back"),
            scene.one.then(Kind.TICKET_CALLED, Kind.TICKET_READY),
            _finished(scene.one),
        ),
        _fetches,
    ),
    Situation.OTHER_UNIT: Rule(
        1, 3, lambda scene: (_entered(scene.one), _went_to(scene) is not None, scene.one.concluded), _other_unit
    ),
    Situation.INTERPRETER: Rule(
        1,
        4,
        lambda scene: (_entered(scene.one), _invited(scene), _came(scene), _finished(scene.one)),
        _interpreter,
    ),
    Situation.MISTAKEN_TIER: Rule(
        1, 3, lambda scene: (_entered(scene.one), _tier(scene), _finished(scene.one)), _mistaken_tier
    ),
    Situation.MISCONDUCT: Rule(
        1,
        3,
        lambda scene: (
            _entered(scene.one),
            scene.one.had(Kind.TICKET_ENDED, cause="removed"),
            scene.one.concluded,
        ),
        _misconduct,
    ),
    Situation.MOMENT: Rule(
        1,
        4,
        lambda scene: (
            _entered(scene.one),
            scene.one.had(Kind.TICKET_HELD),
            scene.one.had(Kind.TICKET_UNHELD),
            _finished(scene.one),
        ),
        _moment,
    ),
}
"""The script: every situation, in the order of `Situation`."""
