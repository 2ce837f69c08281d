"""The loader: what it generates, and that a script that breaks its own word is a crash, not an answer."""

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import CourtId
from rooms.redis.records import Kept, unit_from
from rooms.redis.script import Answer, Scripts, load, parse

COURT = CourtId("tjmt")
TEXT = """-- All is well.
-- KEYS: court
-- ARGV: principal request fingerprint name tier:int policy:json
-- RETURNS: done rev:int | unit_full waiting:int | request_reused
-- FLAGS: allow-oom

return { "done", 1 }
"""


class Says:
    """A client that answers every command alike and keeps what it was asked, and what it was told of."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[tuple[object, ...]] = []
        self.seen = 0

    def saw(self, court: str, n: int) -> None:
        assert court == COURT
        self.seen = max(n, self.seen)

    def has_met(self, _court):
        return True

    async def call(self, *command: object) -> object:
        self.asked.append(command)
        return self.answer


def test_a_script_is_its_header_and_its_body():
    script = parse("verb", TEXT)
    assert script.promise == "All is well."
    assert [(field.name, field.kind) for field in script.arguments][3:] == [
        ("name", ""),
        ("tier", "int"),
        ("policy", "json"),
    ]
    assert list(script.outcomes) == ["done", "unit_full", "request_reused"]
    assert script.source.startswith("#!lua flags=allow-oom\n")
    assert "local tier = tonumber(ARGV[5])" in script.source
    assert "local policy_text, policy = ARGV[6], cjson.decode(ARGV[6])" in script.source
    assert "({ done = true })" in script.source, "only what was accepted is kept"


async def test_a_verb_is_called_by_the_names_it_declares():
    says = Says(["now", "5", 0])
    assert (await Scripts(says).run("now", COURT)).number("now_ms") == 5
    assert says.asked == [("EVALSHA", load("now").sha, 1, "{tjmt}")]
    with pytest.raises(TypeError, match="now takes"):
        await Scripts(says).run("now", COURT, tier=1)


@pytest.mark.parametrize("answer", [["later", "5", 0], ["now", 0], ["now"], [], "now", None])
async def test_an_answer_that_is_not_declared_is_a_crash(answer: object):
    with pytest.raises(TypeError):
        await Scripts(Says(answer)).run("now", COURT)


async def test_a_refusal_carries_its_facts():
    says = Says(["too_many_attempts", "90", 7])
    with pytest.raises(RoomsError) as refused:
        await Scripts(says).run("attempt", COURT, account="ana", network="n", an_account=8, a_network=50)
    assert says.seen == 7, "a refusal may have told an event"
    assert (refused.value.code, refused.value.details) == (Code.TOO_MANY_ATTEMPTS, {"retry_s": 90})


def test_a_field_is_of_its_kind_or_a_crash():
    answer = Answer("done", {"name": "a", "rev": 1, "rows": []})
    assert (answer.text("name"), answer.number("rev"), answer.list("rows")) == ("a", 1, [])
    for wrong in (lambda: answer.text("rev"), lambda: answer.number("name"), lambda: answer.list("rev")):
        with pytest.raises(TypeError, match=r"^done\."):
            wrong()


def test_a_record_that_is_no_row_is_a_crash():
    with pytest.raises(TypeError, match="not a list"):
        unit_from("civel")


def test_an_empty_field_is_none():
    kept = Kept.of(["call", "", "rev", "3"])
    assert (kept.maybe("call"), kept.maybe("seen_ms"), kept.maybe_number("rev"), kept.at("call")) == (
        None,
        None,
        3,
        None,
    )
