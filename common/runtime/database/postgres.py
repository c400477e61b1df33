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
CONNECTIONS = 16
PAUSES = (0.05, 0.2, 0.8, 2.0)  # seconds, before work is done again
# What passes by itself, by SQLSTATE: serialisation failure, deadlock, lock not available, too many
# connections, and the server going down or coming up.
_PASSING = frozenset({"40001", "40P01", "55P03", "53300", "57P01", "57P02", "57P03"})
_SESSION = {
    "connect_timeout": 5,
    "application_name": "doorway",
    "options": "-c timezone=UTC -c lock_timeout=10s -c statement_timeout=60s",
    "keepalives_idle": 30,
}


class PostgresDatabase:
    """A store that many processes share; what must be alone takes a lock (see `locks`)."""

    shared = True

    def __init__(self, engine: AsyncEngine, starting: Engine) -> None:
        self._starting = starting
        self._engine = engine
        # What a transaction may do is set when a connection is taken out, at no cost.
        reading: dict[str, Any] = {"postgresql_readonly": True}
        self._reader = engine.execution_options(isolation_level="REPEATABLE READ", **reading)
        self._peeker = engine.execution_options(isolation_level="AUTOCOMMIT", **reading)
        self._closed = False

    @classmethod
    def open(cls, url: URL) -> Self:
        """Open the database that is there; its tables are made by `prepare` and `create`.

        Raises:
            DatabaseError: no server answers, or it does not let us in.
        """
        url = url.set(drivername=DRIVER)
        # Errors of the database must not quote what was being stored.
        starting = create_engine(
            url, poolclass=NullPool, hide_parameters=True, connect_args=_SESSION
        )
        try:
            starting.connect().close()
        except SQLAlchemyError:
            raise DatabaseError(
                f"The PostgreSQL server for {url.database} does not let us in. See that it runs, "
                "that the database exists, and that the URL names a user who may use it."
            ) from None
        engine = create_async_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=0,
            hide_parameters=True,
            connect_args=_SESSION,
        )
        return cls(engine, starting)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction; it is on disk when this returns, or nothing is."""
        return await self._again(self._engine, work)

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
        with self._starting.begin() as connection:
            return work(connection)

    async def close(self) -> None:
        """Let go of the connections."""
        self._closed = True
        self._starting.dispose()
        await self._engine.dispose()

    async def _again(self, engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
        """Do it; once more, a few times, when what went wrong passes by itself."""
        if self._closed:
            raise DatabaseError("The database has been closed.")
        for pause in PAUSES:
            try:
                return await _once(engine, work)
            except (DBAPIError, PoolTimeoutError) as error:
                if not _passes(error):
                    raise
            await asyncio.sleep(pause)
        return await _once(engine, work)


async def _once(engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
    async with engine.begin() as connection:
        return await connection.run_sync(work)


def _passes(error: Exception) -> bool:
    if not isinstance(error, DBAPIError):
        return True  # no connection was free in time
    state = getattr(error.orig, "sqlstate", None)
    # Without a state the server was not reached at all.
    return error.connection_invalidated or state in _PASSING or _unreached(error, state)


def _unreached(error: DBAPIError, state: object) -> bool:
    return state is None and type(error.orig).__name__ == "OperationalError"
