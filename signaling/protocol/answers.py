"""Refusals become answers here, and nowhere else: the counter's, and those of messages that are not of the wire."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from pydantic import ValidationError

from rooms.errors import (
    FAMILIES,
    ClosedError,
    Code,
    ConflictError,
    ForbiddenError,
    InvalidError,
    LimitError,
    NotFoundError,
    RoomsError,
    UnavailableError,
)
from signaling.protocol.commands import EVERY_COMMAND, Refused, WireCode

_FAMILY_STATUS: Final[Mapping[type[RoomsError], HTTPStatus]] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
    ClosedError: HTTPStatus.CONFLICT,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    LimitError: HTTPStatus.TOO_MANY_REQUESTS,
    InvalidError: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}

_WIRE_STATUS: Final[Mapping[WireCode, HTTPStatus]] = {
    WireCode.BAD_MESSAGE: HTTPStatus.BAD_REQUEST,
    WireCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    WireCode.TOO_MANY_MESSAGES: HTTPStatus.TOO_MANY_REQUESTS,
    WireCode.NO_SESSION: HTTPStatus.UNAUTHORIZED,
    WireCode.FOREIGN_ORIGIN: HTTPStatus.FORBIDDEN,
    WireCode.OTHER_ROLE: HTTPStatus.FORBIDDEN,
    WireCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    WireCode.FOREIGN_SERVICE: HTTPStatus.FORBIDDEN,
    WireCode.STARTING: HTTPStatus.SERVICE_UNAVAILABLE,
    WireCode.CHECK_OVER: HTTPStatus.CONFLICT,
}


def refused(error: RoomsError) -> Refused:
    """The counter's refusal, as pages get it."""
    return Refused(code=error.code, details=dict(error.details))


def bad_message(error: ValidationError) -> Refused:
    """A message not of the wire: `field` is the path of the first thing wrong, `problem` pydantic's word for it.

    Never the value: it may be somebody's name. A command that is of the wire, but of another role, is OTHER_ROLE.
    """
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "union_tag_invalid" and first["ctx"]["tag"] in EVERY_COMMAND:
        return Refused(code=WireCode.OTHER_ROLE)
    return Refused(
        code=WireCode.BAD_MESSAGE,
        details={"field": ".".join(str(part) for part in first["loc"]), "problem": first["type"]},
    )


def status_of(answer: Refused) -> HTTPStatus:
    """The HTTP status of a refusal."""
    if isinstance(answer.code, WireCode):
        return _WIRE_STATUS[answer.code]
    if answer.code is Code.SIGN_IN_WRONG:
        return HTTPStatus.UNAUTHORIZED
    return _FAMILY_STATUS[FAMILIES[answer.code]]
