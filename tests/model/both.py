"""The model and the real counter side by side: asked the same, compared in every answer and every view."""

import json
from asyncio import gather
from collections import Counter as Count
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from hypothesis import note

from rooms.errors import RoomsError
from rooms.ids import AttendantId, CourtId, EntryId, Fence, Holder, TabId, UnitId
from rooms.model.attendant import Staff
from rooms.model.call import LogEntry
from rooms.model.events import Event
from rooms.ports import Request, Round
from rooms.redis.log import RedisLog, _entries
from rooms.redis.records import log_entry_from
from rooms.redis.store import RedisStore
from tests.model.attendants import SAID
from tests.model.counter import Counter
from tests.model.frozen import Loop
from tests.model.invariants import Watch
from tests.model.records import Said, Told
from tests.scene import CIVEL, DAY, FAMILIA

BEGIN_MS = 1_772_452_800_000
UNITS = (CIVEL, FAMILIA)
ALL_DAYS = dict.fromkeys(UNITS, DAY)
REMEMBERED = 8
"""Commands of the past that may be repeated."""


@dataclass
class Person:
    """A browser with two tabs."""

    name: str
    holder: Holder
    tabs: tuple[TabId, TabId]
    node: int = 0
    alive: bool = False
    """Whether a page of theirs is open, on a node that renews it."""

    @property
    def principal(self) -> str:
        return f"v:{self.holder}"


@dataclass
class Clerk:
    """A member of staff with two tabs, and every fence their pages have been given."""

    staff: Staff
    tabs: tuple[TabId, TabId]
    node: int = 0
    alive: bool = False
    fences: list[Fence] = field(default_factory=lambda: [Fence(0)])

    @property
    def id(self) -> AttendantId:
        return self.staff.id

    @property
    def principal(self) -> str:
        return f"a:{self.id}"


def person(name: str) -> Person:
    return Person(name, Holder(f"holder-of-{name}"), (TabId(f"{name}-1"), TabId(f"{name}-2")))


def clerk(name: str, *units: UnitId) -> Clerk:
    staff = Staff(AttendantId(name), name.title(), "analista", units, attends=True, supervises=False)
    return Clerk(staff, (TabId(f"{name}-1"), TabId(f"{name}-2")))


@dataclass(frozen=True)
class Command:
    """What was asked; with a request in front it may be asked again."""

    verb: str
    args: tuple[Any, ...]
    named: dict[str, Any]

    @property
    def request(self) -> Request | None:
        return self.args[0] if self.args and isinstance(self.args[0], Request) else None


class Both:
    """The model and the real counter, side by side."""

    seen: Count[object]
    """What has happened in any story: rows of the table, outcomes of verbs."""

    def __init__(self, loop: Loop, seen: Count[object]) -> None:
        self.court = CourtId(f"machine-{token_hex(6)}")
        self.loop, self.seen = loop, seen
        self.store = RedisStore(loop.client)
        self.log = RedisLog(loop.client, lambda: None)
        self.model = Counter(self.court, BEGIN_MS)
        self.watch = Watch(self.model, seen)
        self.told = self.heard = EntryId("0-0")
        self.heard_n = 0
        self.asked: list[Command] = []
        loop.run(loop.client.passes(self.court, BEGIN_MS))
        self("adopt", 0)
        self("sweep")

    def __call__(self, verb: str, *args: Any, **named: Any) -> Any:
        """Both are asked the same; the answer, None for a refusal."""
        command = Command(verb, args, named)
        if command.request is not None:
            self.asked = [*self.asked[1 - REMEMBERED :], command]
        note(f"{verb}{args}")
        with self.watch.step(command.verb, command.args):
            expected = _answered(lambda: getattr(self.model, verb)(*args, **named))
            found = _answered(lambda: self.loop.run(getattr(self.store, verb)(self.court, *args, **named)))
        assert _shown(verb, found) == _shown(verb, expected), command
        refused = isinstance(found, Refused)
        self.seen[verb, found.code if refused else "accepted"] += 1
        return None if refused else found

    def reconciles(self, clerks: list[Clerk]) -> None:
        """The whole walk of the reconciler, whose own pace is nobody's business here."""
        for at in (Round("0", ""), Round("", "0")):
            self("reconcile", at, UNITS, [one.id for one in clerks])

    def passes(self, by_ms: int) -> None:
        """Time in which nobody works."""
        self.model.passes(by_ms)
        self.loop.run(self.loop.client.passes(self.court, by_ms))

    def agree(self, people: list[Person], clerks: list[Clerk]) -> None:
        """Every view and everything that was told is the same."""
        self.loop.run(self._agree(people, clerks))

    async def _agree(self, people: list[Person], clerks: list[Clerk]) -> None:
        store, court, model = self.store, self.court, self.model
        holders = {one.holder for one in people}
        nobodys = [place.id for place in model.places.values() if place.live and place.holder not in holders]
        events, said, where, deadlines, units, *views = await gather(
            self.log.events_after(court, self.told, 1000),
            self.loop.client.call("XRANGE", f"{{{court}}}:signals", f"({self.heard}", "+"),
            self._where(),
            self.loop.client.call("ZRANGE", f"{{{court}}}:deadlines", 0, -1, "WITHSCORES"),
            store.units(court, UNITS, ALL_DAYS),
            *(store.ticket_of(court, one.holder) for one in people),
            *(store.desk(court, one.id) for one in clerks),
            *(store.ticket(court, ticket) for ticket in nobodys),
        )
        self._nothing_untold(events)
        self._nothing_unsaid([log_entry_from(*entry) for entry in _entries(said)])
        self.watch.places(where)
        due = {member: int(at_ms) for member, at_ms in zip(deadlines[::2], deadlines[1::2], strict=True)}
        assert due == {f"{kind}:{who}": at_ms for (kind, who), at_ms in model.deadlines.items()}
        assert units == model.units(UNITS, DAY.isoformat())
        assert views == [
            *(model.ticket_of(one.holder) for one in people),
            *(model.desk(one.id) for one in clerks),
            *(model.ticket(ticket) for ticket in nobodys),
        ]

    def _nothing_untold(self, events: Sequence[Event]) -> None:
        assert [_told(event) for event in events] == self.model.events
        self.watch.told(self.model.events)
        self.model.events = []
        self.told = events[-1].id if events else self.told

    def _nothing_unsaid(self, said: Sequence[LogEntry]) -> None:
        expected = sorted((one for talk in self.model.talks.values() for one in talk.log), key=lambda one: one.n)
        assert [_said(entry) for entry in said] == expected[len(expected) - len(said) :]
        assert (said[-1].n if said else self.heard_n) == self.model.said
        if said:
            self.heard, self.heard_n = said[-1].id, said[-1].n

    async def _where(self) -> list[tuple[str, UnitId, str]]:
        """Where the store's own sets have each ticket."""
        sets = [(place, unit) for place in ("line", "away", "called", "in_call") for unit in UNITS]
        members = await gather(*(self._members(place, unit) for place, unit in sets))
        found = zip(sets, members, strict=True)
        return [(ticket, unit, place) for (place, unit), tickets in found for ticket in tickets]

    async def _members(self, place: str, unit: UnitId) -> list[str]:
        command = ("ZRANGE", 0, -1) if place in {"line", "away"} else ("SMEMBERS",)
        found = await self.loop.client.call(command[0], f"{{{self.court}}}:{place}:{unit}", *command[1:])
        return [str(ticket) for ticket in found]

    def logs_agree(self) -> None:
        """Each call's own log is what was said in it."""
        for call, talk in self.model.talks.items():
            entries = self.loop.run(self.log.call_log(self.court, call, None, 1000))
            assert [_said(entry) for entry in entries] == talk.log


@dataclass(frozen=True)
class Refused:
    code: str
    details: tuple[tuple[str, object], ...]


def _answered(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except RoomsError as refusal:
        return Refused(refusal.code.value, tuple(sorted(refusal.details.items())))


def _shown(verb: str, answer: Any) -> Any:
    """An answer as both can give it: the ids of a log's entries are the store's own."""
    if isinstance(answer, Refused):
        # when one may ask again is counted by the store's own clock
        return Refused(answer.code, () if verb == "attempt" else answer.details)
    return SAID if verb.startswith("signal_") else answer


def _told(event: Event) -> Told:
    return Told(
        event.n, event.at_ms, event.kind, event.unit, event.ticket, event.attendant, event.call, dict(event.facts)
    )


def _said(entry: LogEntry) -> Said:
    return Said(entry.n, entry.at_ms, entry.call, entry.sender, entry.to, entry.kind, json.loads(entry.body))
