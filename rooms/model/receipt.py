"""The receipt: signed proof of what happened, also for those not served. Pure; chance and the key come from outside."""

import base64
import binascii
import hashlib
import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rooms.clock import CROCKFORD
from rooms.ids import CourtId, Millis
from rooms.model.visit import Visit

CODE_LENGTH: Final = 12
GROUP: Final = 4
_LOOKALIKES: Final = str.maketrans("ILO", "110")
_NOTHING: Final = "-"


def parse_receipt_code(text: str) -> str | None:
    """The code that somebody typed, in canonical form: either case, hyphens or not, `O` for `0`, `I` and `L` for `1`.

    None where it cannot be one.
    """
    letters = re.sub(r"[\s-]", "", text).upper().translate(_LOOKALIKES)
    if len(letters) != CODE_LENGTH or any(letter not in CROCKFORD for letter in letters):
        return None
    return "-".join(letters[at : at + GROUP] for at in range(0, CODE_LENGTH, GROUP))


def protocol_number(visit_year: int, seq: int) -> str:
    """`2026-0412-7`: the year, the court's sequence at arrival, a check digit over both.

    A person reads it out over the telephone: the digit (Damm's) catches each single wrong digit and each swap of two
    neighbours.
    """
    return f"{visit_year:04d}-{seq:04d}-{_damm(f'{visit_year:04d}{seq:04d}')}"


def is_protocol_number(text: str) -> bool:
    """Whether `text` has the shape of a protocol number and its check digit is right."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{4,16})-([0-9])", text)
    return match is not None and _damm(match[1] + match[2]) == int(match[3])


def protocol_of(joined_ms: Millis, seq: int, zone: str) -> str:
    """The protocol number of a ticket or a visit; the year is the unit's own, by its `zone`."""
    joined = datetime.fromtimestamp(joined_ms / 1000, tz=UTC).astimezone(ZoneInfo(zone))
    return protocol_number(joined.year, seq)


def receipt_text(court: CourtId, visit: Visit, zone: str) -> str:
    """The facts as the text that is signed: one `name: value` a line, always all of them, `-` where there is none.

    Instants are UTC in ISO 8601. A line is never removed or moved: a receipt signed today is checked years later.
    """
    facts: dict[str, str | int | None] = {
        "balcao-receipt": 1,
        "court": court,
        "code": visit.receipt,
        "protocol": protocol_of(visit.joined_ms, visit.seq, zone),
        "unit": visit.unit,
        "number": visit.number,
        "state": visit.state.value,
        "reason": visit.reason,
        "outcome": visit.outcome,
        "attendant": visit.attendant,
        "joined": _iso(visit.joined_ms),
        "called": _iso(visit.called_ms),
        "entered": _iso(visit.entered_ms),
        "ended": _iso(visit.ended_ms),
        "original-position": visit.original_position,
        "position": visit.position,
        "announced-low-min": visit.announced_low_min,
        "announced-high-min": visit.announced_high_min,
    }
    return "".join(f"{name}: {_NOTHING if value is None else value}\n" for name, value in facts.items())


def signing_key(secret: str) -> Ed25519PrivateKey:
    """The court's key from its secret (`BALCAO_RECEIPT_KEY`): the same secret, the same key, on every node."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"balcao receipt\0" + secret.encode()).digest())


def public_key_of(key: Ed25519PrivateKey) -> str:
    """The 32 bytes that verify, base64."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def sign(text: str, key: Ed25519PrivateKey) -> str:
    """The Ed25519 signature over the text's UTF-8, base64."""
    return base64.b64encode(key.sign(text.encode())).decode()


def verify(text: str, signature: str, public_key: str) -> bool:
    """Whether `signature` was made over exactly this text by the key of `public_key`; False for anything malformed."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), text.encode())
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _iso(at_ms: Millis | None) -> str | None:
    return None if at_ms is None else datetime.fromtimestamp(at_ms / 1000, tz=UTC).isoformat(timespec="milliseconds")


# H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004: the quasigroup of order ten.
_DAMM: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim
