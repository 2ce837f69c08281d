"""The supervisor's view: every unit, in the order of need."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from rooms.ids import Millis
from rooms.model.attendant import Activity, Status
from rooms.model.hours import Closed, Open, local_day
from rooms.model.snapshot import AsOf as ModelAsOf
from rooms.model.snapshot import Flood, UnitState
from rooms.model.unit import Court
from signaling.protocol.views import Attention, BoardAttendant, BoardUnit, BoardView, FloodView, PoolView
from signaling.views.unit import UnitNow, as_of, attends, iso, last_entry, millis, present, suspension

LONG_WAIT_MS: Final = 30 * 60_000
"""A wait that the supervisor should see."""


def board_view(
    model: ModelAsOf,
    court: Court,
    units: Sequence[UnitNow],
    floods: Sequence[Flood] = (),
    pool: UnitState | None = None,
) -> BoardView:
    """The supervisor's view: units in the order of need. `pool`: where the court's interpreters sit."""
    rows = sorted((board_unit(now) for now in units), key=_need)
    people = {desk.attendant: attends(desk) for now in units for desk in now.state.attendants}
    return BoardView(
        as_of=as_of(model),
        court=court.name,
        units=tuple(rows),
        waiting=sum(row.waiting for row in rows),
        attending=sum(people.values()),
        in_call=sum(row.in_call for row in rows),
        served_today=sum(row.served_today for row in rows),
        left_today=sum(row.left_today for row in rows),
        refused_today=sum(row.refused_today for row in rows),
        floods=tuple(
            FloodView(network=one.network, what=one.what, count=one.count, until_ms=one.until_ms) for one in floods
        ),
        pool=None if pool is None else _pool(pool),
    )


def _pool(pool: UnitState) -> PoolView:
    here = [(desk.status, desk.activity) for desk in pool.attendants]
    return PoolView(
        free=here.count((Status.AVAILABLE, Activity.IDLE)),
        helping=sum(activity is Activity.HELPING for _, activity in here),
    )


def board_unit(now: UnitNow) -> BoardUnit:
    """One row of the board."""
    line = present(now.state.line)
    since = unattended_since(now)
    return BoardUnit(
        slug=now.unit.id,
        name=now.unit.name,
        comarca=now.unit.comarca,
        open=isinstance(now.hours, Open),
        until=iso(now.hours.until) if isinstance(now.hours, Open) else None,
        opens_at=iso(now.hours.opens_at) if isinstance(now.hours, Closed) else None,
        closed_reason=now.hours.reason.text if isinstance(now.hours, Closed) else None,
        suspended=suspension(now),
        phone=now.unit.phone,
        waiting=len(line),
        away=len(now.state.line) - len(line),
        longest_ms=min((row.joined_ms for row in line), default=None),
        attendants=tuple(
            BoardAttendant(
                id=desk.attendant,
                name=desk.name,
                status=desk.status,
                pause=desk.pause,
                activity=desk.activity,
                since_ms=desk.since_ms,
            )
            for desk in now.state.attendants
            if desk.status is not Status.OFFLINE or attends(desk)
        ),
        called=now.state.called,
        in_call=now.state.in_call,
        served_today=now.state.served_today,
        left_today=now.state.left_today,
        out_of_order_today=now.state.out_of_order_today,
        refused_today=now.state.refused_today,
        cancelled_today=now.state.cancelled_today,
        unattended_since_ms=since,
        attention=attention(now),
    )


def unattended_since(now: UnitNow) -> Millis | None:
    """Since when the unit has been open with nobody behind the counter; None where somebody is, or nobody knows."""
    if isinstance(now.hours, Closed) or any(attends(desk) for desk in now.state.attendants):
        return None
    return max((at for at in (now.state.unattended_since_ms, now.opened_ms) if at is not None), default=None)


def attention(now: UnitNow) -> Attention | None:
    """Why the unit needs the supervisor."""
    line = present(now.state.line)
    if isinstance(now.hours, Open) and not any(attends(desk) for desk in now.state.attendants):
        if line:
            return Attention.UNATTENDED_WAITING
        since = unattended_since(now)
        if since is None or now.now_ms - since >= now.unit.policy.unattended_alarm_s * 1000:
            return Attention.UNATTENDED
    if any(now.now_ms - row.joined_ms >= LONG_WAIT_MS for row in line):
        return Attention.LONG_WAIT
    return None


def next_change(now: UnitNow) -> Millis | None:
    """When the unit's views change by the clock alone: it opens, closes, its day ends, an alarm falls due."""
    today = local_day(now.unit.hours, datetime.fromtimestamp(now.now_ms / 1000, tz=UTC))
    edges = [now.hours.until if isinstance(now.hours, Open) else now.hours.opens_at]
    midnight = datetime.combine(today + timedelta(days=1), time.min, tzinfo=ZoneInfo(now.unit.hours.zone))
    instants = [millis(edge) for edge in (*edges, midnight)]
    instants.append(millis(last_entry(now)))
    since = unattended_since(now)
    if since is not None:
        instants.append(Millis(since + now.unit.policy.unattended_alarm_s * 1000))
    instants += [Millis(row.joined_ms + LONG_WAIT_MS) for row in present(now.state.line)]
    return min((at for at in instants if at is not None and at > now.now_ms), default=None)


_URGENCY: Final = tuple(Attention)


def _need(row: BoardUnit) -> tuple[int, bool, int, int]:
    """Attention first, then the open ones, the longer line, the longer wait; else the directory's order."""
    urgency = len(_URGENCY) if row.attention is None else _URGENCY.index(row.attention)
    return urgency, not row.open, -row.waiting, row.longest_ms or 0
