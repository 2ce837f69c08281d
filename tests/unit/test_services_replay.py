"""A call's log is read to its end, whoever it is for."""

from rooms.ids import CallId, CourtId, EntryId, Millis, ParticipantId, TicketId
from rooms.model.call import ATTENDANT, GUESTS, VISITOR, LogEntry, position
from rooms.services.replay import REPLAYED_AT_ONCE, replayed

COURT, CALL = CourtId("tjmt"), CallId("call")


def entry(number: int, to: ParticipantId) -> LogEntry:
    return LogEntry(EntryId(f"{number}-0"), number, CALL, TicketId("t"), "ana", Millis(0), VISITOR, to, "chat", "{}")


class KeptLog:
    """A call's log, as `rooms.ports.Log` reads it."""

    def __init__(self, entries: list[LogEntry]) -> None:
        self.entries = entries
        self.reads = 0

    async def call_log(self, _court: CourtId, _call: CallId, after: EntryId | None, count: int) -> list[LogEntry]:
        self.reads += 1
        behind = [each for each in self.entries if after is None or position(each.id) > position(after)]
        return behind[:count]


async def test_what_is_for_others_alone_is_neither_an_end_nor_a_part_to_ask_for_again():
    """A page asks on behind the last entry that it got: an empty part with more to come would be asked for for ever."""
    others = [entry(number, ATTENDANT) for number in range(1, 3 * REPLAYED_AT_ONCE - 9)]
    mine = entry(1_000, GUESTS[0])
    log = KeptLog([*others, mine])
    assert await replayed(log, COURT, CALL, None, lambda each: each.to == GUESTS[0]) == ([mine], False)
    assert log.reads == 3


async def test_nothing_for_somebody_is_an_end():
    log = KeptLog([entry(number, ATTENDANT) for number in range(1, REPLAYED_AT_ONCE + 1)])
    assert await replayed(log, COURT, CALL, None, lambda each: each.to == GUESTS[0]) == ([], False)


async def test_a_part_says_that_there_may_be_more():
    log = KeptLog([entry(number, GUESTS[0]) for number in range(1, REPLAYED_AT_ONCE + 2)])
    part, more = await replayed(log, COURT, CALL, None, lambda each: each.concerns(GUESTS[0]))
    assert (len(part), more) == (REPLAYED_AT_ONCE, True)
    assert await replayed(log, COURT, CALL, part[-1].id, lambda each: each.concerns(GUESTS[0])) == (
        [log.entries[-1]], False
    )  # fmt: skip
