"""The database: one writer that commits for many, readers beside it, one process per file.

Today this is SQLite. Callers hand in work on a `Connection` and await what it returns, so that a
server database can take the same work later.
"""

import asyncio
import fcntl
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, MetaData, StaticPool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from common.runtime.writer import Writer

T = TypeVar("T")

READERS = 4
_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


class DatabaseError(Exception):
    """The database cannot be opened; the text says what to do."""


class Database:
    """A store whose writes are serial, each one transaction, and whose reads go beside them."""

    def __init__(self, writer: Connection, reader: Engine | None, lock: IO[bytes] | None) -> None:
        self._writer = Writer(writer)
        self._reader = reader
        self._lock = lock
        self._closed = False
        self._pool = ThreadPoolExecutor(READERS, "database-read") if reader else None

    @classmethod
    def open(cls, url: str) -> Self:
        """Open `sqlite:///path` (made with its folder if missing) or `sqlite://` in memory.

        Raises:
            DatabaseError: another kind of database, a process is using the file already, or it
                cannot be read and written.
        """
        parsed = _parse(url)
        if parsed.database in (None, "", ":memory:"):
            return cls(_engine(parsed, "BEGIN", poolclass=StaticPool).connect(), None, None)
        path = Path(str(parsed.database))
        lock = _lock(path)
        try:
            return cls(_engine(parsed, "BEGIN IMMEDIATE").connect(), _reader(parsed), lock)
        except SQLAlchemyError:
            lock.close()
            raise DatabaseError(f"{path} is no database that can be opened.") from None

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction; it is on disk when this returns, or nothing is."""
        return await asyncio.wrap_future(self._open().submit(work))

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one read transaction, beside any write; writing in it fails."""
        writer = self._open()
        if self._pool is None or self._reader is None:
            return await asyncio.wrap_future(writer.submit(work, reads=True))
        reader = self._reader
        return await asyncio.wrap_future(self._pool.submit(_read, reader, work))

    def create(self, metadata: MetaData) -> None:
        """Make the tables that are missing. Blocks: for the start of a process."""
        self._open().submit(metadata.create_all).result()

    async def close(self) -> None:
        """Finish what was asked for, and let go of threads, connections and the lock."""
        if self._closed:
            return
        self._closed = True
        await asyncio.to_thread(self._let_go)

    def _let_go(self) -> None:
        self._writer.close()
        if self._pool is not None:
            self._pool.shutdown()
        if self._reader is not None:
            self._reader.dispose()
        if self._lock is not None:
            self._lock.close()

    def _open(self) -> Writer:
        if self._closed:
            raise DatabaseError("The database has been closed.")
        return self._writer


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None  # its text would show the URL, and with it a password
    if parsed is None or parsed.get_backend_name() != "sqlite":
        raise DatabaseError("Only SQLite is known here: give a URL like sqlite:///var/x.sqlite3")
    return parsed


def _read(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.connect() as connection, connection.begin():
        return work(connection)


def _engine(url: URL, begin: str, **options: Any) -> Engine:  # noqa: ANN401 whatever an engine takes
    # Errors of the database must not quote what was being stored.
    engine = create_engine(url, connect_args=_ANY_THREAD, hide_parameters=True, **options)

    def connected(connection: Any, _record: object) -> None:  # noqa: ANN401 the driver's own type
        connection.isolation_level = None  # the driver must not begin by itself
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine


def _reader(url: URL) -> Engine:
    engine = _engine(url, "BEGIN", pool_size=READERS)

    def connected(connection: Any, _record: object) -> None:  # noqa: ANN401 the driver's own type
        connection.execute("PRAGMA query_only = ON").close()

    event.listen(engine, "connect", connected)
    return engine


_ANY_THREAD = {"check_same_thread": False}


def _lock(path: Path) -> IO[bytes]:
    """Hold the file beside the database, which only one process can."""
    lock = _beside(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise DatabaseError(
            f"Another process is using {path}. Stop it first, or give this one its own file."
        ) from None
    return lock


def _beside(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # nobody else here reads it
        return Path(f"{path}.lock").open("wb")
    except OSError:
        raise DatabaseError(f"{path} cannot be written: choose another place for it.") from None
