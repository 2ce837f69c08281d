"""`/api/v1/openapi.json`: the HTTP API for other systems, from the same models."""

from functools import cache
from typing import Any, Final

from aiohttp import web
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from signaling.protocol.commands import Refused
from signaling.protocol.http import (
    CheckCard,
    CourtCard,
    EchoAnswer,
    EchoAsk,
    EchoWait,
    GuestCard,
    GuestForm,
    HandoverCard,
    HandoverCode,
    PushKey,
    PushSubscription,
    Receipt,
    SessionCard,
    SignIn,
    StaffCard,
    UnitList,
)
from signaling.protocol.views import PublicUnit
from signaling.routes.answers import answer

_REF: Final = "#/components/schemas/{model}"
_MODELS: Final = (
    CourtCard,
    UnitList,
    PublicUnit,
    SessionCard,
    HandoverCode,
    GuestCard,
    GuestForm,
    HandoverCard,
    CheckCard,
    EchoAsk,
    EchoAnswer,
    EchoWait,
    SignIn,
    StaffCard,
    PushKey,
    PushSubscription,
    Receipt,
    Refused,
)


async def openapi(_request: web.Request) -> web.Response:
    """The description of every path below `/api/v1/`."""
    return answer(described())


@cache
def described() -> dict[str, Any]:
    """OpenAPI 3.1."""
    _, schemas = models_json_schema([(model, "serialization") for model in _MODELS], ref_template=_REF)
    role = {
        "name": "role",
        "in": "query",
        "required": True,
        "schema": {"enum": ["attendant", "supervisor", "interpreter"]},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Balcão",
            "version": "1",
            "description": "A refusal is a `Refused`; its `code` is stable. POST and DELETE need an `Origin` of ours.",
        },
        "paths": {
            "/api/v1/court": {"get": _operation("Whose counter this is", CourtCard)},
            "/api/v1/units": {"get": _operation("Every unit, open ones first", UnitList)},
            "/api/v1/units/{unit}": {"get": _operation("One unit", PublicUnit, _path("unit"), refused=("404",))},
            "/api/v1/session": {
                "get": _operation("What this browser holds", SessionCard),
                "post": _operation("Give this browser its capability", SessionCard, refused=("403",)),
                "delete": _operation("Forget this browser's ticket", SessionCard, refused=("403",)),
            },
            "/api/v1/handover": {
                "post": _operation("Codes for another device", HandoverCode, refused=("401", "403", "404")),
            },
            "/api/v1/handover/{code}": {
                "get": _operation("What a code would bring", HandoverCard, _path("code"), refused=("404", "429")),
                "post": _operation("Bring it", SessionCard, _path("code"), refused=("401", "403", "404", "409", "429")),
            },
            "/api/v1/guests/{code}": {
                "get": _operation("The call that a link invites to", GuestCard, _path("code"), refused=("404",)),
                "post": _operation(
                    "Take a seat in it",
                    GuestCard,
                    _path("code"),
                    body=GuestForm,
                    refused=("400", "401", "403", "404", "409"),
                ),
            },
            "/api/v1/staff/session": {
                "get": _operation("Who is signed in", StaffCard, role, refused=("401",)),
                "post": _operation("Sign in", StaffCard, body=SignIn, refused=("400", "401", "403", "429")),
                "delete": _operation("Sign out", None, role, refused=("403",)),
            },
            "/api/v1/check": {
                "post": _operation("Begin a check of devices and line", CheckCard, refused=("401", "403", "429"))
            },
            "/api/v1/check/echo": {
                "post": _operation(
                    "Have one's picture and sound sent back",
                    EchoAnswer,
                    body=EchoAsk,
                    later=EchoWait,
                    refused=("400", "401", "403", "404", "409", "503"),
                )
            },
            "/api/v1/push": {
                "get": _operation("The key to subscribe to reminders with", PushKey),
                "post": _operation(
                    "Reminders of the live ticket go there",
                    None,
                    body=PushSubscription,
                    refused=("400", "401", "403", "404"),
                ),
            },
            "/api/v1/receipts/{code}": {
                "get": _operation("What happened in a visit, signed", Receipt, _path("code"), refused=("404",))
            },
        },
        "components": {"schemas": schemas["$defs"]},
    }


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _operation(
    summary: str,
    model: type[BaseModel] | None,
    *parameters: dict[str, Any],
    body: type[BaseModel] | None = None,
    refused: tuple[str, ...] = (),
    later: type[BaseModel] | None = None,
) -> dict[str, Any]:
    done = (
        {"204": {"description": "Done"}} if model is None else {"200": {"description": "OK", "content": _json(model)}}
    )
    operation: dict[str, Any] = {
        "summary": summary,
        "responses": done | {status: {"description": "Refused", "content": _json(Refused)} for status in refused},
    }
    if later is not None:
        operation["responses"]["202"] = {"description": "Not yet: ask again", "content": _json(later)}
    if parameters:
        operation["parameters"] = list(parameters)
    if body is not None:
        operation["requestBody"] = {"required": True, "content": _json(body)}
    return operation


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model.__name__)}}}
