"""The one thread that writes: what waits at the same moment shares one commit."""

import asyncio
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Connection

from common.runtime.database.quick import refused

T = TypeVar("T")

BATCH = 64
PATIENCE = 0.02  # seconds


@dataclass(frozen=True, slots=True)
class _Work:
    """Something to do on the writer's connection, and the future of whoever waits for it."""

    do: Callable[[Connection], Any]
    reads: bool
    future: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)


class _Sign(Enum):
    """What can stand among the work."""

    GO = "the patient have waited long enough"
    STOP = "let go when this is done"


_Outcome = tuple[_Work, Any, Exception | None]


class Writer:
    """Does work in order, each piece whole or not at all.

    A full sync to disk is what a write costs, so those that wait together are committed together.
    When one of them fails, nothing of that commit stays, and each is done again by itself: the
    one that fails leaves no trace and spares the others.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queue: queue.SimpleQueue[_Work | _Sign] = queue.SimpleQueue()
        self._patient: deque[_Work] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._thread = threading.Thread(target=self._run, name="database-write", daemon=True)
        self._thread.start()

    async def do(
        self, work: Callable[[Connection], T], *, reads: bool = False, patient: bool = False
    ) -> T:
        """Have it done; it is on disk when this returns. What only `reads` cannot write.

        What is `patient` waits for something to share its commit with, but not for long.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        one = _Work(work, reads, future)
        if patient:
            self._patient.append(one)
            # A timer that should have rung long ago belongs to a loop that has ended.
            if self._timer is None or self._timer.when() < one.loop.time():
                self._timer = one.loop.call_later(PATIENCE, self._end_of_patience)
        else:
            self._queue.put(one)
        return await future

    def _end_of_patience(self) -> None:
        self._timer = None
        if self._patient:
            self._queue.put(_Sign.GO)

    def close(self) -> None:
        """Do what was asked for, then let go. Blocks."""
        self._queue.put(_Sign.STOP)
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
        """The patient, then all else that waits now, at most a batch; False when asked to stop.

        Waking this thread takes time: the patient are there when something else has done it.
        """
        batch: list[_Work] = []
        one = self._queue.get()
        while one is not _Sign.STOP:
            if isinstance(one, _Work):
                batch.append(one)
            if len(batch) == BATCH or self._queue.empty():
                break
            one = self._queue.get()
        patient = [self._patient.popleft() for _ in range(len(self._patient))]
        return patient + batch, one is not _Sign.STOP


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
