"""The court's two streams and the log of one call: `rooms.ports.Log`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Final

from redis.exceptions import NoScriptError

from rooms.clock import random_id
from rooms.errors import UnavailableError
from rooms.ids import CallId, CourtId, EntryId
from rooms.model.call import LogEntry
from rooms.model.events import Event
from rooms.ports import Log
from rooms.redis.client import BlockingReads, Client
from rooms.redis.records import Kept, event_from, log_entry_from
from rooms.redis.script import Scripts, sha_of

AT_ONCE: Final = 32
"""Of either stream in one answer. An entry has 64 KB at most, and nobody says how many long ones come together: two
megabytes in the memory of a node for each of its courts.
"""
AGAIN_S: Final = 0.5
"""Between two attempts to reach a store that is away."""
EVENTS_KEPT_MS: Final = 7 * 24 * 3600 * 1000
SIGNALS_KEPT_MS: Final = 10 * 60 * 1000


class RedisLog(Log):
    """Reads of the streams; only scripts write them."""

    def __init__(self, client: Client, reads: Callable[[], BlockingReads]) -> None:
        """`reads` makes the connection that one tail waits on."""
        self._client = client
        self._reads = reads
        self._scripts = Scripts(client)

    def seen(self, court: CourtId) -> int:
        return self._client.seen(court)

    async def positions(self, court: CourtId) -> tuple[EntryId, int, EntryId, int]:
        answer = await self._scripts.run("positions", court)
        return (
            EntryId(answer.text("event")),
            answer.number("n"),
            EntryId(answer.text("signal")),
            answer.number("said"),
        )

    async def tail(
        self, court: CourtId, events_after: EntryId, signals_after: EntryId
    ) -> AsyncIterator[tuple[Sequence[Event], Sequence[LogEntry]]]:
        events, signals = f"{{{court}}}:events", f"{{{court}}}:signals"
        after = {events: str(events_after), signals: str(signals_after)}
        reads = self._reads()
        mark, is_marked, is_sure = f"return '{random_id()}'", False, False
        try:
            while True:
                try:
                    if not is_sure and not await self._is_as_it_was(court, mark, is_marked=is_marked):
                        await self._client.greeted(court)
                        is_marked = False
                        continue
                    is_marked = is_sure = True
                    answer = await reads.next(after, AT_ONCE)
                except UnavailableError:
                    is_sure = False
                    await asyncio.sleep(AGAIN_S)
                    continue
                streams = _streams(answer)
                after |= {name: found[-1][0] for name, found in streams.items()}
                if streams:
                    happened = [event_from(*entry) for entry in streams.get(events, ())]
                    if happened:
                        self._client.saw(court, happened[-1].n)
                    yield (
                        happened,
                        [log_entry_from(*entry) for entry in streams.get(signals, ())],
                    )
        finally:
            await reads.close()

    async def _is_as_it_was(self, court: CourtId, mark: str, *, is_marked: bool) -> bool:
        """Whether the server is the one that this tail has given its mark to; the first time it gives it.

        A server that dies forgets scripts, and one that takes its place has never heard of them.
        """
        tag = f"{{{court}}}"
        if not is_marked:
            await self._client.call("EVAL", mark, 1, tag)
            return True
        try:
            await self._client.call("EVALSHA", sha_of(mark), 1, tag)
        except NoScriptError:
            return False
        return True

    async def events_after(self, court: CourtId, after: EntryId, count: int) -> Sequence[Event]:
        answer = await self._client.call("XRANGE", f"{{{court}}}:events", f"({after}", "+", "COUNT", count)
        return [event_from(*entry) for entry in _entries(answer)]

    async def call_log(self, court: CourtId, call: CallId, after: EntryId | None, count: int) -> Sequence[LogEntry]:
        start = "-" if after is None else f"({after}"
        answer = await self._client.call("XRANGE", f"{{{court}}}:call:{call}", start, "+", "COUNT", count)
        return [log_entry_from(*entry) for entry in _entries(answer)]

    async def trim(self, court: CourtId, recorded: EntryId) -> None:
        await self._scripts.run("trim", court, recorded=recorded, events_ms=EVENTS_KEPT_MS, signals_ms=SIGNALS_KEPT_MS)

    async def hold_recorder(self, court: CourtId, node: str, ttl_ms: int) -> int | None:
        answer = await self._scripts.run("hold_recorder", court, node=node, ttl_ms=ttl_ms)
        return answer.number("fence") if answer.fields else None


def _streams(answer: object) -> Mapping[str, Sequence[tuple[EntryId, Kept]]]:
    """XREAD's answer: the streams that had something, each with its entries."""
    if not isinstance(answer, list):
        raise TypeError(f"not what XREAD answers: {answer!r}")
    return {str(stream): _entries(entries) for stream, entries in answer}


def _entries(answer: object) -> Sequence[tuple[EntryId, Kept]]:
    """XRANGE's answer, which redis-py has made into pairs of an id and a dict."""
    if not isinstance(answer, list):
        raise TypeError(f"not what XRANGE answers: {answer!r}")
    return [(EntryId(str(entry)), Kept(fields)) for entry, fields in answer]
