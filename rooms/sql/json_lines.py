"""Where each value of a JSON text stands, so that a refusal can name the line."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

Path = tuple[str | int, ...]
"""Keys and indexes from the top: `("units", 3, "phone")`."""

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


class RepeatedKeyError(ValueError):
    """An object has a key twice: JSON readers keep the last and say nothing."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(path, line)
        self.path = path
        self.line = line


def lines_of(text: str) -> Mapping[Path, int]:
    """The line (from 1) of each value of a well-formed JSON text; of an object's members, the line of the key.

    Raises:
        RepeatedKeyError: at the second of two equal keys.

    """
    lines: dict[Path, int] = {}
    _walk(_tokens(text), (), lines)
    return lines


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, counted = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield match.group(), line


def _walk(
    tokens: Iterator[tuple[str, int]], path: Path, lines: dict[Path, int], first: tuple[str, int] | None = None
) -> None:
    mark, line = first or next(tokens)
    lines.setdefault(path, line)
    if mark == "{":
        while (token := next(tokens))[0] != "}":
            if token[0] == ",":
                continue
            inner = (*path, json.loads(token[0]))
            if inner in lines:
                raise RepeatedKeyError(inner, token[1])
            lines[inner] = token[1]
            next(tokens)  # the colon
            _walk(tokens, inner, lines)
    elif mark == "[":
        place = 0
        while (token := next(tokens))[0] != "]":
            if token[0] == ",":
                continue
            _walk(tokens, (*path, place), lines, token)
            place += 1
