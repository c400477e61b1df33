"""The one thread that writes: what waits at the same moment shares one commit."""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection

from common.runtime.database.quick import refused

T = TypeVar("T")

BATCH = 64
PATIENCE = 0.02  # seconds


@dataclass(frozen=True, slots=True)
class _Work:
    """Something to do on the writer's connection, and the future of whoever waits for it.

    What is `patient` may wait a moment for something to share its commit with.
    """

    do: Callable[[Connection], Any]
    reads: bool
    patient: bool
    future: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)


_Outcome = tuple[_Work, Any, Exception | None]


class Writer:
    """Does work in order, each piece whole or not at all.

    A full sync to disk is what a write costs, so those that wait together are committed together.
    When one of them fails, nothing of that commit stays, and each is done again by itself: the
    one that fails leaves no trace and spares the others.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="database-write", daemon=True)
        self._thread.start()

    async def do(
        self, work: Callable[[Connection], T], *, reads: bool = False, patient: bool = False
    ) -> T:
        """Have it done; it is on disk when this returns. What only `reads` cannot write."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put(_Work(work, reads, patient, future))
        return await future

    def close(self) -> None:
        """Do what was asked for, then let go. Blocks."""
        self._queue.put(None)
        self._thread.join()
        self._connection.close()
        self._connection.engine.dispose()

    def _run(self) -> None:
        going_on = True
        while going_on:
            batch, going_on = self._next()
            awaited = [one for one in batch if not one.future.cancelled()]
            _tell(_done_together(self._connection, awaited))

    def _next(self) -> tuple[list[_Work], bool]:
        """All that waits now (at least one, at most a batch); False when asked to stop."""
        batch: list[_Work] = []
        until = None
        while len(batch) < BATCH:
            try:
                one = self._queue.get(timeout=until and max(0.0, until - time.monotonic()))
            except queue.Empty:
                return batch, True
            if one is None:
                return batch, False
            batch.append(one)
            # The patient wait together, as long as the first of them has said it can.
            if not one.patient:
                until = _NOW
            elif until is None:
                until = time.monotonic() + PATIENCE
        return batch, True


_NOW = float("-inf")


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All that is done on it meanwhile is kept, or nothing; through SQLAlchemy or past it.

    The connection's engine must begin nothing itself.
    """
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment] # its type is Any | None
    try:
        driver.execute("BEGIN IMMEDIATE").close()
    except sqlite3.Error as error:
        raise refused("BEGIN IMMEDIATE", error) from error
    # Its own transaction begins with the first statement that goes through it, if one does.
    try:
        yield
        (connection if connection.in_transaction() else driver).commit()
    except BaseException:
        (connection if connection.in_transaction() else driver).rollback()
        raise


def _done_together(connection: Connection, batch: Sequence[_Work]) -> list[_Outcome]:
    try:
        with transaction(connection):
            return [(one, _attempt(connection, one), None) for one in batch]
    except Exception as error:  # noqa: BLE001 it belongs to those who wait, not to this thread
        if len(batch) == 1:
            return [(batch[0], None, error)]
        return [outcome for one in batch for outcome in _done_together(connection, [one])]


def _attempt(connection: Connection, one: _Work) -> Any:  # noqa: ANN401 whatever the work gives
    if not one.reads:
        return one.do(connection)
    connection.exec_driver_sql("PRAGMA query_only = ON")
    try:
        return one.do(connection)
    finally:
        connection.exec_driver_sql("PRAGMA query_only = OFF")


def _tell(outcomes: Sequence[_Outcome]) -> None:
    """Wake those who wait, once for each event loop."""
    for loop in {outcome[0].loop for outcome in outcomes}:
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, [one for one in outcomes if one[0].loop is loop])


def _settle(outcomes: Sequence[_Outcome]) -> None:
    for one, result, error in outcomes:
        if one.future.done():
            continue  # whoever waited has gone
        if error is None:
            one.future.set_result(result)
        else:
            one.future.set_exception(error)
