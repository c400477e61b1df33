"""Keeps a file for the next start."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Whole or not at all: a process killed in the middle leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
