"""The court's Libras interpreters: a counter of their own, from which they come to the calls of all units."""

from dataclasses import replace
from typing import Final

from rooms.errors import Code, ForbiddenError
from rooms.ids import AttendantId, CourtId, Fence, Millis, TabId, UnitId
from rooms.model.guest import SECONDS_ASKED
from rooms.model.unit import Policy
from rooms.ports import Request, Store
from rooms.services.house import House

POOL: Final = UnitId("~libras")
"""Where interpreters sit: no unit of the directory can be called so."""


class Pool:
    """How an interpreter's desk is opened. What they do at it are the verbs of every desk that helps."""

    def __init__(self, store: Store, house: House) -> None:
        self._store = store
        self._house = house

    async def open_desk(self, court: CourtId, interpreter: AttendantId, tab: TabId) -> Fence:
        """This page is where it rings; commands of the page before it lose by the fence.

        Raises:
            NotFoundError: ATTENDANT_UNKNOWN.
            ForbiddenError: ROLE_MISSING: this member of staff does not interpret.
            ConflictError: DESK_ELSEWHERE: another page is alive, of theirs as an interpreter or as an attendant.

        """
        return await self._hold(court, interpreter, tab, take_over=False)

    async def take_over(self, court: CourtId, interpreter: AttendantId, tab: TabId) -> Fence:
        """This page, whichever it was."""
        return await self._hold(court, interpreter, tab, take_over=True)

    async def offer(
        self, court: CourtId, request: Request, interpreter: AttendantId, fence: Fence, unit: UnitId
    ) -> Millis:
        """It rings at the unit's desks that talk, the first that lets them in has them; answers until when.

        UNIT_UNKNOWN, STALE_FENCE, WRONG_STATE, NO_CALL_THERE.
        """
        there = self._house.unit(court, unit).id
        return await self._store.offer(court, request, interpreter, fence, there, SECONDS_ASKED)

    async def stop_offering(self, court: CourtId, request: Request, interpreter: AttendantId, fence: Fence) -> None:
        """It rings nowhere any more. STALE_FENCE."""
        await self._store.stop_offering(court, request, interpreter, fence)

    async def _hold(self, court: CourtId, interpreter: AttendantId, tab: TabId, *, take_over: bool) -> Fence:
        staff = self._house.staff(court, interpreter)
        if not staff.interprets:
            raise ForbiddenError(Code.ROLE_MISSING)
        at_pool = replace(staff, units=(POOL,))
        return await self._store.open_desk(court, at_pool, tab, Policy(), take_over=take_over)
