"""No command comes to the wire without a word on who may say it, from which seat, about whose visit."""

from signaling.protocol.base import Namespace
from signaling.protocol.commands import EVERY_COMMAND
from tests.server.matrix import AIMED, HELPING, ROLES, SEATS, SPOKEN, WITH_A_TICKET, role_of


def test_every_role_of_the_wire_has_its_lines():
    assert set(ROLES) == set(SPOKEN) == {namespace.value.removeprefix("/") for namespace in Namespace}
    assert {role_of(seat) for seat in SEATS} == set(ROLES)


def test_every_command_of_every_seat_has_its_line():
    assert {seat: set(lines) for seat, lines in SEATS.items()} == {seat: set(SPOKEN[role_of(seat)]) for seat in SEATS}


def test_whatever_names_a_call_or_a_ticket_has_its_answer_about_somebody_elses():
    """Also from a seat in somebody's call, and from a browser that has a ticket of its own."""
    aimed = {command for command in AIMED if {"call", "ticket"} & set(command.model_fields)}
    for lines in (*ROLES.values(), *HELPING.values()):
        if lines is not ROLES["supervisor"]:
            assert {command for command in lines if command in aimed and lines[command].theirs is None} == set()
    named = {command for command in SPOKEN["visitor"] if "call" in command.model_fields}
    assert set(WITH_A_TICKET) == named


def test_every_command_can_be_aimed_at_a_visit():
    assert {command.model_fields["type"].default for command in AIMED} == EVERY_COMMAND
