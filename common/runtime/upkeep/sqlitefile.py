"""Backups of a SQLite store: copied beside whoever writes, seen to be whole, filled in again."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection, Error, connect
from typing import ClassVar

from sqlalchemy import inspect

from common.runtime.database import open_database
from common.runtime.upkeep.holding import UpkeepError


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """The store in the file at `path`."""

    url: str
    path: Path
    opening: ClassVar[bytes] = b"SQLite format 3\0"

    def copy(self, to: Path) -> None:
        """Copy it as it is at one moment, while others go on writing. Blocks.

        Raises:
            UpkeepError: it is not there, or the copy is not whole.
        """
        with _plain(self.path), _opened(self.path) as source, closing(connect(to)) as target:
            source.backup(target)  # all pages in one go: else each write would start it anew
            target.execute("PRAGMA journal_mode = DELETE").close()  # one file, nothing beside it

    def tables(self, backup: Path) -> set[str]:
        """The names of the tables in a backup that is whole. Raises UpkeepError."""
        with _plain(backup), _opened(backup) as file:
            if file.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise UpkeepError(f"{backup} is damaged: parts of it do not fit together.")
            found = file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            return {str(name) for (name,) in found}

    async def fill(self, backup: Path) -> None:
        """Fill it from a backup, whole or not at all; it is made when it is not there.

        Raises:
            DatabaseError: a process is using it, or it cannot be written.
            UpkeepError: there is something in it.
        """
        database = open_database(self.url)  # holds the lock of the file
        try:
            if database.prepare(lambda connection: inspect(connection).get_table_names()):
                raise UpkeepError(
                    f"There is something in {self.path} already. Move it away first, or set "
                    "another database URL: nothing is overwritten."
                )
            with _plain(self.path), _opened(backup) as source, _opened(self.path) as target:
                source.backup(target)
        finally:
            await database.close()


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    """What is there; it is not made when it is missing."""
    if not path.exists():
        raise UpkeepError(f"There is no {path}.")
    name = f"{path.absolute().as_uri()}?mode=rw"
    with closing(connect(name, uri=True, timeout=5)) as connection:
        yield connection


@contextmanager
def _plain(path: Path) -> Iterator[None]:
    try:
        yield
    except Error as error:
        raise UpkeepError(f"{path} cannot be read or copied. SQLite says: {error}.") from None
