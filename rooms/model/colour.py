"""Whether a court's colour can be read: the contrast of WCAG 2.2, computed.

A court may replace the token `act` of the light theme (`LOOK.md` §1); these are the tokens it is seen with. The dark
theme keeps its own.
"""

import re
from typing import Final

PAGE: Final = "#F5F3EC"
SURFACE: Final = "#FFFFFF"
ON_ACT: Final = "#FFFFFF"
"""The label on a button of that colour."""
LEAST_CONTRAST: Final = 4.5
_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_LINEAR_BELOW: Final = 0.04045


def is_colour(text: str) -> bool:
    """Whether `text` is six hexadecimal digits after a `#`."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white); `(L1 + 0.05) / (L2 + 0.05)` of the relative luminances (WCAG 2.2)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def act_contrast(colour: str) -> float:
    """The least contrast that a court's colour has where it is used: on page, on surface, under its label."""
    return min(contrast(colour, other) for other in (PAGE, SURFACE, ON_ACT))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= _LINEAR_BELOW else float(((share + 0.055) / 1.055) ** 2.4)
