"""What pages say of quality: within bounds, and with no room for an address."""

import json
import re

import pytest
from pydantic import BaseModel, ValidationError

from signaling.protocol.commands import VisitorAsk
from signaling.protocol.quality import Found, Measure

FOUND = {"camera": True, "microphone": True, "path": "direct", "round_trip_ms": 30, "lost_percent": 0}
FOUND |= {"kbit_per_s": None}
MEASURE = {"path": "relay", "round_trip_ms": 30, "worst_round_trip_ms": 400, "lost_percent": 0, "restarts": 1}
MEASURE |= {"worst_lost_percent": 12, "ice_ms": 40, "connected_ms": 90, "sound_ms": 210, "picture_ms": None}
SAYS = {"checked": {"type": "checked", "ago_s": 0, "found": FOUND}}
SAYS |= {"measured": {"type": "measured", "call": "c1", "measure": MEASURE}}


def ask(command: dict[str, object]) -> VisitorAsk:
    return VisitorAsk.model_validate_json(json.dumps({"id": "r1", "command": command}))


@pytest.mark.parametrize("name", SAYS)
def test_what_a_page_found_is_taken(name: str):
    assert ask(SAYS[name]).command.type == name


@pytest.mark.parametrize("changed", [{"path": "192.0.2.7"}, {"round_trip_ms": -1}, {"lost_percent": 101}])
@pytest.mark.parametrize(("name", "part"), [("checked", "found"), ("measured", "measure")])
def test_what_no_page_could_have_found_is_refused(name: str, part: str, changed: dict[str, object]):
    with pytest.raises(ValidationError):
        ask(SAYS[name] | {part: {**SAYS[name][part], **changed}})


@pytest.mark.parametrize("changed", [{"restarts": 5_000}, {"ice_ms": 10**9}, {"address": "192.0.2.7"}])
def test_no_more_than_a_call_can_be_told_of_it(changed: dict[str, object]):
    with pytest.raises(ValidationError):
        ask(SAYS["measured"] | {"measure": MEASURE | changed})


@pytest.mark.parametrize("message", [Found, Measure])
def test_nothing_of_it_is_free_text(message: type[BaseModel]):
    for name, field in message.model_json_schema()["properties"].items():
        if name == "gauge":
            assert not re.fullmatch(field["pattern"], "192.0.2.7")
            continue
        kinds = {choice.get("type", choice.get("$ref")) for choice in field.get("anyOf", [field])}
        assert kinds <= {"boolean", "integer", "null", "#/$defs/Path"}, name
