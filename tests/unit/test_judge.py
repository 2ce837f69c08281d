"""The judge of the fault rack is judged: of every kind of wrong it is told a story, and one in which nothing is."""

from collections.abc import Callable

import pytest

from rooms.ids import AttendantId, EntryId, Millis, TicketId, UnitId
from rooms.model.events import Event, EventKind
from tests.chaos.judge import (
    NEVER,
    Outage,
    Story,
    Wrong,
    differs,
    hold_against,
    missing,
    said_otherwise,
    said_twice,
    story_of,
    stuck,
)

UNITS = {"ana": ["civel"], "bruno": ["civel", "familia"]}
KIND = EventKind
JOINED, CALLED, ENTERED, RETURNED, ENDED = (
    KIND.TICKET_JOINED, KIND.TICKET_CALLED, KIND.TICKET_ENTERED, KIND.TICKET_RETURNED, KIND.TICKET_ENDED,
)  # fmt: skip


class Told:
    """Events one after the other, a second each."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def tell(
        self, kind: EventKind, ticket: str = "", who: str = "", *, n: int = 0, unit: str = "civel", **facts: object
    ):
        n = n or (self.events[-1].n + 1 if self.events else 1)
        self.events.append(
            Event(
                EntryId(f"{n}-0"), n, Millis(n * 1000), kind, UnitId(unit), TicketId(ticket) if ticket else None,
                AttendantId(who) if who else None, None, {name: str(value) for name, value in facts.items()},
            )
        )  # fmt: skip
        return self

    def join(self, ticket: str, number: int, seq: int = 0, tier: int = 3, band: int = 1, **more: object):
        return self.tell(
            JOINED, ticket, number=f"CV {number:03d}", seq=seq or number, tier=tier, band=band, cause="joined", **more
        )

    def call(self, ticket: str, who: str = "ana"):
        return self.tell(CALLED, ticket, who, cause="next", actor="attendant")

    def enter(self, ticket: str):
        return self.tell(ENTERED, ticket, cause="entered")

    def end(self, ticket: str, cause: str = "hung_up", actor: str = "attendant"):
        return self.tell(ENDED, ticket, cause=cause, actor=actor)

    def back(self, ticket: str, cause: str, actor: str = "attendant"):
        return self.tell(RETURNED, ticket, cause=cause, actor=actor)

    def wrong(self, *, ran_out: tuple[str, ...] = (), outages: tuple[Outage, ...] = ()) -> list[Wrong]:
        return story_of(self.events, UNITS, ran_out=ran_out, outages=outages).wrong


def told() -> Told:
    """Two wait, the first of them is called and comes in."""
    return Told().join("a", 1).join("b", 2).call("a").enter("a")


def held(
    story: Story, given: dict[str, str], kept: dict[str, tuple[str, str]], cut: tuple[Event, ...] = ()
) -> list[Wrong]:
    hold_against(story, given, kept, cut)
    return story.wrong


def of(*events: Told) -> Story:
    return story_of([event for one in events for event in one.events], UNITS)


BAD: dict[str, tuple[str, Callable[[], list[Wrong]]]] = {
    "an end that nobody wanted": ("lost places", lambda: told().end("b", "passed", "house").wrong()),
    "a transfer into nothing": ("lost places", lambda: told().end("a", "transferred").wrong()),
    "a transfer that costs the place": (
        "lost places",
        lambda: told().end("a", "transferred").join("c", 3, seq=3, parent="a").wrong(),
    ),
    "a ticket that is not in the store": ("lost places", lambda: held(of(Told().join("a", 1)), {}, {})),
    "a ticket that the store has otherwise": (
        "lost places",
        lambda: held(of(Told().join("a", 1)), {}, {"a": ("called", "CV 001")}),
    ),
    "a ticket that was acknowledged and never told": ("lost places", lambda: held(of(Told()), {"a": "CV 001"}, {})),
    "a ticket that an earlier crash has lost": (
        "lost places",
        lambda: missing([], [], Told().join("b", 2).events, {"a": "CV 001"}),
    ),
    "an event that a crash has lost": ("lost events", lambda: missing(told().events, [], told().events[1:], {})),
    "a number of an event that is missing": ("lost events", lambda: told().tell(KIND.TICKET_SEEN, "b", n=9).wrong()),
    "somebody called who talks": ("double calls", lambda: told().call("a", "bruno").wrong()),
    "somebody called by who has somebody": ("double calls", lambda: told().call("b").wrong()),
    "a desk that is not free": ("stuck attendants", lambda: stuck("ana", "available", "wrap_up")),
    "the second before the first": ("order violations", lambda: Told().join("a", 1).join("b", 2).call("b").wrong()),
    "a tier before a better one": (
        "order violations",
        lambda: Told().join("a", 1).join("b", 2).tell(KIND.TICKET_TIER, "b", tier=0).call("a").wrong(),
    ),
    "somebody called who is away": (
        "order violations",
        lambda: Told().join("a", 1).tell(KIND.TICKET_AWAY, "a").call("a").wrong(),
    ),
    "somebody called who fetches something": (
        "order violations",
        lambda: told().back("a", "sent_back").call("a").wrong(),
    ),
    "who was cancelled behind others": (
        "order violations",
        lambda: Told().join("a", 1).join("b", 2).join("c", 3).call("a").call("b", "bruno")
        .back("b", "cancelled").back("a", "cancelled").call("b").wrong(),
    ),
    "who has let a ring pass before who has not": (
        "order violations",
        lambda: Told().join("a", 1).join("b", 2).call("a").back("a", "not_entered").call("a").wrong(),
    ),
    "who has let a turn pass for another": (
        "order violations",
        lambda: Told().join("a", 1).join("b", 2).join("c", 3).call("a").back("a", "not_entered")
        .call("b").call("c", "bruno").wrong(),
    ),
    "somebody of a unit that is not theirs": (
        "order violations",
        lambda: Told().join("a", 1, unit="familia").call("a").wrong(),
    ),
    "a page that shows something else": (
        "views that differ",
        lambda: [("views that differ", one) for one in differs("a", {"x": {"y": 1}}, {"x": {"y": 2}})],
    ),
    "one number for two": ("numbers given twice", lambda: Told().join("a", 1).join("b", 1, seq=2).wrong()),
    "a number that a disk had lost": (
        "numbers given twice",
        lambda: held(of(Told().join("b", 1)), {}, {"b": ("waiting", "CV 001")}, tuple(Told().join("a", 1).events)),
    ),
    "a number that might have been given": (
        "numbers given twice",
        lambda: Told().join("a", 1).tell(KIND.EPOCH_RAISED, epoch=2).join("b", 2).wrong(),
    ),
    "two copies done": ("requests done twice", lambda: said_twice("a", [OK, {"ok": True, "result": {"ticket": "b"}}])),
    "a copy refused": ("requests done twice", lambda: said_twice("a", [OK, {"ok": False, "code": "ticket_exists"}])),
    "a copy done after a refusal": (
        "requests done twice",
        lambda: said_twice("a", [{"ok": False, "code": "wrong_state"}, OK]),
    ),
    "other words done": ("requests done twice", lambda: said_otherwise("a", OK, OK)),
    "other words refused for another reason": (
        "requests done twice",
        lambda: said_otherwise("a", OK, {"ok": False, "code": "ticket_exists"}),
    ),
    "a ring that ended by itself": (
        "expired too early",
        lambda: told().call("b", "bruno").back("b", "not_entered", "house").wrong(),
    ),
    "somebody away for an outage": (
        "expired too early",
        lambda: told().tell(KIND.TICKET_AWAY, "b").wrong(outages=(Outage(4, 9, 4500, 9000),)),
    ),
    "a ring that ended for an outage": (
        "expired too early",
        lambda: told().call("b", "bruno").back("b", "not_entered", "house")
        .wrong(ran_out=("ring:b",), outages=(Outage(4, 9, 4500, 9000),)),
    ),
    "a repair": ("mended", lambda: told().tell(KIND.MENDED, "a", cause="no_index").wrong()),
}  # fmt: skip
OK = {"ok": True, "result": {"ticket": "a"}}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_told_and_nothing_else(name: str):
    kind, judged = BAD[name]
    assert {found for found, _ in judged()} == {kind}


def test_every_kind_of_wrong_is_tried():
    assert {kind for kind, _ in BAD.values()} == set(NEVER)


def test_of_a_day_on_which_everything_is_right_nothing_is_told():
    """Everybody is called in the order of the law; a clerk cancels, holds, transfers, removes, corrects, sends back."""
    day = told().join("c", 3, tier=1).tell(KIND.TICKET_AWAY, "b").call("c", "bruno").back("c", "cancelled")
    day.call("c", "bruno").enter("c").tell(KIND.TICKET_HELD, "c").tell(
        KIND.TICKET_UNHELD, "c", cause="hold_over", actor="house"
    )
    day.end("c", "transferred").join("d", 4, seq=3, tier=1, parent="c", unit="familia")
    day.tell(KIND.TICKET_PRESENT, "b").back("a", "sent_back").call("b").enter("b").end("b", "removed")
    day.tell(KIND.TICKET_READY, "a").join("f", 6).call("a").back("a", "not_seen", "house").call("f").end("f", "left")
    day.call("a").enter("a")
    day.tell(KIND.TICKET_INTERRUPTED, "a", cause="visitor_gone").tell(KIND.TICKET_RESUMED, "a").end("a", "hung_up")
    day.tell(KIND.EPOCH_RAISED, n=40, epoch=2).join("e", 20, seq=9).tell(KIND.TICKET_TIER, "e", tier=0).call("e")
    day.back("e", "attendant_gone", "house")
    ran_out = ("hold:c", "ring:a")
    story = story_of(
        day.events,
        UNITS,
        ran_out=ran_out,
        outages=(Outage(2, 5, 2000, 9000), Outage(6, 9, 4000, 7000), Outage(2, 9, 60000, 90000)),
    )
    given = {"a": "CV 001", "d": "CV 004", "lost": "CV 005"}
    kept = {"d": ("waiting", "CV 004"), "e": ("waiting", "CV 020")}
    hold_against(story, given, kept, Told().join("lost", 5).events)
    assert story.wrong == []
    assert story.happened["numbers skipped"] == 1
    assert missing(day.events, [day.events[0].id], day.events[1:], {"a": "CV 001"}) == []
    nobody, later = {"ok": False, "code": "nobody_waiting"}, {"ok": False, "code": "request_reused"}
    assert said_twice("a", [OK, OK]) == said_twice("a", [nobody, OK]) == said_twice("a", [nobody, nobody]) == []
    assert said_otherwise("a", OK, later) == said_otherwise("a", nobody, nobody) == []
    assert stuck("ana", "available", "idle") == differs("a", {"x": [1]}, {"x": [1]}) == []
