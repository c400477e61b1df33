"""The api, running, for whichever test asks for it: on each kind of store, where that matters."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest

from tests.support.intake_api import Api, filled, running_api
from tests.support.postgres import PostgresServer
from tests.support.stores import KINDS

Beginning = Callable[..., AbstractContextManager[Api]]
"""Starts another api, like the others on one store."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On both kinds of store, but for what is marked as `any_store`: there it cannot matter."""
    if "api" in metafunc.fixturenames:
        marked = any(one.name == "any_store" for one in metafunc.definition.iter_markers())
        metafunc.parametrize("api", KINDS[:1] if marked else KINDS, indirect=True)


@pytest.fixture(scope="session")
def filled_database(postgres: PostgresServer) -> str:
    """The address of a database of the small directory, to be copied."""
    url = postgres.database(lasting=True)
    filled(url)
    return url


@pytest.fixture
def api(request: pytest.FixtureRequest) -> Iterator[Api]:
    """A fresh api, on a file or a database of its own."""
    url = ""
    if request.param != "sqlite":
        running: PostgresServer = request.getfixturevalue("postgres")
        url = running.database(copy_of=request.getfixturevalue("filled_database"))
    with running_api(url) as started:
        yield started


@pytest.fixture
def begin(postgres: PostgresServer, filled_database: str) -> Beginning:
    """As many apis as are wanted, side by side on one database."""
    return partial(running_api, postgres.database(copy_of=filled_database))
