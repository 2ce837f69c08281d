"""The wire for others: TypeScript types and the tables of `PROTOCOL.md`, written from the models.

`python -m signaling.protocol.export` writes them, `--check` fails when one is stale. A generator of our own, because
the shapes are few and must be exact: discriminated unions narrow, and each set of codes is a constant too.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from signaling.protocol import base, commands, http, practice, reminders, signals, views

Schema = Mapping[str, Any]

ROOT: Final = Path(__file__).resolve().parents[2]
TYPES: Final = ROOT / "web" / "src" / "protocol" / "types.ts"
PROSE: Final = ROOT / "signaling" / "protocol" / "PROTOCOL.md"
MARKER: Final = "<!-- below: written by `python -m signaling.protocol.export`, do not edit -->"

SECTIONS: Final[Mapping[str, tuple[type[BaseModel], ...]]] = {
    "Handshake": (commands.Hello,),
    "What pages ask": (
        commands.VisitorAsk,
        commands.AttendantAsk,
        commands.SupervisorAsk,
        commands.InterpreterAsk,
        commands.GuestAsk,
    ),
    "Answers": (commands.Accepted, commands.Refused),
    "Views": (
        views.TicketView,
        views.DeskView,
        views.BoardView,
        views.InterpreterView,
        views.GuestView,
        views.Move,
        views.Goodbye,
    ),
    "Signals": (signals.SignalEntry,),
    "HTTP": (
        http.CourtCard,
        http.UnitList,
        http.SessionCard,
        http.HandoverCode,
        http.HandoverCard,
        http.GuestCard,
        http.GuestForm,
        http.CheckCard,
        http.EchoAsk,
        http.EchoAnswer,
        http.EchoWait,
        http.PushKey,
        http.PushSubscription,
        http.SignIn,
        http.StaffCard,
        http.Receipt,
    ),
    "Reminders": (reminders.PushMessage,),
    "Practice": (practice.PracticeCard, practice.PracticeAsk),
}
"""The roots of the wire; what they hold follows them."""

ASKED: Final = "What pages ask"
"""Of what pages only write, a field that has a default may be left out, and they leave it out where it says just that:
a server of the release before, met during an upgrade, refuses a field that it does not know."""

UNIONS: Final[Mapping[str, Any]] = {
    "VisitorCommand": commands.VisitorCommand,
    "AttendantCommand": commands.AttendantCommand,
    "SupervisorCommand": commands.SupervisorCommand,
    "InterpreterCommand": commands.InterpreterCommand,
    "GuestCommand": commands.GuestCommand,
    "Result": commands.Result,
    "Answer": commands.Answer,
    "Sent": signals.Sent,
    "Said": signals.Said,
    "View": views.View,
    "EchoTurn": http.EchoTurn,
}
"""Names that pydantic's schema does not keep: a union is known by its members."""


def definitions() -> dict[str, Schema]:
    """The JSON schema of every message, by class name, roots and parts together."""
    roots = [model for models in SECTIONS.values() for model in models]
    _, schema = models_json_schema([(model, "serialization") for model in roots])
    found: dict[str, Schema] = schema["$defs"]
    return found


def members(union: Any) -> tuple[str, ...]:
    """The class names of an annotated union."""
    return tuple(member.__name__ for member in get_args(get_args(union)[0]))


_NAMES: Final = {frozenset(members(union)): name for name, union in UNIONS.items()}


def typescript(found: Mapping[str, Schema]) -> str:
    """The text of `types.ts`."""
    lines = [
        "// Written by `python -m signaling.protocol.export` from signaling/protocol/*.py. Do not edit.",
        "",
        f"export const MAX_MESSAGE_BYTES = {base.MAX_MESSAGE_BYTES};",
        "",
        *_constants("Namespace", list(base.Namespace), base.Namespace.__doc__),
        *_constants("EventName", list(base.EventName), base.EventName.__doc__),
    ]
    only_written = _only_written(found)
    for name, schema in found.items():
        lines += (
            _constants(name, schema["enum"], schema.get("description"))
            if "enum" in schema
            else _interface(name, schema, only_written=name in only_written)
        )
    for name, union in UNIONS.items():
        lines += [f"export type {name} = {' | '.join(members(union))};", ""]
    lines += [
        "/** What each namespace asks and is shown. */",
        "export interface Wire {",
        '  readonly "/visitor": { readonly ask: VisitorAsk; readonly view: TicketView };',
        '  readonly "/attendant": { readonly ask: AttendantAsk; readonly view: DeskView };',
        '  readonly "/supervisor": { readonly ask: SupervisorAsk; readonly view: BoardView };',
        '  readonly "/interpreter": { readonly ask: InterpreterAsk; readonly view: InterpreterView };',
        '  readonly "/guest": { readonly ask: GuestAsk; readonly view: GuestView };',
        "}",
        "",
        "/** The longest text that the server takes, by message and field. */",
        f"export const LIMITS = {json.dumps(_limits(found), indent=2)} as const;",
        "",
    ]
    return "\n".join(lines)


def _only_written(found: Mapping[str, Schema]) -> set[str]:
    reached = {title: set(_reached([root.__name__ for root in roots], found)) for title, roots in SECTIONS.items()}
    return reached.pop(ASKED).difference(*reached.values())


def tables(found: Mapping[str, Schema]) -> str:
    """The generated part of `PROTOCOL.md`: every message once, in the order of the sections that reach it."""
    told: set[str] = set()
    lines: list[str] = []
    for title, roots in SECTIONS.items():
        lines += [f"## {title}", ""]
        for name in _reached([root.__name__ for root in roots], found):
            if name not in told:
                told.add(name)
                lines += _table(name, found[name])
    return "\n".join(lines).rstrip() + "\n"


def stale() -> list[Path]:
    """The files that do not say what the models say."""
    return [path for path, text in _wanted().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def _wanted() -> dict[Path, str]:
    found = definitions()
    prose = PROSE.read_text(encoding="utf-8").split(MARKER)[0].rstrip() if PROSE.exists() else "# The wire"
    return {TYPES: typescript(found), PROSE: f"{prose}\n\n{MARKER}\n\n{tables(found)}"}


def _constants(name: str, values: Iterable[str | int], doc: str | None) -> list[str]:
    constant = "EVERY_" + re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper()
    return [
        *_comment(doc, ""),
        f"export const {constant} = [{', '.join(json.dumps(value) for value in values)}] as const;",
        f"export type {name} = (typeof {constant})[number];",
        "",
    ]


def _interface(name: str, schema: Schema, *, only_written: bool) -> list[str]:
    lines = [*_comment(schema.get("description"), ""), f"export interface {name} {{"]
    for field, value in schema.get("properties", {}).items():
        mark = "?" if only_written and "default" in value and "const" not in value else ""
        lines += [*_comment(value.get("description"), "  "), f"  readonly {field}{mark}: {_type(value)};"]
    return [*lines, "}", ""]


def _comment(doc: str | None, indent: str) -> list[str]:
    if not doc:
        return []
    text = [line.strip() for line in doc.strip().splitlines()]
    if len(text) == 1:
        return [f"{indent}/** {text[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in text), f"{indent} */"]


def _type(schema: Schema) -> str:
    """One schema as a TypeScript type."""
    match schema:
        case {"$ref": _}:
            text = _name(schema)
        case {"const": value}:
            text = json.dumps(value)
        case {"enum": values}:
            text = " | ".join(json.dumps(value) for value in values)
        case {"anyOf": choices} | {"oneOf": choices}:
            known = _NAMES.get(frozenset(_name(choice) for choice in choices))
            text = known or " | ".join(_type(choice) for choice in choices)
        case {"type": "array", "items": items}:
            inner = _type(items)
            text = f"readonly ({inner})[]" if " " in inner else f"readonly {inner}[]"
        case {"type": "object", "additionalProperties": inner}:
            text = f"Readonly<Record<string, {_type(inner)}>>"
        case {"type": "integer"}:
            text = "number"
        case _:
            text = str(schema["type"])
    return text


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _limits(found: Mapping[str, Schema]) -> dict[str, dict[str, int]]:
    limits: dict[str, dict[str, int]] = {}
    for name, schema in found.items():
        for field, value in schema.get("properties", {}).items():
            for choice in (value, *value.get("anyOf", ())):
                if "maxLength" in choice:
                    limits.setdefault(name, {})[field] = choice["maxLength"]
    return limits


def _reached(roots: Iterable[str], found: Mapping[str, Schema]) -> Iterator[str]:
    """The roots and all they hold, breadth first, each once."""
    queue = list(roots)
    seen = set(queue)
    while queue:
        name = queue.pop(0)
        yield name
        for inner in re.findall(r'"\$ref": "#/\$defs/(\w+)"', json.dumps(found[name])):
            if inner not in seen:
                seen.add(inner)
                queue.append(inner)


def _table(name: str, schema: Schema) -> list[str]:
    doc = " ".join(str(schema.get("description", "")).split())
    if "enum" in schema:
        return [f"### {name}", "", doc, "", " · ".join(f"`{value}`" for value in schema["enum"]), ""]
    fields = schema.get("properties", {})
    lines = [f"### {name}", "", doc, ""]
    if fields:
        lines += ["| field | type | meaning |", "| --- | --- | --- |"]
    for field, value in fields.items():
        meaning = " ".join(str(value.get("description", "")).split())
        kind = _type(value).replace("|", "\\|")
        lines.append(f"| `{field}` | `{kind}`{_bounds(value)} | {meaning} |")
    return [*lines, ""]


def _bounds(schema: Schema) -> str:
    """The limits of a field in words."""
    told = []
    for choice in (schema, *schema.get("anyOf", ())):
        told += [
            f"{word} {choice[key]}"
            for key, word in (("maxLength", "up to"), ("minimum", "from"), ("maximum", "to"), ("maxItems", "at most"))
            if key in choice
        ]
        if "pattern" in choice:
            told.append(f"`{choice['pattern']}`".replace("|", "\\|"))
    return f", {', '.join(told)}" if told else ""


def main() -> int:
    """Write the files, or with `--check` say which are stale (exit code 1)."""
    parser = argparse.ArgumentParser(prog="python -m signaling.protocol.export", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is stale")
    if parser.parse_args().check:
        behind = stale()
        for path in behind:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale: run `python -m signaling.protocol.export`\n")
        return 1 if behind else 0
    for path, text in _wanted().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
