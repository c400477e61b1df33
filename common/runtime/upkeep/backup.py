"""Backing a store up beside whoever works on it, and restoring it where nothing is yet."""

import asyncio
from pathlib import Path
from typing import Protocol

from common.runtime.database.opening import parse
from common.runtime.upkeep.holding import Holding, UpkeepError
from common.runtime.upkeep.newfile import new_file
from common.runtime.upkeep.sqlitefile import SqliteFile

_EVERYBODYS = frozenset({"job", "vault_key"})
"""The names of tables that a store of either side has."""


class Copier(Protocol):
    """Copies one kind of store; `opening` is what its backups begin with."""

    @property
    def opening(self) -> bytes: ...

    def copy(self, to: Path) -> None:
        """Copy the store as it is at one moment."""
        ...

    def tables(self, backup: Path) -> set[str]:
        """The names of the tables in a backup that is whole."""
        ...

    async def fill(self, backup: Path) -> None:
        """Fill an empty store, whole or not at all."""
        ...


async def back_up(holding: Holding, file: Path, tools: Path | None = None) -> None:
    """Write the whole store, as it is at one moment, into a new file that only we may read.

    `tools` is the folder of PostgreSQL's programs, if not the PATH.

    Raises:
        UpkeepError: there is no such store, or it cannot be copied.
        DatabaseError: the URL is of no kind that is known.
    """
    copier = _copier(holding, tools)
    with new_file(file) as unfinished:
        await asyncio.to_thread(copier.copy, unfinished)
        if not await asyncio.to_thread(_is_ours, copier, holding, unfinished):
            raise UpkeepError("There is nothing in this store yet, so there is nothing to back up.")


async def restore(holding: Holding, file: Path, tools: Path | None = None) -> None:
    """Fill a store that is missing or empty from a backup; the next start brings it up to date.

    Raises:
        UpkeepError: there is something in the store, or the file is no backup of such a store.
        DatabaseError: a process is using the store, or it cannot be opened.
    """
    copier = _copier(holding, tools)
    if not _begins(file, copier.opening):
        raise UpkeepError(f"{file} is no backup of a store of the kind that the URL names.")
    if not await asyncio.to_thread(_is_ours, copier, holding, file):
        raise UpkeepError(f"{file} is a backup of something else: none of our tables is in it.")
    await copier.fill(file)


def _copier(holding: Holding, tools: Path | None) -> Copier:
    url = parse(holding.url)
    if url.get_backend_name() != "sqlite":
        # Only here: whoever does without a server need not wait for its driver.
        from common.runtime.upkeep.postgrestools import PostgresTools  # noqa: PLC0415 as said above

        return PostgresTools(holding.url, tools)
    if url.database in (None, "", ":memory:"):
        raise UpkeepError("This store is in memory and gone with its process: set a database URL.")
    return SqliteFile(holding.url, Path(str(url.database)))


def _is_ours(copier: Copier, holding: Holding, backup: Path) -> bool:
    """Whether it is of this side: the other has tables of the same names, but not only those."""
    return bool(copier.tables(backup) & (holding.migrations.metadata.tables.keys() - _EVERYBODYS))


def _begins(file: Path, opening: bytes) -> bool:
    try:
        with file.open("rb") as backup:
            return backup.read(len(opening)) == opening
    except OSError as error:
        raise UpkeepError(f"{file} cannot be read: {error.strerror}.") from None
