"""Which database a URL means."""

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from common.runtime.database.port import Database, DatabaseError
from common.runtime.database.sqlite import SqliteDatabase


def open_database(url: str, *, beside: bool = False) -> Database:
    """Open `sqlite:///path` (made with its folder if missing), or `postgresql://user@host/name`.

    `sqlite://` is a store in memory. A SQLite file belongs to one process; `beside` looks into
    it, if it is there, without a claim to it: for a command next to the one that has it.

    Raises:
        DatabaseError: another kind of database, a process is using the file already, it cannot
            be read and written, or the server is not there.
    """
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteDatabase.open(parsed, beside=beside)
    # Only here: whoever does without a server need not wait for its driver.
    from common.runtime.database.postgres import PostgresDatabase  # noqa: PLC0415 as said above

    return PostgresDatabase.open(parsed)


def parse(url: str) -> URL:
    """The URL of a kind of database that can be opened. Raises DatabaseError."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None  # its text would show the URL, and with it a password
    if parsed is None or parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise DatabaseError(
            "A database's URL begins with sqlite:/// or postgresql://, like "
            "sqlite:///var/x.sqlite3 or postgresql://user:password@host/name."
        )
    return parsed
