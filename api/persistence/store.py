"""Opening the store: the database with all its tables, and the table of jobs among them."""

from api.persistence.tables import METADATA
from common.runtime.database import Database, open_database
from common.runtime.sqljobs import job_table

JOBS = job_table(METADATA)


def open_store(url: str) -> Database:
    """The database at `url`, with every table made that is missing.

    Raises:
        DatabaseError: it cannot be opened; the text says what to do.
    """
    database = open_database(url)
    database.create(METADATA)
    return database
