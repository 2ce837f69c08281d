"""A log line names events and ids, never people."""

import ast
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from signaling.logs import FIELDS, configure_logs, get_log
from signaling.settings import LogFormat, LogLevel

ROOT = Path(__file__).parents[2]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    configure_logs(LogLevel.INFO, LogFormat.JSON, stream)
    yield stream
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_ids_codes_and_numbers_are_written(written):
    get_log(court="tjmt").info("ticket_called", ticket="t-1", attempt=2)
    [line] = lines(written)
    assert (line["event"], line["court"], line["ticket"], line["attempt"]) == ("ticket_called", "tjmt", "t-1", 2)


def test_a_field_off_the_list_is_dropped_and_named(written):
    get_log().info("joined", ticket="t-1", name="Maria")
    [line] = lines(written)
    assert line["dropped"] == ["name"]
    assert "Maria" not in written.getvalue()


def test_a_sentence_in_an_allowed_field_is_dropped(written):
    get_log().info("refused", reason="Maria da Silva pediu")
    [line] = lines(written)
    assert line["dropped"] == ["reason"]
    assert "Maria" not in written.getvalue()


def test_an_exception_tells_type_and_place_but_not_its_words(written):
    def fail() -> None:
        try:
            raise ValueError("CPF de Maria")
        except ValueError as first:
            raise LookupError("Maria") from first

    try:
        fail()
    except LookupError:
        get_log().exception("crashed")
    [line] = lines(written)
    assert [each["type"] for each in line["exception"]] == ["builtins.LookupError", "builtins.ValueError"]
    assert any("fail" in frame for frame in line["exception"][0]["frames"])
    assert "Maria" not in written.getvalue()


def test_a_library_is_heard_without_the_values_it_was_given(written):
    logging.getLogger("some.library").warning("cannot reach %s", "maria@exemplo.jus.br")
    logging.getLogger("some.library").warning("Maria is gone")
    logging.getLogger("some.library").info("too quiet to be heard")
    first, second = lines(written)
    assert (first["library"], first["template"]) == ("some.library", "cannot reach %s")
    assert second["template"] is None
    assert "aria" not in written.getvalue()


def test_lines_under_the_chosen_level_are_not_written(written):
    get_log().debug("quiet")
    assert written.getvalue() == ""


def lines_of_the_code():
    """Every call of a log in our code: (place, first argument, names of the fields)."""
    for package in ("rooms", "signaling"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name(id="log" | "_log" | "LOG"), attr=level),
                        args=[first, *_],
                        keywords=fields,
                    ) if level in {"debug", "info", "warning", "error", "exception"}:
                        yield f"{file.relative_to(ROOT)}:{node.lineno}", first, {field.arg for field in fields}


def test_every_line_of_the_code_has_a_constant_message_and_allowed_fields():
    found = list(lines_of_the_code())
    assert len(found) > 5
    for place, first, fields in found:
        assert isinstance(first, ast.Constant), place
        assert fields <= FIELDS | {"exc_info"}, place


def test_console_lines_are_for_reading():
    stream = io.StringIO()
    configure_logs(LogLevel.INFO, LogFormat.CONSOLE, stream)
    get_log().info("ready", port=8080)
    structlog.reset_defaults()
    assert "ready" in stream.getvalue()
    assert "port=8080" in stream.getvalue()
