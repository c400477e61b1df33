"""The one thread that writes: what waits at the same moment shares one commit."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

BATCH = 64


class _Work:
    """Something to do on the writer's connection, and the future that waits for it."""

    def __init__(self, do: Callable[[Connection], Any], *, reads: bool) -> None:
        self.do = do
        self.reads = reads
        self.future: Future[Any] = Future()


class Writer:
    """Does work in order, each piece whole or not at all.

    A full sync to disk is what a write costs, so those that wait together are committed together,
    each inside its own savepoint: one that fails leaves no trace and spares the others.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="database-write", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T], *, reads: bool = False) -> "Future[T]":
        """Have it done; the future ends when it is on disk. What only `reads` cannot write."""
        waiting = _Work(work, reads=reads)
        self._queue.put(waiting)
        return waiting.future

    def close(self) -> None:
        """Do what was submitted, then let go. Blocks."""
        self._queue.put(None)
        self._thread.join()
        self._connection.close()
        self._connection.engine.dispose()

    def _run(self) -> None:
        going_on = True
        while going_on:
            batch, going_on = self._next()
            _commit_together(self._connection, batch)

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
