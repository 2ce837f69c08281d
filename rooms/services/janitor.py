"""What the house does by itself: acts on deadlines that are over, and closes units at the end of their day."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rooms.clock import at_utc
from rooms.ids import CourtId, Millis
from rooms.model.hours import OPENING_SEARCH_DAYS, Hours, Open, day_end, local_day, next_service_end, status_at
from rooms.ports import Store
from rooms.services.house import House
from rooms.services.rounds import look_after

CLOSING_EVERY_S = 15
"""Closing times are to the minute; they need no look twice a second."""
DAYS_BACK = 8
"""How far back a closing is looked for: a week and a day."""


def last_closing(hours: Hours, now: datetime) -> datetime | None:
    """When the unit's last day of service ended: the end of its last window; a midday pause is not a closing.

    None while there was none within eight days (a unit that never closes, or never opens).
    """
    today = local_day(hours, now)
    for back in range(DAYS_BACK + 1):
        closing = day_end(hours, today - timedelta(days=back))
        if closing is not None and closing <= now and not isinstance(status_at(hours, closing), Open):
            return closing.astimezone(ZoneInfo(hours.zone))
    return None


def head_start_until(hours: Hours, closing: datetime) -> Millis:
    """Until when a ticket that `closing` ended gives a head start: the end of the next day of service.

    A unit of which no such day is known gives it as long as one would be looked for.
    """
    # a closing at midnight belongs to the day that it ends
    last_day = local_day(hours, closing.astimezone(UTC) - timedelta(seconds=1))
    end = next_service_end(hours, last_day) or closing + timedelta(days=OPENING_SEARCH_DAYS)
    return Millis(int(end.timestamp() * 1000))


class Janitor:
    """Sweeps every court of the house. Any number of nodes may sweep at once: each script re-checks what it acts on."""

    def __init__(
        self,
        store: Store,
        house: House,
        *,
        pause: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
        every_s: float = 0.7,
    ) -> None:
        """`pause` sleeps, `jitter` answers 0..1: nodes that started together drift apart."""
        self._store = store
        self._house = house
        self._pause = pause
        self._jitter = jitter
        self._every_s = every_s
        self._closing_due: dict[CourtId, Millis] = {}

    async def run(self) -> None:
        """Sweep for ever; the owner cancels it. A store that is away is waited for."""
        await look_after(self._house, self._visit, self._rest)

    async def sweep(self, court: CourtId) -> int:
        """Nothing is overdue any more; answers how many transitions that took."""
        acted = 0
        while True:
            swept = await self._store.sweep(court)
            acted += swept.acted
            if not swept.more:
                return acted

    async def close(self, court: CourtId) -> int:
        """Whoever still waits from before a unit's closing, its overtime over, is told CLOSED; answers how many."""
        now_ms = await self._store.now(court)
        ended = 0
        for unit in self._house.units(court):
            closing = last_closing(unit.hours, at_utc(now_ms))
            if closing is None:
                continue
            closing_ms = Millis(int(closing.timestamp() * 1000))
            if now_ms < closing_ms + unit.policy.overtime_s * 1000:
                continue
            until_ms = head_start_until(unit.hours, closing)
            while (closed := await self._store.close_unit(court, unit.id, closing_ms, until_ms)) > 0:
                ended += closed
        return ended

    async def _visit(self, court: CourtId) -> None:
        await self.sweep(court)
        await self._close_when_due(court)

    async def _rest(self) -> None:
        await self._pause(self._every_s * (0.7 + 0.6 * self._jitter()))

    async def _close_when_due(self, court: CourtId) -> None:
        now_ms = await self._store.now(court)
        if now_ms >= self._closing_due.get(court, Millis(0)):
            await self.close(court)
            self._closing_due[court] = Millis(now_ms + CLOSING_EVERY_S * 1000)
