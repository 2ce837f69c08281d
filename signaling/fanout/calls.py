"""What calls say, passed on in order to the pages that are in them."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from rooms.errors import UnavailableError
from rooms.ids import CallId, CourtId, EntryId, GuestId
from rooms.model.call import ATTENDANT, VISITOR, LogEntry, position
from rooms.ports import Log
from signaling.fanout.pages import Manned, Pages
from signaling.logs import get_log
from signaling.protocol.signals import SignalEntry, entry_of
from signaling.turns import LONG

READ_AT_ONCE: Final = 200
RETRY_S: Final = 0.5
_log = get_log()


class Calls:
    """The reader of a court's signals.

    A page gets every entry of its call once and in order; an entry directed to one seat is for that seat alone. When
    the counter shows a gap, the logs of the calls that are here are read from where each was passed on last.
    """

    def __init__(self, court: CourtId, log: Log, pages: Pages) -> None:
        self.gaps = 0
        self._court = court
        self._log = log
        self._pages = pages
        self._n = 0
        self._passed: dict[CallId, EntryId] = {}
        self._ended: dict[CallId, EntryId] = {}

    def start(self, n: int) -> None:
        """`n` is the counter of the last signal before the first that will be passed on."""
        self._n = n

    async def pass_on(self, entries: Sequence[LogEntry]) -> None:
        """The next entries of the court's stream."""
        for entry in entries:
            if entry.n != self._n + 1:
                await self._missed(entry.n)
            self._n = entry.n
            self._say(entry)
            self._forget_ended(entry.id)
            if len(entry.body) >= LONG:
                await asyncio.sleep(0)  # who says something short is answered before the next

    async def look_back(self, said: int) -> None:
        """The stream had come to this counter some time ago: what its reader has not met is in the calls' own logs."""
        if self._n < said:
            await self._missed(said + 1)
            self._n = max(self._n, said)

    async def _missed(self, found: int) -> None:
        self.gaps += 1
        _log.warning("signals_missed", court=self._court, expected=self._n + 1, found=found)
        await self._catch_up()

    async def _catch_up(self) -> None:
        """Read what was missed from each call's own log, before anything newer is passed on."""
        here = set(self._here())
        for call in here | self._passed.keys():
            after = self._passed.get(call)
            while missed := await self._read(call, after):
                for entry in missed:
                    self._say(entry)
                after = missed[-1].id
            # its end was among what was missed, and its log has expired since
            if call in self._passed and call not in here and not await self._read(call, None):
                self._passed.pop(call, None)

    async def _read(self, call: CallId, after: EntryId | None) -> Sequence[LogEntry]:
        while True:
            try:
                return await self._log.call_log(self._court, call, after, READ_AT_ONCE)
            except UnavailableError:
                await asyncio.sleep(RETRY_S)

    def _say(self, entry: LogEntry) -> None:
        if position(entry.id) <= position(self._passed.get(entry.call, EntryId("0-0"))):
            return
        holder = self._pages.holder_of(entry.ticket)
        held = self._pages.visitors.get(holder) if holder is not None else None
        manned = self._pages.desks.get(entry.attendant)
        guests, helpers = self._pages.in_call.get(entry.call, ()), self._pages.helping.get(entry.call, ())
        if held is None and manned is None and not guests and not helpers:
            self._passed.pop(entry.call, None)
            return
        self._passed[entry.call] = entry.id
        if entry.kind == "end":
            self._ended[entry.call] = entry.id
        signal = entry_of(entry)
        if held is not None and entry.to in {None, VISITOR}:
            for page in held.pages:
                page.page.say(signal)
        if manned is not None and entry.to in {None, ATTENDANT}:
            for desk in (desk for desk in manned.pages if desk.fence is not None):
                desk.page.say(signal)
        for guest in guests:
            self._say_to_guest(guest, entry, signal)
        for helper in helpers:
            self._say_to_helper(self._pages.desks[helper], entry, signal)

    def _say_to_guest(self, guest: GuestId, entry: LogEntry, signal: SignalEntry) -> None:
        seated = self._pages.guests[guest]
        seat = seated.one.guest if seated.one is not None else None
        if seat is not None and entry.to in {None, seat.party} and seat.may_read(entry):
            for each in seated.pages:
                each.page.say(signal)

    @staticmethod
    def _say_to_helper(manned: Manned, entry: LogEntry, signal: SignalEntry) -> None:
        seat = manned.desk.helping.guest if manned.desk is not None and manned.desk.helping is not None else None
        if seat is not None and entry.to in {None, seat.party} and seat.may_read(entry):
            for desk in (desk for desk in manned.pages if desk.fence is not None):
                desk.page.say(signal)

    def _forget_ended(self, reached: EntryId) -> None:
        """Calls whose end the stream has come to: nothing of them follows."""
        for call in [call for call, end in self._ended.items() if position(end) <= position(reached)]:
            del self._ended[call]
            self._passed.pop(call, None)

    def _here(self) -> Iterator[CallId]:
        """The calls that have a page here."""
        for held in self._pages.visitors.values():
            if held.one is not None and held.one.call is not None:
                yield held.one.call.id
        for manned in self._pages.desks.values():
            if manned.desk is not None and manned.desk.call is not None:
                yield manned.desk.call.id
        yield from self._pages.in_call
        yield from self._pages.helping
