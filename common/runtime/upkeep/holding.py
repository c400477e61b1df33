"""What upkeep needs to know of a side's store, and the look into it beside whoever has it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Table

from common.runtime.database import Database, open_database
from common.runtime.database.migrations import Migrations
from common.runtime.upkeep.reseal import SealedColumn
from common.runtime.vault import Vault


class UpkeepError(Exception):
    """It cannot be done; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A side's store: where it is, the keys that are set for it, and its tables."""

    url: str
    ring: Vault
    migrations: Migrations
    jobs: Table
    keys: Table
    sealed: Sequence[SealedColumn]


@asynccontextmanager
async def beside(holding: Holding) -> AsyncIterator[Database]:
    """The store, open beside the processes that are at work on it; closed when left.

    Raises:
        DatabaseError: it is not there, or not of this version.
    """
    database = open_database(holding.url, beside=True)
    try:
        await database.read(holding.migrations.require)
        yield database
    finally:
        await database.close()
