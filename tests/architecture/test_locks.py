"""The locked requirements can be installed with hashes from any registry."""

import re
from pathlib import Path

import pytest

from tests.support.sources import ROOT

FOLDER = ROOT / "requirements"
LOCKS = sorted(FOLDER.glob("*.txt"))
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)(\[[a-z0-9,-]+\])?==\S+")


def _requirements(lock: Path) -> list[str]:
    """Each requirement with its continuation lines, comments left out."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    return [entry for entry in kept.replace("\\\n", " ").splitlines() if entry.strip()]


def _wanted(source: Path) -> set[str]:
    """The names a person asked for."""
    lines = source.read_text(encoding="utf-8").splitlines()
    names = (re.split(r"[\[=<>~!; ]", line)[0] for line in lines if not line.startswith(("-", "#")))
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names if name}


def test_both_locks_are_there() -> None:
    assert [lock.name for lock in LOCKS] == ["dev.txt", "run.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    loose = [
        one for one in _requirements(lock) if not PIN.match(one) or "--hash=sha256:" not in one
    ]

    assert loose == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_registry_address_is_recorded(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_what_was_asked_for_is_locked(lock: Path) -> None:
    pins = filter(None, map(PIN.match, _requirements(lock)))
    locked = {re.sub(r"[-_.]+", "-", pin["name"]) for pin in pins}

    assert _wanted(lock.with_suffix(".in")) <= locked


def test_what_runs_is_what_is_tested() -> None:
    tested = {" ".join(entry.split()) for entry in _requirements(FOLDER / "dev.txt")}
    run = {" ".join(entry.split()) for entry in _requirements(FOLDER / "run.txt")}

    assert run <= tested
