"""The table of a ticket's moves is whole in itself, and the README shows it."""

from collections import Counter

import pytest

from rooms.model import diagram
from rooms.model.events import FACTS, MOVE, EventKind
from rooms.model.ticket import LIVE, TicketState
from rooms.model.transitions import TABLE, Effect


def test_the_readme_shows_the_table_as_it_is():
    """Else: `python -m rooms.model.diagram`."""
    readme = diagram.README.read_text(encoding="utf-8")
    assert diagram.written(readme) == readme


def test_a_readme_without_its_markers_is_not_overwritten():
    with pytest.raises(ValueError, match="no line <!-- end of moves"):
        diagram.written(diagram.BEGIN)


def test_no_move_stands_twice():
    moves = Counter((row.source, row.cause, row.to, row.actor) for row in TABLE)
    assert [move for move, times in moves.items() if times > 1] == []


TAKEN_UP_AGAIN = {TicketState.LOST, TicketState.NO_SHOW}
"""The two ends that a visitor who comes back soon undoes."""


def test_a_place_is_over_exactly_at_an_end_and_only_coming_back_follows_one():
    for row in TABLE:
        assert (row.effect is Effect.OVER) is (row.to not in LIVE), row
        assert row.source is None or row.source in LIVE or row.source in TAKEN_UP_AGAIN, row
        assert (row.event is EventKind.TICKET_ENDED) is (row.to not in LIVE), row


def test_every_live_state_is_reached_and_left():
    assert {row.to for row in TABLE} >= LIVE
    assert {row.source for row in TABLE} == LIVE | TAKEN_UP_AGAIN | {None}


def test_every_event_of_a_move_tells_what_a_move_tells():
    assert {kind for kind, facts in FACTS.items() if facts >= MOVE} == {row.event for row in TABLE}


def test_what_is_no_end_of_any_move_is_not_shown():
    shown = diagram.text()
    assert {state for state in TicketState if f"--> {state}:" in shown} == {row.to for row in TABLE}
