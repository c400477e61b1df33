"""A new SQLite store of a test gets its tables as the first one of its process had them in the end.

The numbered steps take a tenth of a second, which hundreds of tests would wait for. They are taken
once in each process; what they have made is then made again as it stands. Who tests the steps
themselves asks for the fixture `step_by_step`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, StaticPool, create_engine

from api.persistence import store as api_store
from bot.storage import tables as bot_tables
from common.runtime.database.migrations import Migrations

Statement = tuple[str, Sequence[Any]]

_take_steps = Migrations._take_steps  # noqa: SLF001 what is put aside here
_KNOWN = {one.folder: one for one in (bot_tables.MIGRATIONS, api_store.MIGRATIONS)}


def share() -> None:
    """From now on, in this process."""
    Migrations._take_steps = _made_at_once  # type: ignore[method-assign] # noqa: SLF001 for tests


@contextmanager
def not_shared() -> Iterator[None]:
    """Every step is taken, as it is anywhere but in tests."""
    Migrations._take_steps = _take_steps  # type: ignore[method-assign] # noqa: SLF001 as it was
    try:
        yield
    finally:
        share()


def _made_at_once(self: Migrations, connection: Connection, version: str) -> None:
    known = _KNOWN.get(self.folder) is self
    if version or not known or connection.dialect.name != "sqlite":
        _take_steps(self, connection, version)
        return
    for statement, values in _in_the_end(self.folder):
        connection.exec_driver_sql(statement, tuple(values))


@cache
def _in_the_end(folder: Path) -> tuple[Statement, ...]:
    """What makes the same tables with the same rows."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        _take_steps(_KNOWN[folder], connection, "")
        made = connection.exec_driver_sql(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND name NOT LIKE 'sqlite%' ORDER BY rowid"
        ).all()
        rows = [row for kind, name, _ in made if kind == "table" for row in _rows(connection, name)]
    engine.dispose()
    return (*((sql, ()) for *_, sql in made), *rows)


def _rows(connection: Connection, table: str) -> Iterator[Statement]:
    for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').all():
        places = ", ".join("?" * len(row))
        yield f'INSERT INTO "{table}" VALUES ({places})', tuple(row)
