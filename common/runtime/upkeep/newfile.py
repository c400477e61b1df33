"""A file that appears under its name only when it is whole, and that only its owner reads."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from common.runtime.upkeep.holding import UpkeepError


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """An empty file beside it, to be filled; renamed when all went well, and gone when not.

    Raises:
        UpkeepError: there is such a file already, or none can be made there.
    """
    if path.exists():
        raise UpkeepError(f"{path} is there already. Choose another name: nothing is overwritten.")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
    except OSError as error:
        raise UpkeepError(f"{path} cannot be written: {error.strerror}.") from None
    os.close(descriptor)
    unfinished = Path(name)
    try:
        yield unfinished
        _sync(unfinished)
        unfinished.rename(path)
        _sync(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have it on the disk before anybody relies on it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
