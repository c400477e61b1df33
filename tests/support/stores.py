"""Addresses of fresh stores, of each kind that Doorway can stand on."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import stepped
from tests.support.postgres import PostgresServer, server

KINDS = ("sqlite", "postgresql")

NewStore = Callable[[], str]
"""Gives the address of a fresh store."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, for as long as the tests of this process run."""
    with server() as running:
        yield running


@pytest.fixture(params=KINDS)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> NewStore:
    """Makes stores of one kind, then of the other."""
    return store_of(request, request.param, tmp_path)


def store_of(request: pytest.FixtureRequest, kind: str, folder: Path) -> NewStore:
    """Makes stores of this kind; a server is only started when one is asked for."""
    if kind == "postgresql":
        running: PostgresServer = request.getfixturevalue("postgres")
        return running.database
    names = itertools.count()
    return lambda: f"sqlite:///{folder}/store{next(names)}.sqlite3"


@pytest.fixture
def step_by_step() -> Iterator[None]:
    """Each new store takes all its numbered steps."""
    with stepped.not_shared():
        yield


@pytest.fixture
def store_url(new_store: NewStore) -> str:
    """The address of one fresh store."""
    return new_store()
