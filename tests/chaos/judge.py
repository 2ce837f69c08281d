"""What a court's events say happened, and whether any of it must not: pure, it asks nobody.

The rules are told here a second time, in the plainest way, so that the scripts are not their own witness.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rooms.model.events import Event, EventKind
from rooms.model.order import FIRST_OF_TIER, USUAL

NEVER = (
    "lost places",
    "double calls",
    "stuck attendants",
    "order violations",
    "views that differ",
    "numbers given twice",
    "requests done twice",
    "mended",
)
"""Every kind of thing that may not happen."""
DAY_MS = 24 * 3600 * 1000
LAWFUL_ENDS = frozenset({"left", "hung_up"})
"""How a visit may end while nobody is told to be absent for a quarter of an hour."""
FIRST = frozenset({"cancelled", "attendant_gone", "signed_out"})
"""Causes that make somebody the first of their tier."""


@dataclass
class Place:
    """One live ticket, as the events tell it."""

    unit: str
    number: str
    tier: int
    seq: int
    band: int = USUAL
    state: str = "waiting"
    present: bool = True
    attendant: str | None = None

    @property
    def key(self) -> tuple[int, int, int]:
        return self.tier, self.band, self.seq


@dataclass
class Story:
    """Everything that happened, and what of it was wrong: a sentence with its kind for each."""

    live: dict[str, Place] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    busy: dict[str, str] = field(default_factory=dict)
    """Who has which ticket, by attendant."""
    wrong: list[tuple[str, str]] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)

    def tell(self, kind: str, sentence: str) -> None:
        self.wrong.append((kind, sentence))


def story_of(events: Iterable[Event], units: Mapping[str, Sequence[str]]) -> Story:
    """The story; `units` are those that each attendant serves."""
    story = Story()
    for event in events:
        story.happened[event.kind] += 1
        _hear(story, event, units)
    return story


def numbered(number: str, at_ms: int) -> str:
    """A ticket's number, with the day that it is of: the next begins anew."""
    return f"{at_ms // DAY_MS}: {number}"


def _hear(story: Story, event: Event, units: Mapping[str, Sequence[str]]) -> None:
    ticket = event.ticket or ""
    place = story.live.get(ticket)
    match event.kind:
        case EventKind.TICKET_JOINED:
            facts = event.facts
            number = numbered(facts["number"], event.at_ms)
            if number in story.numbers:
                story.tell("numbers given twice", f"{number} to {ticket}")
            story.numbers.add(number)
            story.live[ticket] = Place(str(event.unit), facts["number"], int(facts["tier"]), int(facts["seq"]))
        case EventKind.MENDED:
            story.tell("mended", f"{event.facts['cause']} of {event.ticket or event.attendant or event.unit}")
        case EventKind.TICKET_PRESENT | EventKind.TICKET_AWAY if place is not None:
            place.present = event.kind is EventKind.TICKET_PRESENT
        case EventKind.TICKET_CALLED if place is not None:
            _called(story, event, place, units[str(event.attendant)])
        case EventKind.TICKET_ENTERED if place is not None:
            place.state = "in_call"
        case EventKind.TICKET_RETURNED if place is not None:
            cause = event.facts["cause"]
            story.happened[f"returned: {cause}"] += 1
            place.state, place.present = "waiting", place.present and cause != "line_lost"
            place.band = FIRST_OF_TIER if cause in FIRST else place.band
            story.busy.pop(place.attendant or "", None)
            place.attendant = None
        case EventKind.TICKET_ENDED if place is not None:
            reason = event.facts["cause"]
            if reason not in LAWFUL_ENDS:
                story.tell("lost places", f"{place.number} {ticket}: {reason}")
            story.ended[ticket] = reason
            story.busy.pop(place.attendant or "", None)
            del story.live[ticket]
        case _:
            pass


def _called(story: Story, event: Event, place: Place, units: Sequence[str]) -> None:
    ticket, attendant = str(event.ticket), str(event.attendant)
    if place.state != "waiting":
        story.tell("double calls", f"{ticket} was {place.state} when {attendant} called")
    if attendant in story.busy:
        story.tell("double calls", f"{attendant} had {story.busy[attendant]} and called {ticket}")
    before = [
        other
        for other, one in story.live.items()
        if one.unit in units and one.state == "waiting" and one.present and one.key < place.key
    ]
    if before or not place.present or place.unit not in units:
        story.tell("order violations", f"{attendant} called {ticket} {place.key} before {before}")
    place.state, place.attendant = "called", attendant
    story.busy[attendant] = ticket
