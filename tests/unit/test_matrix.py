"""No command comes to the wire without a word on who may say it about whose visit."""

from signaling.protocol.commands import EVERY_COMMAND
from tests.server.matrix import AIMED, MATRIX, SPOKEN


def test_every_command_of_every_role_has_its_line():
    assert {role: set(lines) for role, lines in MATRIX.items()} == {
        role: set(commands) for role, commands in SPOKEN.items()
    }


def test_every_command_can_be_aimed_at_a_visit():
    assert {command.model_fields["type"].default for command in AIMED} == EVERY_COMMAND
