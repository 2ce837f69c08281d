"""What a court's events say happened, and whether any of it must not: pure, it asks nobody.

The rules are told here a second time, in the plainest way, so that the scripts are not their own witness.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rooms.model.events import Event, EventKind
from rooms.model.order import FIRST_OF_TIER, USUAL

NEVER = (
    "lost places",
    "lost events",
    "double calls",
    "stuck attendants",
    "order violations",
    "views that differ",
    "numbers given twice",
    "requests done twice",
    "expired too early",
    "mended",
)
"""Every kind of thing that may not happen."""
Wrong = tuple[str, str]
"""One of them, with its sentence."""
DAY_MS = 24 * 3600 * 1000
"""Numbers begin anew with the day; the units' zone is UTC."""
LAWFUL_ENDS = frozenset({"left", "hung_up", "removed", "transferred"})
"""How a visit may end while nobody is told to be absent for a quarter of an hour."""
MISSED = frozenset({"not_entered", "not_seen"})
"""Causes for which somebody lets the next turn pass."""
FIRST = frozenset({"cancelled", "attendant_gone", "signed_out", "both_gone", "released", "other_attendant"})
"""Causes that make somebody the first of their tier."""
AWAY = frozenset({"line_lost", "both_gone", "released"})
"""Causes that tell that the person's page is silent;"""
PERHAPS_AWAY = frozenset({"attendant_gone", "sent_back", "signed_out"})
"""and those that leave it open, where the call had begun."""
RUNS_OUT = {"not_entered": "ring", "not_seen": "ring", "no_show": "ring", "hold_over": "hold"}
"""Causes, and the deadline that each means; on the rack they pass by its own hand alone."""
EXPIRES = frozenset({*RUNS_OUT, "line_lost", "attendant_gone", "visitor_gone", "both_gone", "passed", "closed"})
"""Causes that are a deadline's."""
TALKS = {
    EventKind.TICKET_ENTERED: "in_call",
    EventKind.TICKET_RESUMED: "in_call",
    EventKind.TICKET_UNHELD: "in_call",
    EventKind.TICKET_HELD: "on_hold",
    EventKind.TICKET_INTERRUPTED: "interrupted",
}
"""What becomes of a call that has begun."""
PERHAPS_LOST = 10
"""So many numbers at least are skipped where the epoch has risen."""
MAY_TURN = frozenset({"nobody_waiting"})
"""Refusals that may be right for one copy of a request and wrong for the next, a moment later."""


@dataclass
class Place:
    """One live ticket, as the events tell it."""

    unit: str
    number: str
    tier: int
    seq: int
    band: int = USUAL
    state: str = "waiting"
    present: bool | None = True
    """None: its events do not tell."""
    fetching: bool = False
    missed: bool = False
    """Has just let a ring pass, and lets one turn pass for it, where anybody else is there."""
    attendant: str | None = None

    @property
    def key(self) -> tuple[bool, int, int, int]:
        return self.missed, self.tier, self.band, self.seq


@dataclass(frozen=True)
class Outage:
    """The house was away: after `n`, up to `until_n`, no event between these two instants may be a deadline's."""

    n: int
    until_n: int
    back_ms: int
    grace_ms: int

    def forgives(self, event: Event) -> bool:
        return self.n < event.n <= self.until_n and self.back_ms <= event.at_ms < self.grace_ms


@dataclass
class Story:
    """Everything that happened, and what of it was wrong: a sentence with its kind for each."""

    live: dict[str, Place] = field(default_factory=dict)
    over: dict[str, Place] = field(default_factory=dict)
    """Places that have ended,"""
    ended: dict[str, str] = field(default_factory=dict)
    """and why."""
    carried: dict[str, Place] = field(default_factory=dict)
    """Who was sent to another unit, and has not arrived there."""
    busy: dict[str, str] = field(default_factory=dict)
    """Who has which ticket, by attendant."""
    wrong: list[Wrong] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, str] = field(default_factory=dict)
    """Every number that was given, and to which ticket."""
    latest: dict[tuple[str, int], int] = field(default_factory=dict)
    """The last of a unit's numbers on a day;"""
    skipping: set[tuple[str, int]] = field(default_factory=set)
    """those that must skip ahead, since the epoch has risen."""
    n: int | None = None
    """The number of the last event."""

    def tell(self, kind: str, sentence: str) -> None:
        self.wrong.append((kind, sentence))


def story_of(
    events: Iterable[Event],
    units: Mapping[str, Sequence[str]],
    *,
    ran_out: Collection[str] | None = None,
    outages: Sequence[Outage] = (),
) -> Story:
    """The story; `units` are those that each attendant serves.

    `ran_out` are the deadlines (`ring:<ticket>`) whose time was made to pass; None: time went by itself.
    """
    story = Story()
    for event in events:
        story.happened[event.kind] += 1
        if cause := event.facts.get("cause"):
            story.happened[f"{event.kind}: {cause}"] += 1
        _count(story, event)
        _expire(story, event, ran_out, outages)
        _hear(story, event, units)
    for ticket, place in story.carried.items():
        story.tell("lost places", f"{place.number} {ticket}: transferred, and waits nowhere")
    return story


def hold_against(
    story: Story, acknowledged: Mapping[str, str], kept: Mapping[str, tuple[str, str]], cut: Iterable[Event] = ()
) -> None:
    """Every place that was given (a ticket and its number), and not given back, is in the store as the events tell it.

    `kept` are the live tickets' states and numbers there, `cut` the events that a disk has lost.
    """
    for ticket, place in story.live.items():
        if kept.get(ticket) != (place.state, place.number):
            story.tell("lost places", f"{place.number} {ticket}: {place.state}, but {kept.get(ticket)}")
    gone = set()
    for event in cut:
        if event.kind is EventKind.TICKET_JOINED:
            gone.add(event.ticket)
            _give(story, event)
    known = story.live.keys() | story.ended.keys() | gone
    for ticket, number in acknowledged.items():
        if ticket not in known:
            story.tell("lost places", f"{number} {ticket}: acknowledged, never told, and no disk had lost it")


def missing(
    told: Iterable[Event], trimmed: Collection[str], there: Collection[Event], acknowledged: Mapping[str, str]
) -> list[Wrong]:
    """What a store has lost from which nothing was taken, of what it acknowledged and told, but for those `trimmed`."""
    told = tuple(told)
    ids = {event.id for event in there} | set(trimmed)
    lost = acknowledged.keys() - {event.ticket for event in (*told, *there)}
    return [
        *(("lost events", f"{event.n} {event.kind} of {event.ticket}") for event in told if event.id not in ids),
        *(("lost places", f"{acknowledged[ticket]} {ticket}: acknowledged, and gone") for ticket in lost),
    ]


def said_twice(who: str, told: Sequence[Mapping[str, Any]]) -> list[Wrong]:
    """Copies of one request have the same answer, whichever was the first."""
    accepted = [answer for answer in told if answer["ok"]]
    differ = [
        answer for answer in told if accepted and answer != accepted[0] and answer.get("code") not in MAY_TURN
    ]  # fmt: skip
    return [("requests done twice", f"{who}: {told}")] if differ else []


def said_otherwise(who: str, first: Mapping[str, Any], other: Mapping[str, Any]) -> list[Wrong]:
    """An id that was used is refused with another payload."""
    refused = other.get("code") == "request_reused"
    return [] if refused or not first["ok"] else [("requests done twice", f"{who}: {first}, then {other}")]


def stuck(who: str, status: str, activity: str) -> list[Wrong]:
    """Whoever has brought everything to its end can call."""
    free = (status, activity) == ("available", "idle")
    return [] if free else [("stuck attendants", f"{who}: {status}, {activity}")]


def differs(who: str, shown: Any, true: Any, where: str = "") -> list[str]:
    """Where what a page shows is not what is true: a sentence for each part of it."""
    if isinstance(shown, Mapping) and isinstance(true, Mapping):
        return [
            sentence
            for name in sorted(shown.keys() | true.keys())
            for sentence in differs(who, shown.get(name), true.get(name), f"{where}.{name}")
        ]
    return [] if shown == true else [f"{who}: {where} is {shown}, but {true}"]


def numbered(event: Event) -> str:
    """A ticket's number, with the day that it is of: the next begins anew."""
    return f"{_day(event)}: {event.facts['number']}"


def _day(event: Event) -> int:
    return event.at_ms // DAY_MS


def _count(story: Story, event: Event) -> None:
    """Events are numbered without a gap, but where a store came back older than what had been seen of it."""
    if story.n is not None and event.n != story.n + 1 and event.kind is not EventKind.EPOCH_RAISED:
        story.tell("lost events", f"{event.n} {event.kind} follows {story.n}")
    story.n = event.n


def _expire(story: Story, event: Event, ran_out: Collection[str] | None, outages: Sequence[Outage]) -> None:
    """Nothing expires while the house is away; rings and holds not by themselves on the rack, whose people answer."""
    cause = event.facts.get("cause", "")
    by_deadline = cause in EXPIRES and event.facts.get("actor") == "house"
    if not by_deadline and event.kind is not EventKind.TICKET_AWAY:
        return
    told = f"{event.kind} {cause} of {event.ticket}"
    if any(outage.forgives(event) for outage in outages):
        story.tell("expired too early", f"{told}, while the house was away")
    if ran_out is not None and cause in RUNS_OUT and f"{RUNS_OUT[cause]}:{event.ticket}" not in ran_out:
        story.tell("expired too early", f"{told}, whose time had not passed")


def _give(story: Story, event: Event) -> None:
    number, ticket = numbered(event), str(event.ticket)
    if story.numbers.setdefault(number, ticket) != ticket:
        story.tell("numbers given twice", f"{number} to {ticket} and {story.numbers[number]}")


def _skip(story: Story, event: Event) -> None:
    """Where numbers may have been given that nobody remembers, they skip ahead."""
    day, value = (str(event.unit), _day(event)), int(event.facts["number"].rsplit(maxsplit=1)[-1])
    if day in story.skipping:
        story.skipping.discard(day)
        story.happened["numbers skipped"] += 1
        if value <= story.latest[day] + PERHAPS_LOST:
            story.tell("numbers given twice", f"perhaps {value}: it follows {story.latest[day]} in another epoch")
    story.latest[day] = value


def _hear(story: Story, event: Event, units: Mapping[str, Sequence[str]]) -> None:
    match event.kind:
        case EventKind.EPOCH_RAISED:
            story.skipping |= story.latest.keys()
        case EventKind.TICKET_JOINED:
            _joined(story, event)
        case EventKind.TICKET_RETURNED:
            _returned(story, event)
        case EventKind.MENDED:
            story.tell("mended", f"{event.facts['cause']} of {event.ticket or event.attendant or event.unit}")
        case _:
            if (place := story.live.get(event.ticket or "")) is not None:
                _changed(story, event, place, units)


def _changed(story: Story, event: Event, place: Place, units: Mapping[str, Sequence[str]]) -> None:
    place.state = TALKS.get(event.kind, place.state)
    match event.kind:
        case EventKind.TICKET_PRESENT | EventKind.TICKET_AWAY:
            place.present = event.kind is EventKind.TICKET_PRESENT
        case EventKind.TICKET_TIER:
            place.tier = int(event.facts["tier"])
        case EventKind.TICKET_READY:
            place.fetching = False
        case EventKind.TICKET_CALLED:
            _called(story, event, place, units[str(event.attendant)])
        case EventKind.TICKET_ENDED:
            _ended(story, event, place)
        case _:
            pass


def _joined(story: Story, event: Event) -> None:
    facts, ticket = event.facts, str(event.ticket)
    _give(story, event)
    _skip(story, event)
    story.live[ticket] = place = Place(str(event.unit), facts["number"], int(facts["tier"]), int(facts["seq"]))
    place.band = int(facts["band"])
    if parent := facts.get("parent"):
        before = story.carried.pop(parent, None)
        if before is None or (before.tier, before.seq) != (place.tier, place.seq):
            story.tell("lost places", f"{place.number} {ticket}: {place.key} goes on from {before}")


def _returned(story: Story, event: Event) -> None:
    ticket, cause = str(event.ticket), event.facts["cause"]
    if ticket in story.over and story.ended[ticket] != "transferred":
        story.live[ticket] = story.over.pop(ticket)
        del story.ended[ticket]
        story.live[ticket].present = True
    place = story.live.get(ticket)
    if place is None:
        return
    if cause in AWAY:
        place.present = False
    elif cause in PERHAPS_AWAY and place.state != "called":
        place.present = None
    place.state, place.fetching, place.missed = "waiting", cause == "sent_back", cause in MISSED
    place.band = FIRST_OF_TIER if cause in FIRST else place.band
    story.busy.pop(place.attendant or "", None)
    place.attendant = None


def _ended(story: Story, event: Event, place: Place) -> None:
    ticket, reason = str(event.ticket), event.facts["cause"]
    if reason not in LAWFUL_ENDS and reason not in RUNS_OUT:
        story.tell("lost places", f"{place.number} {ticket}: {reason}")
    if reason == "transferred":
        story.carried[ticket] = place
    story.ended[ticket], story.over[ticket] = reason, place
    story.busy.pop(place.attendant or "", None)
    del story.live[ticket]


def _called(story: Story, event: Event, place: Place, units: Sequence[str]) -> None:
    ticket, attendant = str(event.ticket), str(event.attendant)
    if place.state != "waiting":
        story.tell("double calls", f"{ticket} was {place.state} when {attendant} called")
    if attendant in story.busy:
        story.tell("double calls", f"{attendant} had {story.busy[attendant]} and called {ticket}")
    before = [
        other
        for other, one in story.live.items()
        if one.unit in units
        and one.state == "waiting"
        and one.present
        and not one.fetching
        and one.key < place.key
    ]  # fmt: skip
    if before or place.present is False or place.fetching or place.unit not in units:
        story.tell("order violations", f"{attendant} called {ticket} {place.key} before {before}")
    for one in story.live.values():
        one.missed = one.missed and one.unit not in units
    place.state, place.attendant, place.present = "called", attendant, True
    story.busy[attendant] = ticket
