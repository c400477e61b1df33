"""The one thread that writes: what waits at the same moment shares one commit."""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

BATCH = 64


@dataclass(frozen=True, slots=True)
class _Work:
    """Something to do on the writer's connection, and the future of whoever waits for it."""

    do: Callable[[Connection], Any]
    reads: bool
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

    async def do(self, work: Callable[[Connection], T], *, reads: bool = False) -> T:
        """Have it done; it is on disk when this returns. What only `reads` cannot write."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put(_Work(work, reads, future))
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
        first = self._queue.get()
        batch: list[_Work] = []
        while first is not None:
            batch.append(first)
            if len(batch) == BATCH or self._queue.empty():
                return batch, True
            first = self._queue.get()
        return batch, False


def _done_together(connection: Connection, batch: Sequence[_Work]) -> list[_Outcome]:
    try:
        with connection.begin():
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
