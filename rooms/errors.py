"""Every refusal of the counter, as a tree of stable codes.

A refusal is an answer, not a bug: scripts return the same words as outcomes, services raise them as
`RoomsError`, the wire turns them into `{"ok": false, "code": …}` in one place. A code, once published, keeps its
name and its meaning; pages carry a sentence and a way out for each.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """What was refused, in one word each."""

    # nothing of that name
    UNIT_UNKNOWN = "unit_unknown"
    TICKET_UNKNOWN = "ticket_unknown"
    CALL_UNKNOWN = "call_unknown"
    ATTENDANT_UNKNOWN = "attendant_unknown"
    RECEIPT_UNKNOWN = "receipt_unknown"
    HANDOVER_UNKNOWN = "handover_unknown"
    INVITATION_UNKNOWN = "invitation_unknown"
    # another state than the command supposes
    TICKET_EXISTS = "ticket_exists"
    WRONG_STATE = "wrong_state"
    STALE_REV = "stale_rev"
    STALE_FENCE = "stale_fence"
    DESK_ELSEWHERE = "desk_elsewhere"
    REQUEST_REUSED = "request_reused"
    NOT_AVAILABLE = "not_available"
    NOT_ACTIVE_PAGE = "not_active_page"
    NOT_WAITING = "not_waiting"
    NOT_ASKED = "not_asked"
    """It does not ring at this desk any more: somebody else came, or the time is over."""
    # the counter cannot, now
    UNIT_CLOSED = "unit_closed"
    UNIT_CLOSING = "unit_closing"
    """Still open, but whoever took a ticket now would wait past closing time."""
    UNIT_SUSPENDED = "unit_suspended"
    UNIT_FULL = "unit_full"
    UNIT_UNATTENDED = "unit_unattended"
    CALL_FULL = "call_full"
    """Four are in it."""
    COLLEAGUE_BUSY = "colleague_busy"
    """Not at the unit's counter, or with somebody else."""
    NO_INTERPRETER = "no_interpreter"
    """None of the court's is available now."""
    NO_CALL_THERE = "no_call_there"
    """Nobody of the unit is in a call that an interpreter could come into."""
    TOO_MANY_TRANSFERS = "too_many_transfers"
    NOBODY_WAITING = "nobody_waiting"
    NO_MORE_TIME = "no_more_time"
    TOO_LATE = "too_late"
    # this person may not
    NOT_YOURS = "not_yours"
    NOT_MEMBER = "not_member"
    NOT_YOUR_UNIT = "not_your_unit"
    SIGN_IN_WRONG = "sign_in_wrong"
    ROLE_MISSING = "role_missing"
    NO_PERMISSION = "no_permission"
    # too much
    TOO_MANY_JOINS = "too_many_joins"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    CALL_LOG_FULL = "call_log_full"
    # a field is wrong (the detail `field` names it)
    NAME_MISSING = "name_missing"
    CASE_NUMBER_WRONG = "case_number_wrong"
    OAB_WRONG = "oab_wrong"
    TERMS_MISSING = "terms_missing"
    # the store
    STORE_AWAY = "store_away"
    STORE_FULL = "store_full"


class RoomsError(Exception):
    """A refusal with its code and the few facts a page needs to explain it (ids and numbers, never people)."""

    family: str = "rooms"

    def __init__(self, code: Code, **details: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.details: Mapping[str, str | int] = details


class NotFoundError(RoomsError):
    """Nothing of that name."""

    family = "not_found"


class ConflictError(RoomsError):
    """The state is another than the command supposes; a newer view says which."""

    family = "conflict"


class ClosedError(RoomsError):
    """The counter cannot, now."""

    family = "closed"


class ForbiddenError(RoomsError):
    """This person may not."""

    family = "forbidden"


class LimitError(RoomsError):
    """Too much, too often."""

    family = "limit"


class InvalidError(RoomsError):
    """A field is wrong; `details["field"]` names it."""

    family = "invalid"


class UnavailableError(RoomsError):
    """The store does not answer; nothing was lost, the same request may be repeated."""

    family = "unavailable"


_C: Final = Code
FAMILIES: Final[Mapping[Code, type[RoomsError]]] = {
    **dict.fromkeys(
        (
            _C.UNIT_UNKNOWN,
            _C.TICKET_UNKNOWN,
            _C.CALL_UNKNOWN,
            _C.ATTENDANT_UNKNOWN,
            _C.RECEIPT_UNKNOWN,
            _C.HANDOVER_UNKNOWN,
            _C.INVITATION_UNKNOWN,
        ),
        NotFoundError,
    ),
    **dict.fromkeys(
        (
            _C.TICKET_EXISTS,
            _C.WRONG_STATE,
            _C.STALE_REV,
            _C.STALE_FENCE,
            _C.DESK_ELSEWHERE,
            _C.REQUEST_REUSED,
            _C.NOT_AVAILABLE,
            _C.NOT_ACTIVE_PAGE,
            _C.NOT_WAITING,
            _C.NOT_ASKED,
        ),
        ConflictError,
    ),
    **dict.fromkeys(
        (
            _C.UNIT_CLOSED,
            _C.UNIT_CLOSING,
            _C.UNIT_SUSPENDED,
            _C.UNIT_FULL,
            _C.UNIT_UNATTENDED,
            _C.CALL_FULL,
            _C.COLLEAGUE_BUSY,
            _C.NO_INTERPRETER,
            _C.NO_CALL_THERE,
            _C.TOO_MANY_TRANSFERS,
            _C.NOBODY_WAITING,
            _C.NO_MORE_TIME,
            _C.TOO_LATE,
        ),
        ClosedError,
    ),
    **dict.fromkeys(
        (_C.NOT_YOURS, _C.NOT_MEMBER, _C.NOT_YOUR_UNIT, _C.SIGN_IN_WRONG, _C.ROLE_MISSING, _C.NO_PERMISSION),
        ForbiddenError,
    ),
    **dict.fromkeys((_C.TOO_MANY_JOINS, _C.TOO_MANY_ATTEMPTS, _C.CALL_LOG_FULL), LimitError),
    **dict.fromkeys((_C.NAME_MISSING, _C.CASE_NUMBER_WRONG, _C.OAB_WRONG, _C.TERMS_MISSING), InvalidError),
    **dict.fromkeys((_C.STORE_AWAY, _C.STORE_FULL), UnavailableError),
}
"""The family of each code; a test checks that none is missing."""


def refusal(code: Code, **details: str | int) -> RoomsError:
    """The error to raise for `code`, of its family."""
    return FAMILIES[code](code, **details)
