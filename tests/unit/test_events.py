"""Every event is declared, and the scripts write what is declared."""

import re
from pathlib import Path

import rooms.redis
from rooms.model.events import FACTS, MOVE, EventKind

SCRIPTS = Path(rooms.redis.__file__).parent / "lua"
NAMED = {"unit", "ticket", "attendant", "call"}
"""Fields of an entry that are fields of `Event` itself."""
EMITTED = re.compile(r'(?P<how>emit|moved)\("(?P<kind>[a-z_.]+)", (?:[^{}]*, )?\{(?P<facts>.*?)\}\)', re.DOTALL)
FACT = re.compile(r'(?:^|,)\s*(?:\["(?P<quoted>\w+)"\]|(?P<plain>\w+)) = ')


def emitted() -> list[tuple[str, EventKind, set[str]]]:
    """Of each `emit` of each script: the script, the kind, the facts."""
    return [
        (
            script.name,
            EventKind(event["kind"]),
            {fact["quoted"] or fact["plain"] for fact in FACT.finditer(event["facts"])}
            | (MOVE if event["how"] == "moved" else set()),
        )
        for script in sorted(SCRIPTS.glob("*.lua"))
        for event in EMITTED.finditer(script.read_text(encoding="utf-8"))
    ]


def test_every_kind_declares_its_facts_and_none_could_be_a_person():
    assert set(FACTS) == set(EventKind)
    assert frozenset().union(*FACTS.values()).isdisjoint({"name", "oab", "case_number", "document", "text", "body"})


def test_the_scripts_write_what_is_declared():
    for script, kind, facts in emitted():
        assert facts - NAMED == FACTS[kind], (script, kind)


def test_every_kind_is_written_by_a_script_and_every_emit_was_read():
    assert {kind for _, kind, _ in emitted()} == set(EventKind)
    texts = [script.read_text(encoding="utf-8") for script in SCRIPTS.glob("*.lua")]
    calls = sum(text.count('emit("') + text.count('moved("') for text in texts)
    assert len(emitted()) == calls
