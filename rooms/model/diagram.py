"""The diagram and the table of a ticket's moves in `rooms/README.md`, written from `rooms.model.transitions`.

`python -m rooms.model.diagram` writes them; a test fails when they are stale.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from rooms.model.ticket import LIVE
from rooms.model.transitions import TABLE, Move

README: Final = Path(__file__).resolve().parents[1] / "README.md"
BEGIN: Final = "<!-- moves: written by `python -m rooms.model.diagram`, do not edit -->\n"
END: Final = "<!-- end of moves -->\n"


def text(table: Iterable[Move] = TABLE) -> str:
    """What stands between the markers: a diagram (Mermaid), then a row for each move."""
    rows = tuple(table)
    return "\n".join(["", "```mermaid", *_diagram(rows), "```", "", *_table(rows), "", ""])


def written(readme: str) -> str:
    """The README with the current text between its markers.

    Raises:
        ValueError: a marker is missing.

    """
    before, rest = _split(readme, BEGIN)
    _, after = _split(rest, END)
    return before + BEGIN + text() + END + after


def main() -> None:
    """Write the README."""
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")


def _split(whole: str, marker: str) -> tuple[str, str]:
    before, found, after = whole.partition(marker)
    if not found:
        raise ValueError(f"rooms/README.md has no line {marker.strip()}")
    return before, after


def _diagram(rows: tuple[Move, ...]) -> Iterator[str]:
    """One arrow for each pair of states, with its causes."""
    yield "stateDiagram-v2"
    pairs = sorted(rows, key=lambda row: (_rank(rows, row), row.to))
    for (source, to), moves in groupby(pairs, key=lambda row: (row.source, row.to)):
        causes = ", ".join(dict.fromkeys(move.cause for move in moves))
        yield f"    {_shown(source)} --> {_shown(to)}: {causes}"
    for end in dict.fromkeys(row.to for row in pairs if row.to not in LIVE):
        yield f"    {_shown(end)} --> [*]"


def _rank(rows: tuple[Move, ...], row: Move) -> int:
    """Where the row's first state first stands in the table."""
    return next(index for index, other in enumerate(rows) if other.source == row.source)


def _table(rows: tuple[Move, ...]) -> Iterator[str]:
    yield "| from | cause | to | event | by | place | when |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for row in rows:
        words = (_shown(row.source), row.cause, _shown(row.to), row.event, row.actor, row.effect)
        yield "| " + " | ".join(["–" if word == "[*]" else f"`{word}`" for word in words]) + f" | {row.when} |"


def _shown(state: str | None) -> str:
    return "[*]" if state is None else str(state)


if __name__ == "__main__":
    main()
