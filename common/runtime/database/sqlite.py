"""SQLite: one writer that commits for many, readers beside it, one process per file."""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self, TypeVar

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    MetaData,
    StaticPool,
    create_engine,
    event,
)
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from common.runtime.database.port import DatabaseError
from common.runtime.database.writer import Writer, transaction

T = TypeVar("T")

READERS = 4
_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


class SqliteDatabase:
    """A store whose writes are serial, each one transaction, and whose reads go beside them."""

    shared = False

    def __init__(
        self, writer: Connection, readers: "_Readers | None", lock: IO[bytes] | None
    ) -> None:
        self._writing = writer
        self._writer = Writer(writer)
        self._readers = readers
        self._lock = lock
        self._closed = False

    @classmethod
    def open(cls, url: URL, *, beside: bool = False) -> Self:
        """Open a file, made with its folder if missing, or a store in memory.

        Raises:
            DatabaseError: a process is using the file already (unless `beside`, which wants it to
                be there), or it cannot be read and written.
        """
        if url.database in (None, "", ":memory:"):
            return cls(_engine(url, "", poolclass=StaticPool).connect(), None, None)
        path = Path(str(url.database))
        if beside and not path.exists():
            raise DatabaseError(f"There is no database at {path} yet.")
        lock = None if beside else _lock(path)
        try:
            return cls(_engine(url, "").connect(), _Readers(url), lock)
        except SQLAlchemyError:
            if lock is not None:
                lock.close()
            raise DatabaseError(f"{path} is no database that can be opened.") from None

    async def write(self, work: Callable[[Connection], T], *, patient: bool = False) -> T:
        """Do `work` in one transaction; it is on disk when this returns, or nothing is."""
        return await self._open().do(work, patient=patient)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one read transaction, beside any write; writing in it fails."""
        writer = self._open()
        if self._readers is None:
            return await writer.do(work, reads=True)
        return await asyncio.wrap_future(self._readers.submit(work))

    async def peek(self, work: Callable[[Connection], T]) -> T:
        """Done right here: going to another thread would take longer than a few rows do."""
        if self._closed or self._readers is None:
            return await self.read(work)
        return work(self._readers.here)

    def create(self, metadata: MetaData) -> None:
        """Make the tables that are missing."""
        self.prepare(metadata.create_all)

    def prepare(self, work: Callable[[Connection], T]) -> T:
        """Do it with foreign keys let be, as making a table anew needs, and see that they hold."""
        self._open()
        _foreign_keys(self._writing, "OFF")
        try:
            with _locked_in_a_sentence(), transaction(self._writing):
                before = _touched(self._writing)
                result = work(self._writing)
                if _touched(self._writing) != before and _dangles(self._writing):
                    raise DatabaseError("Rows of this database would refer to rows that are gone.")
                return result
        finally:
            _foreign_keys(self._writing, "ON")

    async def close(self) -> None:
        """Finish what was asked for, and let go of threads, connections and the lock."""
        if self._closed:
            return
        self._closed = True
        await asyncio.to_thread(self._let_go)

    def _let_go(self) -> None:
        self._writer.close()
        if self._readers is not None:
            self._readers.close()
        if self._lock is not None:
            self._lock.close()

    def _open(self) -> Writer:
        if self._closed:
            raise DatabaseError("The database has been closed.")
        return self._writer


@contextmanager
def _locked_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            raise
        raise DatabaseError(
            "Another program has locked the database. Start again when it has finished."
        ) from None


def _foreign_keys(connection: Connection, state: str) -> None:
    """Switch them, which can only be done between transactions."""
    driver = connection.connection.dbapi_connection
    if driver is not None:  # never in truth: a connection that is open has one
        driver.execute(f"PRAGMA foreign_keys = {state}").close()


def _touched(connection: Connection) -> tuple[object, ...]:
    """Something else after any change: most starts change nothing, and to check takes its time."""
    counts = "SELECT total_changes(), schema_version FROM pragma_schema_version"
    return tuple(connection.exec_driver_sql(counts).one())


def _dangles(connection: Connection) -> bool:
    return connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None


class _Readers:
    """Threads that read beside the writer, and a connection for the event loop's own thread."""

    def __init__(self, url: URL) -> None:
        self._engine = _reader(url, "BEGIN")
        # No transaction: what is read in one look is what is committed then.
        self._here = _reader(url, "")
        self.here = self._here.connect()
        self._pool = ThreadPoolExecutor(READERS, "database-read")

    def submit(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Have it done in one read transaction."""
        return self._pool.submit(self._read, work)

    def close(self) -> None:
        """Finish what was asked for, and let go."""
        self._pool.shutdown()
        self._engine.dispose()
        self.here.close()
        self._here.dispose()

    def _read(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection, connection.begin():
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
    if begin:
        event.listen(engine, "begin", begun)
    return engine


def _reader(url: URL, begin: str) -> Engine:
    engine = _engine(url, begin, pool_size=READERS)

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
