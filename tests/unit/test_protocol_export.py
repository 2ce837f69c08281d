"""The wire is declared once: what is written for others says what the models say."""

import pytest

from rooms.model.ticket import TicketState
from signaling.protocol import export


@pytest.fixture(scope="module")
def found():
    return export.definitions()


def test_the_generated_files_are_current():
    """Else: `python -m signaling.protocol.export`."""
    assert export.stale() == []


def test_every_field_of_a_message_is_required_so_that_unions_narrow(found):
    for name, schema in found.items():
        assert set(schema.get("properties", {})) == set(schema.get("required", ())), name


def test_a_union_is_named_by_its_members_and_told_apart_by_its_constant(found):
    text = export.typescript(found)
    assert "export type Result = Joined | Ready | Ringing | Replayed | Invited | Forwarded | Line | Done;" in text
    assert '  readonly type: "ringing";' in text
    assert "  readonly body: Said;" in text
    assert "  readonly command: VisitorCommand;" in text


def test_codes_are_a_constant_and_a_type(found):
    text = export.typescript(found)
    listed = ", ".join(f'"{state.value}"' for state in TicketState)
    assert f"export const EVERY_TICKET_STATE = [{listed}] as const;" in text
    assert "export type TicketState = (typeof EVERY_TICKET_STATE)[number];" in text


def test_prose_stands_before_the_tables_and_is_kept():
    text = export.PROSE.read_text(encoding="utf-8")
    assert text.count(export.MARKER) == 1
    assert "### Refused" in text.split(export.MARKER)[1]
