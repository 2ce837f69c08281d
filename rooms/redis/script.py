"""Loads the scripts: one file, one verb; the header is the signature and is checked against every call.

    -- <what is true afterwards>
    -- KEYS: court
    -- ARGV: <names>; `:int` a number, `:json` decoded (its text is `<name>_text`); `-` for none
    -- RETURNS: <word> <names> | <word> <names> …     `:int` a number, `:list` an array
    -- USES: <fragments>                              `_<name>.lua`, in this order, behind the prelude; a fragment's own
                                                      first line may name what it stands on
    -- FLAGS: <flags of the shebang>

The loader prepends the shebang, `_prelude.lua`, the fragments and the arguments as locals. A script whose first
arguments are `principal request fingerprint` is idempotent: its accepted answer is kept ten minutes, a refusal is not,
because a refusal has changed nothing that the same request must not try again. To every answer the number of the last
event that the script told is appended (0: none): whoever passes it on knows of the event, though the store comes back
without it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from redis.exceptions import NoScriptError

from rooms.errors import Code, refusal
from rooms.ids import CourtId
from rooms.redis.client import Client

ONCE: Final = ("principal", "request", "fingerprint")
ADOPT: Final = "adopt"
KEPT_MS: Final = 600_000
REFUSALS: Final = frozenset(code.value for code in Code)
FLAGS: Final = frozenset({"allow-oom", "no-writes"})
_HEADER: Final = re.compile(r"-- (KEYS|ARGV|RETURNS|USES|FLAGS): (.+)")
_NAME: Final = re.compile(r"([a-z_]+)(?::(int|json|list))?")


@dataclass(frozen=True, slots=True)
class Field:
    """A named argument or result, with its kind (`""` is text)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Script:
    """One verb as its file declares it."""

    verb: str
    promise: str
    arguments: tuple[Field, ...]
    outcomes: Mapping[str, tuple[Field, ...]]
    source: str
    sha: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a script answered: one of its declared words and that outcome's fields."""

    word: str
    fields: Mapping[str, object]

    def text(self, name: str) -> str:
        """A field that is text."""
        value = self.fields[name]
        if not isinstance(value, str):
            raise TypeError(f"{self.word}.{name} is not text")
        return value

    def number(self, name: str) -> int:
        """A field that is declared `:int`."""
        value = self.fields[name]
        if not isinstance(value, int):
            raise TypeError(f"{self.word}.{name} is not a number")
        return value

    def list(self, name: str) -> list[object]:
        """A field that is declared `:list`."""
        value = self.fields[name]
        if not isinstance(value, list):
            raise TypeError(f"{self.word}.{name} is not a list")
        return value


class Scripts:
    """Runs the verbs of a court."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def run(self, verb: str, court: CourtId, **arguments: str | int) -> Answer:
        """One script, its accepted answer.

        Raises:
            RoomsError: the outcome is a refusal.
            UnavailableError: STORE_AWAY, STORE_FULL.

        """
        script = load(verb)
        if set(arguments) != {field.name for field in script.arguments}:
            raise TypeError(f"{verb} takes {[field.name for field in script.arguments]}, not {sorted(arguments)}")
        # plain text: redis-py writes an IntEnum by its repr
        values = [format(arguments[field.name]) for field in script.arguments]
        tag = f"{{{court}}}"
        if verb != ADOPT and not self._client.has_met(court):
            await self._client.greeted(court)
        try:
            raw = await self._client.call("EVALSHA", script.sha, 1, tag, *values)
        except NoScriptError:
            # Nothing happens on a store that came back older before its epoch has risen. (`adopt` is how it rises.)
            if verb != ADOPT:
                await self._client.greeted(court)
            raw = await self._client.call("EVAL", script.source, 1, tag, *values)
        answer, happened = _answer(script, raw)
        self._client.saw(court, max(happened, answer.number("n") if "n" in answer.fields else 0))
        if answer.word in REFUSALS:
            raise refusal(
                Code(answer.word),
                **{name: value for name, value in answer.fields.items() if isinstance(value, str | int)},
            )
        return answer


@cache
def load(verb: str) -> Script:
    """The script of that file, its header checked.

    Raises:
        ValueError: the header is not a signature.

    """
    return parse(verb, _lua(verb))


def parse(verb: str, text: str) -> Script:
    """A script from its file's text.

    Raises:
        ValueError: the header is not a signature.

    """
    lines = text.splitlines()
    promise = lines[0].removeprefix("-- ")
    header = {match[1]: match[2] for line in lines if (match := _HEADER.fullmatch(line))}
    if not lines[0].startswith("-- ") or header.keys() < {"KEYS", "ARGV", "RETURNS"} or header["KEYS"] != "court":
        raise ValueError(f"{verb}: a header is a promise, KEYS: court, ARGV and RETURNS")
    arguments = () if header["ARGV"] == "-" else _fields(verb, header["ARGV"])
    outcomes = dict(_outcome(verb, part) for part in header["RETURNS"].split(" | "))
    flags = header.get("FLAGS", "").split()
    if not FLAGS.issuperset(flags):
        raise ValueError(f"{verb}: unknown flags {flags}")
    once = tuple(field.name for field in arguments[:3]) == ONCE
    if once is not (Code.REQUEST_REUSED in outcomes):
        raise ValueError(f"{verb}: idempotent scripts, and no others, return request_reused")
    source = "\n".join(
        [
            f"#!lua flags={','.join(flags)}" if flags else "#!lua",
            _lua("_prelude"),
            *_fragments(header.get("USES", "").split()),
            _locals(arguments),
            "local function verb()",
            text,
            "end",
            _once(verb, outcomes) if once else "local answer = verb()",
            "answer[#answer + 1] = happened",
            "return answer",
        ]
    )
    return Script(verb, promise, arguments, outcomes, source, sha_of(source))


def sha_of(source: str) -> str:
    """What the server knows a script by."""
    return hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()


def verbs() -> list[str]:
    """Every script there is."""
    names = (entry.name for entry in files("rooms.redis").joinpath("lua").iterdir())
    return sorted(name.removesuffix(".lua") for name in names if name.endswith(".lua") and not name.startswith("_"))


def _lua(name: str) -> str:
    return files("rooms.redis").joinpath("lua", f"{name}.lua").read_text("utf-8")


def _fragments(names: Iterable[str]) -> Iterable[str]:
    """The fragments' texts, each behind those that it uses, none twice."""
    found: dict[str, str] = {}
    for name in names:
        text = _lua(f"_{name}")
        match = _HEADER.fullmatch(text.splitlines()[0])
        for used in (*(match[2].split() if match else ()), name):
            found.setdefault(used, _lua(f"_{used}"))
    return found.values()


def _fields(verb: str, text: str) -> tuple[Field, ...]:
    matches = [_NAME.fullmatch(word) for word in text.split()]
    if None in matches:
        raise ValueError(f"{verb}: no names: {text}")
    return tuple(Field(match[1], match[2] or "") for match in matches if match)


def _outcome(verb: str, text: str) -> tuple[str, tuple[Field, ...]]:
    word, *rest = text.split()
    return word, _fields(verb, " ".join(rest))


def _locals(arguments: tuple[Field, ...]) -> str:
    lines = []
    for index, field in enumerate(arguments, start=1):
        match field.kind:
            case "int":
                lines.append(f"local {field.name} = tonumber(ARGV[{index}])")
            case "json":
                lines.append(f"local {field.name}_text, {field.name} = ARGV[{index}], cjson.decode(ARGV[{index}])")
            case _:
                lines.append(f"local {field.name} = ARGV[{index}]")
    return "\n".join(lines)


def _once(verb: str, outcomes: Mapping[str, tuple[Field, ...]]) -> str:
    accepted = ", ".join(f"{word} = true" for word in outcomes if word not in REFUSALS)
    return f"""
local done = key("done", principal, "{verb}", request)
local kept, answer = redis.call("GET", done), nil
if kept then
  kept = cjson.decode(kept)
  answer = kept[1] == fingerprint and kept[2] or {{ "request_reused" }}
else
  answer = verb()
  if ({{ {accepted} }})[answer[1]] then
    redis.call("SET", done, cjson.encode({{ fingerprint, answer }}), "PX", {KEPT_MS})
  end
end
"""


def answered(verb: str, row: object) -> Answer:
    """What this verb would have answered, as another script says it among more."""
    return _named(load(verb), row)


def _answer(script: Script, raw: object) -> tuple[Answer, int]:
    """What the script said, and the number of the last event that it told (0: none)."""
    if not isinstance(raw, list) or not raw:
        raise TypeError(f"{script.verb} answered what it does not declare: {raw!r}")
    return _named(script, raw[:-1]), raw[-1]


def _named(script: Script, raw: object) -> Answer:
    if not isinstance(raw, list) or not raw or raw[0] not in script.outcomes:
        raise TypeError(f"{script.verb} answered what it does not declare: {raw!r}")
    word, values = raw[0], raw[1:]
    fields = script.outcomes[word]
    if len(values) != len(fields):
        raise TypeError(f"{script.verb} answered {word} with {len(values)} fields instead of {len(fields)}")
    return Answer(word, {field.name: _value(field, value) for field, value in zip(fields, values, strict=True)})


def _value(field: Field, value: object) -> object:
    return int(value) if field.kind == "int" and isinstance(value, str | int) else value
