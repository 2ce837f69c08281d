"""What every message shares: strict models, small types, limits, and the names that both sides say."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MAX_MESSAGE_BYTES: Final = 64 * 1024
"""A Socket.IO message larger than this is refused and its connection closed."""


class Namespace(StrEnum):
    """One Socket.IO namespace per role; the path is `/socket.io/`."""

    VISITOR = "/visitor"
    ATTENDANT = "/attendant"
    SUPERVISOR = "/supervisor"
    INTERPRETER = "/interpreter"
    GUEST = "/guest"


class EventName(StrEnum):
    """The only events: `command` goes up, the others come down."""

    COMMAND = "command"
    VIEW = "view"
    SIGNAL = "signal"
    MOVE = "move"
    GOODBYE = "goodbye"


class Wire(BaseModel):
    """A message or a part of one: frozen, unknown fields and wrong types are refused (no coercion)."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        use_attribute_docstrings=True,
        json_schema_serialization_defaults_required=True,
        ser_json_inf_nan="null",
    )


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""Ids chosen by either side: requests, tabs, tickets, calls."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")]
"""A unit's or a court's stable name in links; also a member of staff's sign-in name."""

Ms = int
"""Court time, milliseconds since 1970."""

ChosenMs = Annotated[int, Field(ge=0, le=4_102_444_800_000)]
"""The same, as a page may choose it: until 2100, since not every calendar shows what is far beyond."""
