"""Whoever looks in the load's benchmark: what counts as seen, and how late."""

from signaling.protocol.base import EventName
from tests.bench.load import CATCHES_UP_S, Watcher


def behind(*tickets: str) -> Watcher:
    """The last in a line of these, looking."""
    watcher = Watcher(ticket="own")
    shown(watcher, len(tickets))
    watcher.before = set(tickets)
    watcher.begun = True
    return watcher


def shown(watcher: Watcher, ahead: int | None) -> None:
    watcher.heard(EventName.VIEW, {"ticket": {"ahead": ahead}})


def test_a_call_that_no_view_shows_is_unseen_and_as_late_as_anybody_waited():
    watcher = behind("a", "b")
    watcher.called("a")
    watcher.called("b")
    shown(watcher, 1)
    assert watcher.unseen == 1
    assert max(watcher.lags_s) == CATCHES_UP_S
    shown(watcher, 0)
    assert watcher.unseen == 0
    assert max(watcher.lags_s) < CATCHES_UP_S


def test_a_view_that_shows_two_fewer_shows_two_calls():
    watcher = behind("a", "b", "c")
    watcher.called("a")
    watcher.called("b")
    shown(watcher, 1)
    assert (watcher.unseen, len(watcher.lags_s)) == (0, 2)


def test_calls_of_those_behind_and_their_own_are_nothing_to_be_seen():
    watcher = behind("a")
    watcher.called("a")
    watcher.called("own")
    watcher.called("behind")
    shown(watcher, None)
    assert (watcher.unseen, len(watcher.lags_s)) == (0, 1)
