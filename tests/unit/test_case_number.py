"""A case number is right when its check digits are what they must be, however it was typed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.errors import Code, InvalidError
from rooms.model.case_number import check_digits, parse_case_number

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "case_numbers.json").read_text(encoding="utf-8"))
"""FIELD §5's; the page that checks while one types is tested with the same."""
DIGITS = "0123456789"
PARTS = st.tuples(*(st.text(DIGITS, min_size=size, max_size=size) for size in (7, 4, 1, 2, 4)))


@pytest.mark.parametrize("number", [*VECTORS["valid"], "0000010-98.2024.8.11.0041"])
def test_right_numbers_keep_their_canonical_form(number: str):
    """The last is the one that the shared vectors' alias stands for."""
    assert str(parse_case_number(number)) == number
    assert str(parse_case_number(number.replace("-", "").replace(".", ""))) == number
    assert str(parse_case_number(f"  {number}\n")) == number


@pytest.mark.parametrize(
    ("number", "why"),
    [
        *((vector["text"], vector["why"]) for vector in VECTORS["invalid"]),
        ("", "nothing"),
        ("1-44.2021.8.11.0041", "zeros left out"),
        ("0000001-44.2021.8.11.00410", "a digit more"),
        ("0000001-44.2021.8.11.0041 x", "words behind"),
        ("0000001−44.2021.8.11.0041", "a minus sign is no hyphen"),
        ("٠٠٠٠٠٠١-٤٤.٢٠٢١.٨.١١.٠٠٤١", "Arabic-Indic digits"),
        ("０000001-44.2021.8.11.0041", "a full-width digit"),
    ],
)
def test_wrong_numbers_are_refused_with_their_field(number: str, why: str):
    with pytest.raises(InvalidError) as refused:
        parse_case_number(number)
    assert (refused.value.code, refused.value.details) == (Code.CASE_NUMBER_WRONG, {"field": "case_number"}), why


@given(PARTS)
def test_every_number_has_exactly_one_pair_of_check_digits(parts: tuple[str, ...]):
    sequence, *rest = parts
    right = check_digits(sequence, *rest)
    assert 2 <= int(right) <= 98
    accepted = []
    for check in range(100):
        try:
            accepted.append(parse_case_number("".join((sequence, f"{check:02d}", *rest))).check)
        except InvalidError:
            continue
    assert accepted == [right]


@given(PARTS, st.integers(0, 17), st.sampled_from(DIGITS))
def test_one_wrong_digit_is_always_noticed(parts: tuple[str, ...], at: int, digit: str):
    whole = "".join(parts)
    wrong = whole[:at] + digit + whole[at + 1 :]
    if wrong == whole:
        return
    with pytest.raises(InvalidError):
        parse_case_number(wrong[:7] + check_digits(*parts) + wrong[7:])
