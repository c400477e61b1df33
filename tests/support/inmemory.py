"""The files of tests lie in memory, where the machine has room for them.

A disk takes a third of a second to make a database of PostgreSQL, memory a twentieth of that. What
a test shows does not depend on it: a process that is killed leaves the same behind in both.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3
"""Bytes; databases that are not needed any more go, so that it does not grow with the tests."""
NAME = "doorway-tests-"
_VARIABLE = "TMPDIR"


def begin() -> None:
    """From now on, for this process and those it starts, unless somebody chose a place."""
    if _VARIABLE in os.environ or not _roomy():
        return
    _forget_the_dead()
    folder = MEMORY / f"{NAME}{os.getpid()}"
    folder.mkdir(mode=0o711, exist_ok=True)
    os.environ[_VARIABLE] = str(folder)
    tempfile.tempdir = None  # which was worked out before


def end() -> None:
    """Take away what lies there, in the process that has begun it."""
    shutil.rmtree(MEMORY / f"{NAME}{os.getpid()}", ignore_errors=True)


def _roomy() -> bool:
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM and os.access(MEMORY, os.W_OK)


def _forget_the_dead() -> None:
    """What was killed could take nothing away."""
    for folder in MEMORY.glob(f"{NAME}*"):
        if not Path("/proc", folder.name.removeprefix(NAME)).exists():
            shutil.rmtree(folder, ignore_errors=True)
