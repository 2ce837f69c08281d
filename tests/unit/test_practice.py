"""Practice: each situation is judged by what the log says of it, told in every language, and led by a pure course."""

import json
import re
from pathlib import Path

import pytest

from rooms.ids import AttendantId, CallId, EntryId, Millis, ParticipantId, TicketId, UnitId
from rooms.model.call import LogEntry
from rooms.model.events import FACTS, Event, EventKind
from signaling.bots.practice import PEOPLE
from signaling.practice.course import ALL, Course
from signaling.practice.judge import HASTY_MS, RULES, SLOW_MS, judge
from signaling.practice.report import GRADES, report
from signaling.practice.words import LANGUAGES, words
from signaling.protocol.practice import Grade, Phase, PracticeAct, PracticeAsk, Situation
from tests.unit.test_look import NEVER

RIGHT, WRONG, HERE = UnitId("familia"), UnitId("juizado"), UnitId("civel")
CLERK = AttendantId("treino")

# ------------------------------------------------------------------------------------------------ a log in shorthand

WORDS = {
    "join": ("ticket.joined", {"tier": "3"}),
    "call": ("ticket.called", {"cause": "next", "actor": "attendant"}),
    "call_out_of_order": ("ticket.called", {"cause": "out_of_order", "actor": "attendant"}),
    "enter": ("ticket.entered", {"actor": "visitor", "media": "video"}),
    "ring_over": ("ticket.returned", {"cause": "not_entered", "actor": "house"}),
    "cancel": ("ticket.returned", {"cause": "cancelled", "actor": "attendant"}),
    "drop": ("ticket.interrupted", {"cause": "visitor_gone", "actor": "house"}),
    "return": ("ticket.resumed", {"cause": "back", "actor": "house"}),
    "release": ("ticket.returned", {"cause": "released", "actor": "attendant"}),
    "send_back": ("ticket.returned", {"cause": "sent_back", "actor": "attendant", "reason": "document"}),
    "ready": ("ticket.ready", {"actor": "visitor"}),
    "hold": ("ticket.held", {"actor": "attendant"}),
    "unhold": ("ticket.unheld", {"actor": "attendant"}),
    "tier": ("ticket.tier", {"actor": "attendant", "tier": "3", "reason": "mistaken"}),
    "invite": ("guest.invited", {"as": "interpreter"}),
    "came": ("guest.came", {"as": "interpreter"}),
    "served": ("ticket.ended", {"cause": "hung_up", "actor": "attendant", "state": "served"}),
    "gone_for_good": ("ticket.ended", {"cause": "visitor_gone", "actor": "house", "state": "served"}),
    "no_show": ("ticket.ended", {"cause": "no_show", "actor": "house", "state": "no_show"}),
    "removed": ("ticket.ended", {"cause": "removed", "actor": "attendant", "state": "removed", "reason": "conduct"}),
    "transferred": ("ticket.ended", {"cause": "transferred", "actor": "attendant", "state": "transferred"}),
    "over": ("call.ended", {"end": "hung_up", "by": "attendant"}),
    "finish": ("call.finished", {"actor": "attendant", "outcome": "informed"}),
}


def log(text):
    """Events from lines such as `a tier tier=1`; each takes a second, `+5000` lets so many milliseconds more pass."""
    events, now, calls = [], 1_000_000, {}
    for line in filter(None, (each.strip() for each in re.split(r"[;\n]", text))):
        if line.startswith("+"):
            now += int(line)
            continue
        who, word, *changes = line.split()
        kind, facts = WORDS[word]
        facts = facts | dict(change.split("=") for change in changes)
        unit = UnitId(facts.pop("unit", HERE))
        if "call" in word and word.startswith("call"):
            calls[who] = calls.get(who, 0) + 1
        call = CallId(f"{who}{calls[who]}") if who in calls else None
        now += 1000
        assert facts.keys() <= FACTS[EventKind(kind)], line
        events.append(
            Event(
                EntryId(f"{now}-0"),
                len(events) + 1,
                Millis(now),
                EventKind(kind),
                unit,
                TicketId(who),
                CLERK,
                call,
                facts,
            )
        )
    return events


BEGIN = "a join; a call; a enter;"
END = "a over; a served; a finish;"
WELL = {
    Situation.PLAIN: BEGIN + END,
    Situation.PRIORITY: "a join; b join tier=1; b call; b enter; b over; b served; b finish; a call; a enter;" + END,
    Situation.NO_ANSWER: "a join; b join; a call; a ring_over; b call; b enter; b over; b served; b finish;"
    "a call; a enter;" + END,
    Situation.DROPS_AND_RETURNS: BEGIN + "a drop; a return;" + END,
    Situation.DROPS_FOR_GOOD: BEGIN + f"a drop; +{HASTY_MS}; a release;",
    Situation.TEXT_ONLY: BEGIN + END,
    Situation.FETCHES: BEGIN + "a send_back; a ready; a call; a enter;" + END,
    Situation.OTHER_UNIT: BEGIN
    + f"a over end=transferred; a transferred; c join unit={RIGHT} parent=a; a finish outcome=forwarded;",
    Situation.INTERPRETER: BEGIN + "a invite; a came;" + END,
    Situation.MISTAKEN_TIER: BEGIN + "a tier;" + END,
    Situation.MISCONDUCT: BEGIN + "a over end=removed; a removed; a finish;",
    Situation.MOMENT: BEGIN + "a hold; a unhold;" + END,
}
WROTE = frozenset({CallId("a1")})
OTHERWISE = [
    (Situation.PLAIN, "a join; a call; a cancel; a call; a enter;" + END, "remark cancelled"),
    (Situation.PLAIN, f"a join; +{SLOW_MS}; a call; a enter;" + END, "remark slow"),
    (Situation.PLAIN, BEGIN + "a over; a served; a finish actor=house outcome=", "remark no_outcome"),
    (Situation.PLAIN, "a join; a call_out_of_order; a enter;" + END, "remark out_of_order"),
    (Situation.PLAIN, "a join; a call; a no_show", "missed not_served"),
    (
        Situation.PRIORITY,
        "a join; b join tier=1; a call_out_of_order; a enter;" + END + "b call; b enter; b over; b served; b finish",
        "missed out_of_order",
    ),
    (Situation.PRIORITY, "a join; b join tier=1; b call; b no_show; a call; a enter;" + END, "missed not_served"),
    (
        Situation.PRIORITY,
        "a join; a call; b join tier=1; a enter;" + END + "b call; b enter; b over; b served; b finish",
        "well well",
    ),
    (
        Situation.NO_ANSWER,
        "a join; b join; a call; a cancel; b call; b enter; b over; b served; b finish; a call; a enter;" + END,
        "remark rang_short",
    ),
    (
        Situation.NO_ANSWER,
        "a join; b join; a call; a ring_over; b call; b enter; b over; b served; b finish; a call; a no_show",
        "missed not_served",
    ),
    (
        Situation.NO_ANSWER,
        WELL[Situation.NO_ANSWER].replace("ring_over", "ring_over cause=not_seen"),
        "well well",
    ),
    (Situation.DROPS_AND_RETURNS, BEGIN + "a drop;" + END, "missed hung_up_on"),
    (Situation.DROPS_AND_RETURNS, BEGIN + END, "missed hung_up_on"),
    (Situation.DROPS_AND_RETURNS, BEGIN + "a drop; a release; a call; a enter;" + END, "remark released"),
    (Situation.DROPS_AND_RETURNS, BEGIN + "a drop; a release; a call; a no_show", "missed not_served"),
    (
        Situation.DROPS_AND_RETURNS,
        BEGIN + "a drop; a return; a over end=removed; a removed; a finish",
        "missed not_served",
    ),
    (Situation.DROPS_FOR_GOOD, BEGIN + "a drop; a release", "remark hasty"),
    (
        Situation.DROPS_FOR_GOOD,
        BEGIN + "a drop; a over end=visitor_gone; a gone_for_good; a finish",
        "remark waited_all",
    ),
    (Situation.DROPS_FOR_GOOD, BEGIN + "a drop;" + END, "missed hung_up_on"),
    (Situation.TEXT_ONLY, BEGIN + "a over end=removed; a removed; a finish", "missed not_served"),
    (Situation.FETCHES, BEGIN + "a send_back; a ready; a call; a no_show", "missed not_served"),
    (Situation.FETCHES, BEGIN + "a send_back reason=other; a ready; a call; a enter;" + END, "remark other_reason"),
    (Situation.FETCHES, BEGIN + "a hold; a unhold;" + END, "remark held_instead"),
    (Situation.FETCHES, BEGIN + END, "missed not_sent"),
    (
        Situation.OTHER_UNIT,
        WELL[Situation.OTHER_UNIT].replace(RIGHT, WRONG),
        "remark wrong_unit",
    ),
    (Situation.OTHER_UNIT, BEGIN + END, "missed not_transferred"),
    (Situation.INTERPRETER, BEGIN + "a invite as=companion; a came as=companion;" + END, "remark as_companion"),
    (Situation.INTERPRETER, BEGIN + "a invite;" + END, "remark nobody_came"),
    (Situation.INTERPRETER, BEGIN + "a invite as=companion;" + END, "remark nobody_came"),
    (Situation.INTERPRETER, BEGIN + END, "missed not_invited"),
    (Situation.INTERPRETER, BEGIN + "a over end=removed; a removed; a finish", "missed not_served"),
    (Situation.MISTAKEN_TIER, BEGIN + "a tier reason=document;" + END, "remark other_reason"),
    (Situation.MISTAKEN_TIER, BEGIN + "a tier tier=1;" + END, "remark wrong_tier"),
    (Situation.MISTAKEN_TIER, BEGIN + "a tier tier=1; a tier;" + END, "well well"),
    (Situation.MISTAKEN_TIER, BEGIN + "a tier actor=supervisor;" + END, "missed not_corrected"),
    (Situation.MISTAKEN_TIER, BEGIN + END, "missed not_corrected"),
    (Situation.MISTAKEN_TIER, BEGIN + "a over end=removed; a removed; a finish", "missed not_served"),
    (Situation.MISCONDUCT, BEGIN + "a over end=removed; a removed reason=other; a finish", "remark other_reason"),
    (Situation.MISCONDUCT, BEGIN + END, "missed not_removed"),
    (Situation.MOMENT, BEGIN + "a hold;" + END, "remark still_held"),
    (Situation.MOMENT, BEGIN + "a hold; a unhold actor=house;" + END, "remark still_held"),
    (Situation.MOMENT, BEGIN + END, "missed not_held"),
    (Situation.MOMENT, BEGIN + "a hold; a unhold; a over end=removed; a removed; a finish", "missed not_served"),
]
"""What else may happen, and what is said of it."""


def of(situation, text, wrote=WROTE):
    return judge(situation, log(text), wrote, right_unit=RIGHT)


def said(judgement):
    return None if judgement.grade is None else f"{judgement.grade} {judgement.note}"


# ------------------------------------------------------------------------------------------------ the judge


@pytest.mark.parametrize("situation", Situation)
def test_done_as_it_should_be_it_is_done_well_with_every_step(situation):
    judgement = of(situation, WELL[situation])
    assert said(judgement) == "well well"
    assert all(judgement.steps)


@pytest.mark.parametrize(("situation", "text", "verdict"), OTHERWISE)
def test_done_otherwise_it_says_what(situation, text, verdict):
    assert said(of(situation, text)) == verdict


@pytest.mark.parametrize("wrote", [frozenset(), frozenset({CallId("of another")})])
def test_who_cannot_hear_needs_words(wrote):
    assert said(of(Situation.TEXT_ONLY, WELL[Situation.TEXT_ONLY], wrote)) == "missed unanswered"


BEGUN = {
    "cancelled": "a join; a call; a cancel; a call; a enter;",
    "out_of_order": "a join; a call_out_of_order; a enter;",
}
"""Ways to begin that are remarked, whatever comes then."""


@pytest.mark.parametrize("note", BEGUN)
@pytest.mark.parametrize("situation", [each for each in Situation if WELL[each].startswith(BEGIN)])
def test_what_may_go_wrong_in_any_situation_is_remarked_in_each(situation, note):
    text = WELL[situation].replace(BEGIN, BEGUN[note])
    assert said(of(situation, text, frozenset({CallId("a1"), CallId("a2")}))) == f"remark {note}"


@pytest.mark.parametrize("situation", Situation)
def test_until_it_is_over_nothing_is_said_and_steps_are_only_ever_gained(situation):
    events, before = log(WELL[situation]), (False,) * RULES[situation].steps
    for until in range(len(events)):
        judgement = judge(situation, events[:until], WROTE if until else frozenset(), right_unit=RIGHT)
        assert judgement.grade is None, events[until - 1]
        assert len(judgement.steps) == RULES[situation].steps
        assert all(now or not was for was, now in zip(before, judgement.steps, strict=True))
        before = judgement.steps


def test_whoever_came_before_the_situation_is_not_part_of_it():
    assert said(of(Situation.PLAIN, "z call; z enter; z over; z served;" + WELL[Situation.PLAIN])) == "well well"


# ------------------------------------------------------------------------------------------------ the script


def test_every_situation_has_a_rule_people_and_an_expected_end():
    assert set(ALL) == set(Situation) == set(PEOPLE) == set(WELL)
    assert len(ALL) == 12
    assert {situation: len(people) for situation, people in PEOPLE.items()} == {
        situation: rule.people for situation, rule in RULES.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_and_everything_that_may_be_said_has_words(language):
    told = words(language)
    verdicts = {(situation, verdict.split()[1]) for situation, _, verdict in OTHERWISE}
    verdicts |= {(situation, note) for situation in Situation for note in ("well", "skipped", "no_outcome")}
    verdicts |= {(Situation.TEXT_ONLY, "unanswered")}
    for situation, note in verdicts:
        assert told.feedback(situation, note).endswith("."), (situation, note)
    for situation, rule in RULES.items():
        assert len(told.situations[situation].steps) == rule.steps, situation
        unused = set(told.situations[situation].notes) - {note for of_it, note in verdicts if of_it == situation}
        assert not unused, (situation, unused)


def test_the_script_never_says_these_words():
    script = Path(__file__).parents[2] / "signaling" / "practice" / "script" / "pt.json"

    def texts(said):
        if isinstance(said, str):
            yield said
        else:
            for each in said.values() if isinstance(said, dict) else said:
                yield from texts(each)

    spoken = [line for people in PEOPLE.values() for habits in people for line in (*habits.says, *habits.replies)]
    found = [text for text in (*texts(json.loads(script.read_text(encoding="utf-8"))), *spoken) if NEVER.search(text)]
    assert found == []


# ------------------------------------------------------------------------------------------------ the course


def course(*script):
    return Course(script or ALL, CLERK, RIGHT)


def ask(act, situation=None):
    return PracticeAsk(act=act, situation=situation)


def wrote(call):
    return LogEntry(
        EntryId("1-0"), 1, CallId(call), TicketId("a"), CLERK, Millis(1), ParticipantId("attendant"), None, "chat", "{}"
    )


def play(led, text, *entries):
    return led.hear(log(text), entries)


def test_a_course_goes_from_one_situation_to_the_next_and_ends():
    led = course(Situation.PLAIN, Situation.TEXT_ONLY)
    assert led.phase is Phase.READY
    assert play(led, WELL[Situation.PLAIN]) is None, "nothing has begun"
    led.act(ask(PracticeAct.NEXT))
    assert (led.phase, led.situation) == (Phase.ON, Situation.PLAIN)
    assert play(led, BEGIN) is None
    assert [step.done for step in led.card(words("pt")).steps] == [True, True, False, False]
    led.act(ask(PracticeAct.NEXT))
    assert led.situation is Situation.PLAIN, "one goes on when it is over, or skips it"
    assert play(led, WELL[Situation.PLAIN]) is Situation.PLAIN
    assert led.phase is Phase.JUDGED
    led.act(ask(PracticeAct.NEXT))
    assert play(led, WELL[Situation.TEXT_ONLY], wrote("a1")) is Situation.TEXT_ONLY
    led.act(ask(PracticeAct.NEXT))
    card = led.card(words("pt"))
    assert (card.phase, card.told) == (Phase.OVER, "Todas as situações foram bem feitas.")
    assert [result.grade for result in card.results] == [Grade.WELL, Grade.WELL]


def test_what_is_skipped_may_be_done_later_and_what_is_done_again_counts_as_done_last():
    led = course(Situation.PLAIN, Situation.MOMENT)
    led.act(ask(PracticeAct.NEXT))
    led.act(ask(PracticeAct.SKIP))
    assert led.results[Situation.PLAIN].grade is Grade.SKIPPED
    assert led.situation is Situation.MOMENT
    play(led, BEGIN + END)
    assert led.results[Situation.MOMENT].grade is Grade.MISSED
    attempt = led.attempt
    led.act(ask(PracticeAct.AGAIN))
    assert (led.situation, led.attempt) == (Situation.MOMENT, attempt + 1)
    assert not any(step.done for step in led.card(words("pt")).steps), "what happened before is forgotten"
    play(led, WELL[Situation.MOMENT])
    led.act(ask(PracticeAct.AGAIN, Situation.PLAIN))
    play(led, WELL[Situation.PLAIN])
    led.act(ask(PracticeAct.NEXT))
    assert led.phase is Phase.OVER
    assert {result.grade for result in led.results.values()} == {Grade.WELL}
    led.act(ask(PracticeAct.AGAIN, Situation.FETCHES))
    assert led.phase is Phase.OVER, "it is not in this script"


def test_skipping_what_was_done_before_keeps_how_it_went():
    led = course(Situation.PLAIN)
    led.act(ask(PracticeAct.NEXT))
    play(led, WELL[Situation.PLAIN])
    led.act(ask(PracticeAct.AGAIN))
    led.act(ask(PracticeAct.SKIP))
    assert (led.phase, led.results[Situation.PLAIN].grade) == (Phase.OVER, Grade.WELL)


def test_what_a_colleague_does_is_not_the_clerks_doing():
    led = course(Situation.PLAIN)
    led.act(ask(PracticeAct.NEXT))
    by_colleague = [
        Event(e.id, e.n, e.at_ms, e.kind, e.unit, e.ticket, AttendantId("colega"), e.call, e.facts)
        for e in log(WELL[Situation.PLAIN])[1:]
    ]
    assert led.hear([log("a join")[0], *by_colleague], []) is None


def test_the_report_says_each_situation_and_what_to_do_again():
    led = course(Situation.PLAIN, Situation.MOMENT, Situation.FETCHES)
    led.act(ask(PracticeAct.NEXT))
    play(led, WELL[Situation.PLAIN])
    led.act(ask(PracticeAct.NEXT))
    play(led, BEGIN + END)
    lines = list(report(led.card(words("pt"))))
    assert lines[0] == "Treino: 1 de 3 situações bem feitas."
    assert "1. Uma visita comum: bem feita." in lines
    assert "12. Um momento para consultar: não feita." in lines
    assert f"7. Falta um documento: {GRADES[None]}." in lines
    assert lines[-1].startswith("Para praticar de novo: 12, 7.")
