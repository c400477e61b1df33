"""Writes docs/benchmarks.md: the table, with the machine and the versions it was measured on."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.table import Row, as_markdown
from common.runtime.clock import system_clock

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
LIBRARIES = (
    "aiogram",
    "aiogram-dialog",
    "aiohttp",
    "fastapi",
    "pydantic",
    "python-telegram-bot",
    "sqlalchemy",
    "sqlmodel",
    "uvicorn",
)
TEXT = """\
# How fast Doorway is

Written by `make bench` on {date}; `python -m benchmarks --only turn` measures one thing again.
Machine: {processor}, {cores} cores; {system}; Python {python}; load at the end: {load}.
Libraries: {libraries}.

Each thing is measured beside what it is compared with, in the same process and in turns, after one
round to warm up. A ratio is the middle one of the rounds' ratios of processor time, all threads
counted. Targets that are not met stand here like the others.

{table}

## What is compared

- **The talk** goes from /start to the review on the short path: fourteen updates in each of four
  languages, 2.6 calls of the Bot API for each. The talk of the two other libraries is in English
  and goes on to the reference.
- **Telegram** is answered inside the process, right below the sessions, where they hand a call to
  their HTTP client. What that client does then (encoding a form, the network) is not counted. A
  session that encodes by itself is counted for that, to its disadvantage.
- **Bare aiogram** is its dispatcher as it comes, with one handler for everything, which makes the
  calls that were recorded of Doorway; that they are equal is checked before anything is measured.
  It stores nothing, and so cannot lose less.
- **With inbox and store** the whole bot runs, and is met only by what Telegram may do: its long
  poll is answered, or its webhook route is posted to (in the process, without a socket). Fetching
  the updates, or the web framework, is counted for Doorway and not for bare aiogram. At once means
  that so many people send their next message at the same moment.
- **aiogram-dialog and python-telegram-bot** say the same words with the same buttons, read answers
  with the same code, and bring the referral to the same intake. Each keeps its state on SQLite
  (WAL, synchronous=FULL), committed with every update. Neither has an inbox, jobs, encryption or
  an ear for words of danger, and both make their calls before they commit. aiogram-dialog makes
  one call less, since its message before the reference has no buttons to take away.
  python-telegram-bot takes updates one after the other, as its guide asks for a
  ConversationHandler, and keeps all that it knows in memory.
- **Memory** is what the process holds after everything that can be given back was given back.
- **Ready** is when /readyz answers 200, on files that are there from an earlier start; the bot
  beside a running api, with Telegram on a loopback stub. Other load on the machine lengthens it:
  the processor time beside it says how much of it was work.
"""


def write(rows: Sequence[Row]) -> Path:
    """Write the page; returns where it is."""
    PAGE.write_text(
        TEXT.format(
            date=system_clock().date().isoformat(),
            processor=_processor(),
            cores=os.cpu_count(),
            system=f"{platform.system()} {platform.release()}",
            load=", ".join(f"{one:.1f}" for one in os.getloadavg()),
            python=platform.python_version(),
            libraries=", ".join(f"{name} {version(name)}" for name in LIBRARIES),
            table=as_markdown(rows),
        ),
        encoding="utf-8",
    )
    return PAGE


def _processor() -> str:
    """The processor's name as Linux gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "an unknown processor"
    return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
