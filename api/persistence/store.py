"""Opening the store: the database with all its tables, and the table of jobs among them."""

from pathlib import Path

from api.persistence.tables import METADATA
from common.runtime.database import Database, open_database
from common.runtime.database.migrations import Migrations
from common.runtime.keytable import key_table
from common.runtime.sqljobs import job_table

JOBS = job_table(METADATA)
KEYS = key_table(METADATA)
MIGRATIONS = Migrations(Path(__file__).parent / "migrations", METADATA)


def open_store(url: str) -> Database:
    """The database at `url`, with its tables as this version of Doorway wants them.

    Raises:
        DatabaseError: it cannot be opened; the text says what to do.
    """
    database = open_database(url)
    MIGRATIONS.upgrade(database)
    return database
