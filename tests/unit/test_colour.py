"""A court's colour must be readable where it is used."""

import pytest

from rooms.model.colour import LEAST_CONTRAST, act_contrast, contrast, is_colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#FFFFFF", "#000000", 21.0),
        ("#777777", "#777777", 1.0),
        ("#0A0A0A", "#000000", 1.061),  # 10/255 is below the knee: 0.0392 / 12.92 = 0.00304; 0.05304 / 0.05
        ("#0A5C56", "#F5F3EC", 7.1),
        ("#FFFFFF", "#0A5C56", 7.8),
        ("#6F7B76", "#FFFFFF", 4.4),
    ],
)
def test_the_contrasts_of_the_table_in_look_and_of_the_norm(one: str, other: str, ratio: float):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05 if ratio > 2 else 0.0005)
    assert contrast(other, one) == contrast(one, other)


def test_the_paper_decides_because_it_is_darker_than_white():
    """`#6A7772` would do on white (4.67:1) and does not on the page (4.21:1)."""
    assert contrast("#6A7772", "#FFFFFF") > LEAST_CONTRAST > act_contrast("#6A7772")
    assert act_contrast("#6A7772") == contrast("#6A7772", "#F5F3EC")


@pytest.mark.parametrize("text", ["0A5C56", "#0A5C5", "#0A5C567", "#0A5C5G", "teal", ""])
def test_only_six_hexadecimal_digits_are_a_colour(text: str):
    assert is_colour("#0a5C56")
    assert not is_colour(text)
