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
counted. Telegram is answered inside the process, right below the sessions: what the network itself
costs is the same for all and not counted. Targets that are not met stand here like the others.

{table}
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
