"""Logs that name events and ids, never people: a log line is an export of personal data.

Write `log.info("ticket_called", ticket=ticket, attempt=2)`: the first argument is constant, the rest are fields of the
list below. What is not on the list is dropped, and the line says which field that was. A value that is neither a number
nor shaped like an id or a code is dropped too.
"""

import logging
import re
import sys
import traceback
from typing import Any, TextIO, cast

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

from signaling.settings import LogFormat, LogLevel

FIELDS = frozenset(
    {
        # whose and where: ids only
        "court", "unit", "ticket", "call", "participant", "attendant", "node", "role", "connection",
        # what
        "command", "code", "kind", "status", "outcome", "reason", "tier", "rev", "fence", "request", "method", "route",
        # the logs and their readers
        "stream", "entry", "epoch", "counter", "expected", "found", "cursor",
        # how much and how long
        "count", "size", "attempt", "limit", "duration_ms", "gap_ms", "lag_ms",
        # the machine
        "port", "pid", "signal", "version", "revision", "error", "library", "place", "template",
    }
)  # fmt: skip
"""Every field a line may carry. Add a word here only if no person can be read out of it."""

_OWN = frozenset({"event", "level", "timestamp", "exception", "exc_info", "dropped"})
_CODE = re.compile(r"[\w.:/{}<>@+*=-]{1,160}")


def keep_allowed(_log: WrappedLogger, _level: str, line: EventDict) -> EventDict:
    """Drop every field that is not on the list or does not look like an id, a code or a number; say which were."""
    dropped = [name for name in line if name not in _OWN and not (name in FIELDS and _harmless(name, line[name]))]
    for name in dropped:
        del line[name]
    if dropped:
        line["dropped"] = dropped
    return line


def _harmless(name: str, value: object) -> bool:
    if value is None or isinstance(value, int | float):
        return True
    if name == "template":  # a library's own constant text, see `_FromLibraries`
        return True
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def frames_only(_log: WrappedLogger, _level: str, line: EventDict) -> EventDict:
    """Turn an exception into its types and places; its words stay out, they may quote what a person typed."""
    raised = line.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()[1]
    elif isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        line["exception"] = [_told(each) for each in _chain(raised)]
    return line


def _chain(raised: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    following: BaseException | None = raised
    while following is not None and following not in chain:
        chain.append(following)
        following = following.__cause__ or following.__context__
    return chain


def _told(raised: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(raised.__traceback__)
    return {
        "type": f"{type(raised).__module__}.{type(raised).__qualname__}",
        "frames": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _short(filename: str) -> str:
    return "/".join(filename.split("/")[-3:])


class _FromLibraries(logging.Handler):
    """Carries the records of libraries over: their constant templates, never the values put into them."""

    def emit(self, record: logging.LogRecord) -> None:
        # Without arguments a message may have been put together beforehand and hold anything;
        # asyncio's first lines are constants.
        constant = bool(record.args) or record.name == "asyncio"
        template = str(record.msg).partition("\n")[0] if constant else None
        structlog.get_logger().log(
            record.levelno,
            "library",
            library=record.name,
            place=f"{record.module}:{record.lineno}",
            template=template,
            exc_info=record.exc_info,
        )


def configure_logs(level: LogLevel, form: LogFormat, stream: TextIO | None = None) -> None:
    """Send every line of this process, ours and the libraries', to `stream` (standard error).

    May be called again; the last call holds. On a terminal exceptions keep their words: who reads there is the person
    who runs the process. Elsewhere they do not.
    """
    target = sys.stderr if stream is None else stream
    console = form is LogFormat.CONSOLE or (form is LogFormat.AUTO and target.isatty())
    ends: list[Processor] = (
        [structlog.dev.ConsoleRenderer(colors=target.isatty())]
        if console
        else [frames_only, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    least = logging.getLevelNamesMapping()[level.value.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed,
            *ends,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(target),
        cache_logger_on_first_use=False,  # else a second call would leave module-level loggers behind
    )
    root = logging.getLogger()
    root.handlers = [_FromLibraries()]
    # Libraries are heard when they warn: their information is about messages, and messages are about people.
    root.setLevel(max(least, logging.WARNING))


def get_log(**fields: str) -> FilteringBoundLogger:
    """A log whose every line carries `fields`. Nothing is opened until the first line."""
    return cast("FilteringBoundLogger", structlog.get_logger(**fields))
