"""Who offers what to whom on one leg, decided without WebRTC: the twin of `web/src/call/negotiation.ts`.

A leg owns a hundred numbers; the visitor offers with even ones, the attendant with odd ones, and of two offers that
cross the higher wins on both sides. What belongs to an older number is dropped, what is early waits.

A simulated person looks for no other ways on a leg that stands: aiortc keeps the ICE of its first description. Where
the other side does (a further offer), the leg is built again.
"""

from dataclasses import dataclass
from typing import Final

from signaling.protocol.signals import Candidate, Description, Party, Rejoin

NUMBERS_PER_LEG: Final = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """Make an offer and say it under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Take this offer and answer it under the same number."""

    number: int
    sdp: str


@dataclass(frozen=True, slots=True)
class Accept:
    """Take this answer to our offer."""

    sdp: str


@dataclass(frozen=True, slots=True)
class Add:
    """Take this candidate of the description that holds."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the other side."""

    body: Rejoin


@dataclass(frozen=True, slots=True)
class Rebuild:
    """Close the connection and make a new one."""


Step = Offer | Answer | Accept | Add | Say | Rebuild


class Negotiation:
    """One side of one leg; told what arrived, it answers what must be done, in order."""

    def __init__(self, party: Party) -> None:
        self._party: Final = party
        self._first = 0
        """The first number of the leg under way."""
        self._seen = -1
        """The highest number seen or used, of any leg."""
        self._offered: int | None = None
        self._remote: int | None = None
        """The number of the remote description that holds."""
        self._early: list[Candidate] = []

    def begin(self) -> list[Step]:
        """The leg is built: the visitor, or a guest, offers; the attendant waits for that."""
        return [] if self._party is Party.ATTENDANT else [self._offer()]

    def rejoin(self) -> list[Step]:
        """Give the leg up and build it again; the other side is told."""
        number = _first_of(max(self._seen, self._first)) + NUMBERS_PER_LEG
        return [Say(Rejoin(number=number)), *self._rebuild(number)]

    def remember(self, body: Description | Candidate | Rejoin) -> None:
        """An earlier page of this same participant said this: its numbers are used, nothing else follows."""
        self._seen = max(self._seen, body.number)

    def receive(self, body: Description | Candidate | Rejoin) -> list[Step]:
        """Something came from the other side."""
        first = self._first
        self.remember(body)
        if body.number < first:
            # They do not know of the leg that we are building: our word about it was lost.
            return [Say(Rejoin(number=first))] if isinstance(body, Rejoin) else []
        match body:
            case Rejoin(number=number):
                # Both sides may give the same leg up at once: the second names the one that is being built.
                return self._rebuild(number) if number > first else []
            case Description():
                return self._offered_to_us(body) if body.kind == "offer" else self._answered(body)
            case Candidate():
                return self._found(body)

    def _offered_to_us(self, offer: Description) -> list[Step]:
        if offer.number <= max(-1 if self._offered is None else self._offered, self._remote_number):
            return []
        first = _first_of(offer.number)
        if first == self._first and self._remote is not None:
            return self.rejoin()
        opened = self._open(first) if first > self._first else []
        self._offered = None
        return [*opened, Answer(offer.number, offer.sdp), *self._described(offer.number)]

    def _answered(self, answer: Description) -> list[Step]:
        if answer.number != self._offered:
            return []
        self._offered = None
        return [Accept(answer.sdp), *self._described(answer.number)]

    def _found(self, candidate: Candidate) -> list[Step]:
        if candidate.number == self._remote:
            return [Add(candidate)]
        if candidate.number > self._remote_number:
            self._early.append(candidate)
        return []

    @property
    def _remote_number(self) -> int:
        return -1 if self._remote is None else self._remote

    def _described(self, number: int) -> list[Step]:
        """The remote description of `number` holds: its early candidates may be added, older ones are dropped."""
        self._remote = number
        due = [candidate for candidate in self._early if candidate.number == number]
        self._early = [candidate for candidate in self._early if candidate.number > number]
        return [Add(candidate) for candidate in due]

    def _offer(self) -> Offer:
        after = max(self._seen + 1, self._first)
        number = after + after % 2
        self._seen = self._offered = number
        return Offer(number)

    def _rebuild(self, first: int) -> list[Step]:
        return [*self._open(first), *self.begin()]

    def _open(self, first: int) -> list[Step]:
        self._first = first
        self._offered = self._remote = None
        self._early = [candidate for candidate in self._early if candidate.number >= first]
        return [Rebuild()]


def _first_of(number: int) -> int:
    """The first number of the leg that owns this one."""
    return number // NUMBERS_PER_LEG * NUMBERS_PER_LEG
