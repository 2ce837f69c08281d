"""A lawyer's number has three spellings and one canonical form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.errors import Code, InvalidError
from rooms.model.oab import STATES, SUFFIXES, Oab, parse_oab


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("MT 12345", "OAB/MT 12345"),
        ("OAB/MT 12.345", "OAB/MT 12345"),
        ("12.345-A/MT", "OAB/MT 12345-A"),
        ("mt12345a", "OAB/MT 12345-A"),
        ("  oab  mt   1-e ", "OAB/MT 1-E"),
        ("OAB-SP 123.456", "OAB/SP 123456"),
        ("OAB 12345/MT", "OAB/MT 12345"),
        ("12345 MT", "OAB/MT 12345"),
        ("12345-MT", "OAB/MT 12345"),
        ("MT 012345", "OAB/MT 12345"),
        ("1234 E / RJ", "OAB/RJ 1234-E"),
    ],
)
def test_the_spellings_in_use_are_one_number(typed: str, canonical: str):
    assert str(parse_oab(typed)) == canonical


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "MT",
        "12345",
        "XX 12345",
        "MT 1.2345",
        "MT 12345-C",
        "MT 0",
        "MT 1234567",
        "MT ١٢٣",
        "MT 12345 MT",
        "MT 12.345.678",
    ],
)
def test_anything_else_is_refused_with_its_field(typed: str):
    with pytest.raises(InvalidError) as refused:
        parse_oab(typed)
    assert (refused.value.code, refused.value.details) == (Code.OAB_WRONG, {"field": "oab"})


def test_an_intern_is_another_person_than_the_lawyer():
    assert parse_oab("MT 12345-E") != parse_oab("MT 12345")


@given(st.sampled_from(sorted(STATES)), st.integers(1, 999_999), st.sampled_from([None, *SUFFIXES]))
def test_the_canonical_form_is_read_back_whatever_the_spelling(state: str, number: int, suffix: str | None):
    oab = Oab(state, number, suffix)
    assert parse_oab(str(oab)) == oab
    pointed = f"{number:,}".replace(",", ".")
    tail = f"-{suffix}" if suffix else ""
    for spelled in (f"{state} {number}{tail}", f"oab/{state} {pointed}{tail}", f"{pointed}{tail}/{state}".lower()):
        assert parse_oab(spelled) == oab
