"""PostgreSQL: any number of processes, each with a pool of connections over async psycopg."""

import asyncio
from collections.abc import Callable
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, MetaData, NullPool, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from common.runtime.database.port import DatabaseError

T = TypeVar("T")

DRIVER = "postgresql+psycopg"
WRITERS, READERS = 12, 8
"""Connections of one process, at most."""
PAUSES = (0.05, 0.2, 0.8, 2.0)  # seconds, before work is done again
# What passes by itself, by SQLSTATE: serialisation failure, deadlock, lock not available, too many
# connections, and the server going down or coming up.
_PASSING = frozenset({"40001", "40P01", "55P03", "53300", "57P01", "57P02", "57P03"})
_SESSION = "-c timezone=UTC -c lock_timeout=10s -c statement_timeout=60s"
_READ_ONLY = f"{_SESSION} -c default_transaction_read_only=on"


class PostgresDatabase:
    """A store that many processes share; what must be alone takes a lock (see `locks`)."""

    shared = True

    def __init__(self, url: URL, starting: Engine) -> None:
        self._starting = starting
        self._writer = _pool(url, WRITERS, _SESSION)
        self._reader = _pool(url, READERS, _READ_ONLY, isolation_level="REPEATABLE READ")
        self._peeker = self._reader.execution_options(isolation_level="AUTOCOMMIT")
        self._closed = False
        self._begun: set[asyncio.Task[Any]] = set()

    @classmethod
    def open(cls, url: URL) -> Self:
        """Open the database that is there; its tables are made by `prepare` and `create`.

        Raises:
            DatabaseError: no server answers, or it does not let us in.
        """
        url = url.set(drivername=DRIVER)
        starting = create_engine(url, poolclass=NullPool, **_options(_SESSION))
        try:
            starting.connect().close()
        except SQLAlchemyError:
            raise DatabaseError(
                f"The PostgreSQL server for {url.database} does not let us in. See that it runs, "
                "that the database exists, and that the URL names a user who may use it."
            ) from None
        return cls(url, starting)

    async def write(self, work: Callable[[Connection], T], *, patient: bool = False) -> T:  # noqa: ARG002 the server has its own way to commit for many
        """Do `work` in one transaction; it is on disk when this returns, or nothing is."""
        return await self._again(self._writer, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` on one unchanging view; writing in it fails."""
        return await self._again(self._reader, work)

    async def peek(self, work: Callable[[Connection], T]) -> T:
        """The same without a transaction around it, which saves two trips to the server."""
        return await self._again(self._peeker, work)

    def create(self, metadata: MetaData) -> None:
        """Make the tables that are missing."""
        self.prepare(metadata.create_all)

    def prepare(self, work: Callable[[Connection], T]) -> T:
        """Do it on a connection of its own, and wait."""
        try:
            with self._starting.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            _silence(error)
            raise

    async def close(self) -> None:
        """Finish what was begun, and let go of the connections."""
        self._closed = True
        await asyncio.gather(*self._begun, return_exceptions=True)
        self._starting.dispose()
        await self._writer.dispose()
        await self._reader.dispose()

    async def _again(self, engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
        """Do it, to its end even when whoever asked is cancelled meanwhile.

        The driver cannot be stopped in the middle of a pipeline: it would raise an error of its
        own in place of the cancelling, and its connection would be of no use to whoever is next.
        """
        if self._closed:
            raise DatabaseError("The database has been closed.")
        task = asyncio.create_task(_tried(engine, work))
        self._begun.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._begun.discard(task)
        if not task.cancelled():
            task.exception()  # whoever asked has it, or has gone


async def _tried(engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
    """Once more, a few times, when what went wrong passes by itself."""
    for pause in PAUSES:
        try:
            return await _once(engine, work)
        except (DBAPIError, PoolTimeoutError) as error:
            if not _passes(error):
                raise
        await asyncio.sleep(pause)
    return await _once(engine, work)


def _pool(url: URL, size: int, session: str, **options: Any) -> AsyncEngine:  # noqa: ANN401 whatever an engine takes
    options |= _options(session)
    return create_async_engine(url, pool_size=size, max_overflow=0, **options)


def _options(session: str) -> dict[str, Any]:
    driver = {
        "connect_timeout": 5,
        "application_name": "doorway",
        "options": session,
        "keepalives_idle": 30,
    }
    # Errors of the database must not quote what was being stored.
    return {"hide_parameters": True, "connect_args": driver}


async def _once(engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    except DBAPIError as error:
        _silence(error)
        raise


def _silence(error: DBAPIError) -> None:
    """Take the server's words out of it: they quote what was being stored."""
    state = getattr(error.orig, "sqlstate", None) or "no state"
    error.args = (f"{type(error.orig).__name__} ({state})",)
    if error.orig is not None:
        error.orig.args = error.args


def _passes(error: Exception) -> bool:
    if not isinstance(error, DBAPIError):
        return True  # no connection was free in time
    state = getattr(error.orig, "sqlstate", None)
    # Without a state the server was not reached at all.
    return error.connection_invalidated or state in _PASSING or _unreached(error, state)


def _unreached(error: DBAPIError, state: object) -> bool:
    return state is None and type(error.orig).__name__ == "OperationalError"
