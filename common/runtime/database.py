"""The database: one writer that commits for many, readers beside it, one process per file.

Today this is SQLite. Callers hand in work on a `Connection` and await what it returns, so that a
server database can take the same work later.
"""

import asyncio
import fcntl
import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, MetaData, StaticPool, create_engine, event
from sqlalchemy.engine import make_url

T = TypeVar("T")

READERS = 4
BATCH = 64
_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


class DatabaseError(Exception):
    """The database cannot be opened; the text says what to do."""


class _Work:
    """Something to do on the writer's connection, and the future that waits for it."""

    def __init__(self, do: Callable[[Connection], Any], *, reads: bool = False) -> None:
        self.do = do
        self.reads = reads
        self.future: Future[Any] = Future()


class Database:
    """A store whose writes are serial and whose every write is one transaction.

    Writes that wait at the same moment share one commit (each inside its own savepoint, so that
    one which fails leaves no trace): a full sync to disk is what a write costs.
    """

    def __init__(self, writer: Engine, reader: Engine | None, lock: IO[bytes] | None) -> None:
        self._writer = writer
        self._reader = reader
        self._lock = lock
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._closed = False
        self._pool = ThreadPoolExecutor(READERS, "database-read") if reader else None
        self._thread = threading.Thread(target=self._run, name="database-write", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, url: str) -> Self:
        """Open `sqlite:///path` (made with its folder if missing) or `sqlite://` in memory.

        Raises:
            DatabaseError: another kind of database, or a process is using the file already.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            raise DatabaseError("Only SQLite is known here: give a URL like sqlite:///var/x.db")
        if parsed.database in (None, "", ":memory:"):
            return cls(_engine(parsed, "BEGIN", poolclass=StaticPool), None, None)
        lock = _lock(Path(str(parsed.database)))
        return cls(_engine(parsed, "BEGIN IMMEDIATE"), _reader(parsed), lock)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction; it is on disk when this returns, or nothing is."""
        return await asyncio.wrap_future(self._submit(_Work(work)))

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one read transaction, beside any write; writing in it fails."""
        if self._pool is None or self._reader is None:
            return await asyncio.wrap_future(self._submit(_Work(work, reads=True)))
        reader = self._reader
        return await asyncio.wrap_future(self._pool.submit(_read, reader, work))

    def create(self, metadata: MetaData) -> None:
        """Make the tables that are missing. Blocks: for the start of a process."""
        self._submit(_Work(metadata.create_all)).result()

    async def close(self) -> None:
        """Finish what was asked for, and let go of threads, connections and the lock."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        await asyncio.to_thread(self._let_go)

    def _let_go(self) -> None:
        self._thread.join()
        if self._pool is not None:
            self._pool.shutdown()
        for engine in (self._reader, self._writer):
            if engine is not None:
                engine.dispose()
        if self._lock is not None:
            self._lock.close()

    def _submit(self, work: _Work) -> "Future[Any]":
        if self._closed:
            raise DatabaseError("The database has been closed.")
        self._queue.put(work)
        return work.future

    def _run(self) -> None:
        with self._writer.connect() as connection:
            going_on = True
            while going_on:
                batch, going_on = self._next()
                _commit_together(connection, batch)

    def _next(self) -> tuple[list[_Work], bool]:
        """All that waits now (at least one, at most a batch); False when asked to stop."""
        first = self._queue.get()
        batch: list[_Work] = []
        while first is not None:
            batch.append(first)
            if len(batch) == BATCH or self._queue.empty():
                return batch, True
            first = self._queue.get()
        return batch, False


def _commit_together(connection: Connection, batch: list[_Work]) -> None:
    results: list[tuple[_Work, Any]] = []
    attempt = _attempt if len(batch) == 1 else _attempt_apart
    try:
        with connection.begin():
            for one in batch:
                if one.future.set_running_or_notify_cancel():
                    attempt(connection, one, results)
    except Exception as error:  # noqa: BLE001 it belongs to those who wait, not to this thread
        for one in batch:
            if not one.future.done():
                one.future.set_exception(error)
        return
    for one, result in results:
        one.future.set_result(result)


def _attempt_apart(connection: Connection, one: _Work, results: list[tuple[_Work, Any]]) -> None:
    """Do one piece of work in a savepoint; its own failure is its own."""
    savepoint = connection.begin_nested()
    done: list[tuple[_Work, Any]] = []
    try:
        _attempt(connection, one, done)
        savepoint.commit()
    except Exception as error:  # noqa: BLE001 handed to whoever asked
        if savepoint.is_active:
            savepoint.rollback()
        one.future.set_exception(error)
    else:
        results += done


def _attempt(connection: Connection, one: _Work, results: list[tuple[_Work, Any]]) -> None:
    if not one.reads:
        results.append((one, one.do(connection)))
        return
    connection.exec_driver_sql("PRAGMA query_only = ON")
    try:
        results.append((one, one.do(connection)))
    finally:
        connection.exec_driver_sql("PRAGMA query_only = OFF")


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
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # nobody else on the machine reads it
    lock = Path(f"{path}.lock").open("wb")  # noqa: SIM115 held until close()
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise DatabaseError(
            f"Another process is using {path}. Stop it first, or give this one its own file."
        ) from None
    return lock
