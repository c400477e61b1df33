"""Addresses of fresh stores, of each kind that Doorway can stand on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
    if request.param == "postgresql":
        running: PostgresServer = request.getfixturevalue("postgres")
        return running.database
    names = iter(range(1000))
    return lambda: f"sqlite:///{tmp_path}/store{next(names)}.sqlite3"


@pytest.fixture
def store_url(new_store: NewStore) -> str:
    """The address of one fresh store."""
    return new_store()
