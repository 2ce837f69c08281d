"""Every script keeps its header's promises, and every outcome it declares has a test."""

import re
from pathlib import Path

import pytest

from rooms.errors import Code
from rooms.redis.script import REFUSALS, load, parse, verbs

HERE = Path(__file__).parent


def marked() -> set[tuple[str, str]]:
    """The outcomes that the tests of this folder are marked for."""
    texts = (path.read_text("utf-8") for path in HERE.glob("test_*.py"))
    return {match for text in texts for match in re.findall(r'@outcome\("(\w+)", "(\w+)"\)', text)}


def test_every_declared_outcome_has_a_test():
    declared = {(verb, word) for verb in verbs() for word in load(verb).outcomes}
    assert marked() == declared


@pytest.mark.parametrize("verb", verbs())
def test_a_script_returns_what_it_declares_and_nothing_else(verb: str):
    script = load(verb)
    # every literal answer of the file itself; `request_reused` is the loader's
    body = (HERE.parents[1] / "rooms" / "redis" / "lua" / f"{verb}.lua").read_text("utf-8")
    answers = set(re.findall(r'(?:return|or) \{\s*"(\w+)"', body)) | set(
        re.findall(r'one_(?:ticket|desk|guest)\("(\w+)"', body)
    )
    assert answers == script.outcomes.keys() - {Code.REQUEST_REUSED}


TWO_ANSWERS = {
    "session": ["session", "none"],
    "hold_recorder": ["held", "elsewhere"],
    "hold_pusher": ["held", "elsewhere"],
    "reminder": ["reminder", "none"],
    "reconcile": ["reconciled", "not_yet"],
}
"""Scripts with two answers that are both no refusal."""


@pytest.mark.parametrize("verb", verbs())
def test_the_first_outcome_is_the_accepted_one_and_every_other_is_a_code_of_a_refusal(verb: str):
    words = list(load(verb).outcomes)
    assert [word for word in words if word not in REFUSALS] == TWO_ANSWERS.get(verb, words[:1])


@pytest.mark.parametrize("verb", verbs())
def test_a_script_that_only_reads_does_not_grant_an_outage(verb: str):
    """`_outage` writes before the verb begins; only after an outage would anybody notice."""
    script = load(verb)
    assert "no-writes" not in script.source.splitlines()[0] or "credited_ms" not in script.source


@pytest.mark.parametrize("verb", verbs())
def test_only_words_are_refused_for_want_of_memory(verb: str):
    flags = load(verb).source.splitlines()[0]
    assert flags == {"signal": "#!lua"}.get(verb, flags)
    assert verb == "signal" or "allow-oom" in flags or "no-writes" in flags


HEADER = "-- All is well.\n-- KEYS: court\n-- ARGV: -\n-- RETURNS: done\n"


@pytest.mark.parametrize(
    "text",
    [
        'return { "done" }',
        HEADER.replace("-- KEYS: court\n", ""),
        HEADER.replace("court", "unit"),
        HEADER.replace("ARGV: -", "ARGV: Ticket"),
        HEADER.replace("done", "done x:float"),
        HEADER + "-- FLAGS: no-cluster\n",
        HEADER.replace("ARGV: -", "ARGV: principal request fingerprint"),
        HEADER.replace("done", "done | request_reused"),
    ],
)
def test_a_header_that_is_no_signature_is_refused(text: str):
    with pytest.raises(ValueError, match="verb"):
        parse("verb", text)
