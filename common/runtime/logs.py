"""Logs that cannot tell: only known keys and plain event names pass, whoever wrote the line."""

import logging
import re
import sys
import threading
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

# What may be logged. None of these ever holds what a person said, is called, or is reached by.
KEYS = frozenset(
    {
        *("event", "level", "time", "logger", "where", "error"),
        *("job", "kind", "attempts", "count", "seconds", "milliseconds", "size", "version"),
        *("channel", "language", "step", "turn", "practice", "reference", "decision"),
        *("method", "route", "status", "host", "port", "path", "process"),
    }
)
# Free text never passes as an event's name: `noun.verb`, of small letters.
EVENT = re.compile(r"[a-z][a-z_0-9]*(\.[a-z_0-9]+)+")
LONGEST = 120
LIBRARIES = (
    *("uvicorn", "httpx2", "httpx", "httpcore2", "httpcore"),
    *("aiogram", "telegram", "asyncio"),
)

EventDict = MutableMapping[str, Any]


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger. Name events `noun.verb` and give facts by the keys of `KEYS`; more is dropped."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure(*, json: bool) -> None:
    """Send every line of the process, our own and the libraries', through one filter to stderr."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    # What cannot be written is lost: logging would print it past the filter, with its arguments.
    logging.raiseExceptions = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(json=json))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in LIBRARIES:  # they speak of addresses and texts: only their warnings, filtered
        logging.getLogger(name).setLevel(logging.WARNING)


def take_over(*, json: bool) -> None:
    """The same for a whole process: what it would itself print of an error is logged as well.

    A trace on stderr ends with the exception's text, and that may quote a person.
    """
    configure(json=json)
    logging.captureWarnings(capture=True)
    sys.excepthook = _crashed
    threading.excepthook = lambda seen: _passed_over(seen.exc_value)
    sys.unraisablehook = lambda seen: _passed_over(seen.exc_value)


def _crashed(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
    if not isinstance(error, KeyboardInterrupt):  # that is how one stops it, not an error
        get(__name__).critical("process.failed", exc_info=error)


def _passed_over(error: BaseException | None) -> None:
    get(__name__).error("error.passed_over", exc_info=error)


def formatter(*, json: bool) -> logging.Formatter:
    """The formatter through which every line goes."""
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), event_key="event")
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            _foreign,
        ],
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _name_error,
            only_allowed,
            last,
        ],
        # Else the base class writes the exception's text below the line.
        keep_exc_info=False,
        keep_stack_info=False,
    )


def only_allowed(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Drop every key that is not allowed, and every value that is no short plain one."""
    kept = {key: value for key, value in event.items() if key in KEYS and _plain(value)}
    if not EVENT.fullmatch(str(event.get("event", ""))):
        kept["event"] = "log.unnamed"
    return kept


def _plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST and "\n" not in value
    return value is None or isinstance(value, bool | int | float)


def _foreign(_logger: object, _method: str, event: EventDict) -> EventDict:
    """A library's line: where it comes from, never what it says (it may quote a person)."""
    record: logging.LogRecord = event["_record"]
    event["event"] = "library.says"
    event["where"] = f"{record.module}:{record.lineno}"
    if record.exc_info:
        event["exc_info"] = record.exc_info
    return event


def _name_error(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Of an exception its class and its place stay; its text may quote a person."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["where"] = _place(error.__traceback__) or event.get("where")
    return event


def _place(trace: TracebackType | None) -> str:
    """The innermost line of our own, as `persistence/referrals.py:88`; else the innermost."""
    frames = traceback.extract_tb(trace)
    ours = [one for one in frames if "site-packages" not in one.filename] or list(frames)
    if not ours:
        return ""
    return f"{'/'.join(ours[-1].filename.rsplit('/', 2)[1:])}:{ours[-1].lineno}"
