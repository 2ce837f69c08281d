"""A receipt can be read out, typed back, and proves what it says."""

import base64
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.clock import CROCKFORD, random_code
from rooms.ids import AttendantId, CourtId, Millis, TicketId, UnitId
from rooms.model.receipt import (
    is_protocol_number,
    parse_receipt_code,
    protocol_number,
    protocol_of,
    public_key_of,
    receipt_text,
    sign,
    signing_key,
    verify,
)
from rooms.model.ticket import Role, TicketState, Tier
from rooms.model.visit import Visit

COURT = CourtId("tjmt")
ZONE = "America/Cuiaba"
VISIT = Visit(
    ticket=TicketId("t1"),
    unit=UnitId("civel-1-cuiaba"),
    number="CV1 014",
    seq=412,
    tier=Tier.PRIORITY,
    role=Role.LAWYER,
    receipt="7K3M-QX2P-9HTC",
    joined_ms=Millis(1_795_530_000_000),
    original_position=4,
    announced_low_min=10,
    announced_high_min=20,
    state=TicketState.SERVED,
    outcome="informed",
    attendant=AttendantId("ana"),
    position=1,
    called_ms=Millis(1_795_530_900_000),
    entered_ms=Millis(1_795_530_912_345),
    ended_ms=Millis(1_795_531_260_000),
    handling_ms=360_000,
)
TEXT = """\
balcao-receipt: 1
court: tjmt
code: 7K3M-QX2P-9HTC
protocol: 2026-0412-7
unit: civel-1-cuiaba
number: CV1 014
state: served
reason: -
outcome: informed
attendant: ana
joined: 2026-11-24T14:20:00.000+00:00
called: 2026-11-24T14:35:00.000+00:00
entered: 2026-11-24T14:35:12.345+00:00
ended: 2026-11-24T14:41:00.000+00:00
original-position: 4
position: 1
announced-low-min: 10
announced-high-min: 20
"""


def test_the_signed_text_is_this_to_the_last_byte():
    """A receipt signed today must be checked years later: whoever changes this text raises its first line."""
    assert receipt_text(COURT, VISIT, ZONE) == TEXT


def test_a_visit_that_nobody_served_has_a_receipt_too():
    gone = replace(
        VISIT, state=TicketState.LEFT, outcome=None, attendant=None, position=None, called_ms=None, entered_ms=None
    )
    text = receipt_text(COURT, gone, ZONE)
    assert "state: left\n" in text
    for name in ("outcome", "attendant", "called", "entered", "position"):
        assert f"\n{name}: -\n" in text
    assert [line.split(":")[0] for line in text.splitlines()] == [line.split(":")[0] for line in TEXT.splitlines()]


def test_neither_tier_nor_role_is_proved_to_whoever_holds_the_code():
    assert not re.search(r"tier|priority|role|lawyer", receipt_text(COURT, VISIT, ZONE))


def test_what_was_signed_is_verified_and_one_other_byte_is_not():
    key = signing_key("segredo do tribunal")
    signature, public_key = sign(TEXT, key), public_key_of(key)
    assert verify(TEXT, signature, public_key)
    assert not verify(TEXT.replace("called: 2026", "called: 2025"), signature, public_key)
    assert not verify(TEXT + "\n", signature, public_key)
    assert not verify(TEXT, signature, public_key_of(signing_key("outro")))
    assert not verify(TEXT, sign(TEXT, signing_key("outro")), public_key)


def test_every_node_with_the_same_secret_has_the_same_key():
    assert public_key_of(signing_key("a")) == public_key_of(signing_key("a")) != public_key_of(signing_key("b"))
    assert len(base64.b64decode(public_key_of(signing_key("a")))) == 32


@pytest.mark.parametrize("broken", ["", "não", "AAAA", "A" * 44, "=" * 44])
def test_a_malformed_signature_or_key_is_no_proof_and_no_crash(broken: str):
    key = signing_key("segredo")
    assert not verify(TEXT, broken, public_key_of(key))
    assert not verify(TEXT, sign(TEXT, key), broken)


@given(st.text(CROCKFORD, min_size=12, max_size=12))
def test_a_code_is_understood_however_it_is_typed(letters: str):
    canonical = f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
    spoken = letters.lower().replace("0", "o").replace("1", "l")
    for typed in (canonical, letters, spoken, f" {letters[:6]} {letters[6:]}\n", letters.replace("1", "I")):
        assert parse_receipt_code(typed) == canonical


@pytest.mark.parametrize(
    "typed", ["", "7K3M-QX2P-9HT", "7K3M-QX2P-9HTCC", "7K3M-QX2P-9HTU", "7K3M-QX2P-9HT*", "7K3M-QX2P-9HTÇ"]
)
def test_what_cannot_be_a_code_is_none(typed: str):
    assert parse_receipt_code(typed) is None


def test_the_codes_given_out_are_codes():
    code = random_code()
    assert parse_receipt_code(code) == code


def test_the_year_of_a_protocol_is_the_units_own():
    """Two hours into 2027 in UTC it is still 2026 in Cuiabá."""
    assert protocol_of(Millis(1_798_768_800_000), 7, ZONE).startswith("2026-0007-")
    assert protocol_of(Millis(1_798_768_800_000), 7, "UTC").startswith("2027-0007-")


@given(st.integers(2021, 2099), st.integers(0, 10**9))
def test_a_digit_misheard_or_two_swapped_are_noticed(year: int, seq: int):
    number = protocol_number(year, seq)
    assert is_protocol_number(number)
    places = [at for at, letter in enumerate(number) if letter != "-"]
    for at in places:
        for digit in "0123456789":
            if digit != number[at]:
                assert not is_protocol_number(number[:at] + digit + number[at + 1 :])
    for one, other in pairwise(places):
        swapped = list(number)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        if swapped != list(number):
            assert not is_protocol_number("".join(swapped))


def test_the_check_digit_is_damms():
    """The worked example of the method: 572 has the check digit 4."""
    assert is_protocol_number("0000-0572-4")
    assert protocol_number(0, 572) == "0000-0572-4"
    assert not is_protocol_number("0000-572-4")
    assert not is_protocol_number("572")
