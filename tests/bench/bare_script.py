"""The script that a verb is compared with: the commands of one real run of it, without the thinking between them.

They are watched while the store executes them, so both touch the same keys, as often, with values of the same size.
"""

import asyncio
import re
from collections.abc import Awaitable, Mapping, Sequence

from redis.asyncio import Redis

from rooms.ids import CourtId
from rooms.redis.script import load

WATCHED_WITHIN_S = 30
LINE_BYTES = 2**20
_IN_A_SCRIPT = re.compile(r"\+[\d.]+ \[\d+ lua\] (.*)")
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPED = re.compile(r"\\(x[0-9a-f]{2}|.)")


async def commands_of(verb: str, redis: Redis, socket: str, run: Awaitable[object]) -> list[list[str]]:
    """Every command that the script of `verb` executes while it is `run` once, on the store at this unix socket.

    Words are quoted and escaped as MONITOR prints them.
    """
    await redis.script_load(load(verb).source)  # else its first run is an EVAL
    reader, writer = await asyncio.open_unix_connection(socket, limit=LINE_BYTES)
    try:
        writer.write(b"MONITOR\r\n")
        await reader.readline()
        running = asyncio.ensure_future(run)
        async with asyncio.timeout(WATCHED_WITHIN_S):
            # A script's commands follow its own line, and nobody else's come between: it is atomic.
            while f'"EVALSHA" "{load(verb).sha}"' not in (await reader.readline()).decode():
                pass
            found = []
            while inside := _IN_A_SCRIPT.fullmatch((await reader.readline()).decode().rstrip("\r\n")):
                found.append(_WORD.findall(inside[1]))
            await running
    finally:
        writer.close()
    assert found, f"{verb} did nothing"
    return found


def bare_script(commands: Sequence[Sequence[str]], court: CourtId, bare: CourtId, ids: Mapping[str, str]) -> str:
    """Lua that executes them in the keys of `bare`; the value of each of `ids` is an argument, in their order."""
    arguments = {value: f'" .. ARGV[{index}] .. "' for index, value in enumerate(ids.values(), start=1)}
    known = re.compile("|".join(re.escape(value) for value in sorted(arguments, key=len, reverse=True)))

    def literal(word: str) -> str:
        word = _ESCAPED.sub(_lua_escape, word).replace(f"{{{court}}}", f"{{{bare}}}")
        return known.sub(lambda found: arguments[found[0]], word)

    calls = [f"redis.call({', '.join(literal(word) for word in command)})" for command in commands]
    return "\n".join(["#!lua", *calls, f'return {{ "ringing", {", ".join(_given(ids))} }}'])


async def copy_court(redis: Redis, court: CourtId, bare: CourtId) -> None:
    """The keys of `bare` are those of `court`, as they are now."""
    async for key in redis.scan_iter(f"{{{court}}}:*", count=1000):
        await redis.copy(key, key.replace(f"{{{court}}}", f"{{{bare}}}", 1), replace=True)


def _given(ids: Mapping[str, str]) -> Sequence[str]:
    return [f"ARGV[{index}]" for index in range(1, len(ids) + 1)]


def _lua_escape(escaped: re.Match[str]) -> str:
    """Lua 5.1 knows MONITOR's escapes except those of bytes, which it writes in decimal."""
    code = escaped[1]
    return f"\\{int(code[1:], 16):03d}" if len(code) > 1 else escaped[0]
