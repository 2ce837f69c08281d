"""One unit now, and as anybody may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from rooms.clock import at_utc
from rooms.ids import Millis
from rooms.model.attendant import Activity, Status
from rooms.model.estimate import Overtaken, Pace, Staffing, estimate, staffing_of
from rooms.model.hours import Closed, Hours, Open, local_day, service_end, status_at, windows_of
from rooms.model.order import Rule, ahead_for, newcomer, order_of, room_before, rule_of
from rooms.model.snapshot import AsOf as ModelAsOf
from rooms.model.snapshot import DeskState, UnitState, Waiting
from rooms.model.ticket import Met, Tier
from rooms.model.unit import Order, Unit
from signaling.protocol.views import AsOf, Contact, Estimate, PublicUnit, SuspensionView
from signaling.protocol.views import Met as WireMet

DAYS_OPEN: Final = 7
"""A unit that has been open longer is open since ever."""


@dataclass(frozen=True, slots=True)
class UnitNow:
    """One unit as the directory, the store and the history know it at one instant."""

    unit: Unit
    state: UnitState
    pace: Pace | None
    hours: Open | Closed
    opened_ms: Millis | None
    """Since when it has been open; None where it is closed, or open for longer than a week."""
    now_ms: Millis
    rule: Rule
    places: Mapping[int, int]
    """How many are called before each of those present, by their score."""
    staffing: Staffing
    _told: dict[tuple[int, Tier], Estimate | None] = field(default_factory=dict, init=False, compare=False)
    """What people were told by where they stand; where that is all that counts."""

    def ahead(self, one: Waiting) -> int:
        """How many are called before this person, who need not be in the line."""
        found = self.places.get(one.score)
        return ahead_for(one, self.state.line, self.rule) if found is None else found

    def estimate(self, one: Waiting) -> Estimate | None:
        """What this person is told of their wait."""
        if self.rule.order in {Order.RATIO, Order.HEAD_START}:
            return self._estimate(one)
        place = self.ahead(one), one.tier
        if place not in self._told:
            self._told[place] = self._estimate(one)
        return self._told[place]

    def _estimate(self, one: Waiting) -> Estimate | None:
        overtaken = Overtaken(
            self.rule, room_before(one, self.state.line, self.rule), waited_min=(self.now_ms - one.joined_ms) / 60_000
        )
        told = estimate(self.ahead(one), one.tier, self.pace, self.staffing, overtaken)
        return None if told is None else Estimate(low_min=told.low_min, high_min=told.high_min)


def unit_now(unit: Unit, state: UnitState, pace: Pace | None, now: datetime) -> UnitNow:
    """The unit at `now` (aware; court time)."""
    hours = status_at(unit.hours, now)
    opened = opened_at(unit.hours, now) if isinstance(hours, Open) else None
    rule = rule_of(unit.policy, state)
    places = {waiting.score: ahead for ahead, waiting in enumerate(order_of(state.line, rule))}
    now_ms, staffing = Millis(int(now.timestamp() * 1000)), staffing_of(state.attendants)
    return UnitNow(unit, state, pace, hours, millis(opened), now_ms, rule, places, staffing)


def opened_at(hours: Hours, now: datetime) -> datetime | None:
    """When the opening under way began, windows that adjoin over midnight being one; None beyond a week."""
    today = local_day(hours, now)
    wall = now.astimezone(ZoneInfo(hours.zone)).time()
    for back in range(DAYS_OPEN):
        day = today - timedelta(days=back)
        started = [window for window in windows_of(hours, day) if back or window.start <= wall]
        if not started:
            return None
        first = started[-1]
        for window in reversed(started[:-1]):
            if window.end != first.start:
                break
            first = window
        before = windows_of(hours, day - timedelta(days=1))
        adjoins = first.start.hour == first.start.minute == 0 and bool(before) and before[-1].end is None
        if not adjoins:
            return datetime.combine(day, first.start, tzinfo=ZoneInfo(hours.zone))
    return None


def attends(desk: DeskState) -> bool:
    """Whether somebody is behind the counter: available, or busy with a person."""
    return desk.status is Status.AVAILABLE or desk.activity is not Activity.IDLE


def as_of(model: ModelAsOf) -> AsOf:
    """The instant a view is true for."""
    return AsOf(epoch=model.epoch, n=model.n, now_ms=model.now_ms)


def public_unit(now: UnitNow) -> PublicUnit:
    """The unit as anybody may see it."""
    line = present(now.state.line)
    return PublicUnit(
        slug=now.unit.id,
        name=now.unit.name,
        comarca=now.unit.comarca,
        letters=now.unit.letters,
        open=isinstance(now.hours, Open),
        until=iso(now.hours.until) if isinstance(now.hours, Open) else None,
        opens_at=iso(now.hours.opens_at) if isinstance(now.hours, Closed) else None,
        closed_reason=now.hours.reason.text if isinstance(now.hours, Closed) else None,
        waiting=len(line),
        attending=sum(attends(desk) for desk in now.state.attendants),
        estimate=now.estimate(newcomer(Tier.EVERYONE, now.now_ms)) if isinstance(now.hours, Open) else None,
        suspended=suspension(now),
        full=len(now.state.line) >= now.unit.policy.max_waiting,
        closing=(last := last_entry(now)) is not None and last.timestamp() * 1000 <= now.now_ms,
        contact=Contact(phone=now.unit.phone, email=now.unit.email),
        zone=now.unit.hours.zone,
    )


def last_entry(now: UnitNow) -> datetime | None:
    """From when on somebody without priority would wait past closing time; None where nobody can say."""
    told = now.estimate(newcomer(Tier.EVERYONE, now.now_ms)) if isinstance(now.hours, Open) else None
    end = service_end(now.unit.hours, now.hours) if isinstance(now.hours, Open) else None
    return None if told is None or end is None else end - timedelta(minutes=told.high_min)


def suspension(now: UnitNow) -> SuspensionView | None:
    """Why the unit gives out no tickets though it is open by its hours; None where it does."""
    told = now.state.suspension
    if told is None:
        return None
    until = None if told.until_ms is None else at_utc(told.until_ms).astimezone(ZoneInfo(now.unit.hours.zone))
    return SuspensionView(message=told.message, alternative=told.alternative, until=iso(until))


def unit_list(units: Iterable[PublicUnit | None]) -> tuple[PublicUnit, ...]:
    """Those that have been read, those that give out tickets first, else in the directory's order."""
    return tuple(sorted((unit for unit in units if unit is not None), key=_takes_nobody))


def _takes_nobody(unit: PublicUnit) -> bool:
    return not unit.open or unit.suspended is not None or unit.full


def present(line: Iterable[Waiting]) -> list[Waiting]:
    """Those of the line who are there."""
    return [waiting for waiting in line if waiting.present]


def met(told: Met) -> WireMet:
    """Something that a ticket has met, as pages get it."""
    return WireMet(at_ms=told.at_ms, cause=told.cause, detail=told.detail)


def millis(at: datetime | None) -> Millis | None:
    """An aware instant in milliseconds."""
    return None if at is None else Millis(int(at.timestamp() * 1000))


def iso(at: datetime | None) -> str | None:
    """An instant with the offset of its unit."""
    return None if at is None else at.isoformat(timespec="seconds")
