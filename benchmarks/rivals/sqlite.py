"""The rivals' store: one table of texts, read at once, written by one thread for many together."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path

_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 5000")
_GET = "SELECT value FROM book WHERE name = ?"
_ALL = "SELECT name, value FROM book WHERE name LIKE ? || '%'"
_PUT = "INSERT INTO book VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"

Entry = tuple[Mapping[str, str], "asyncio.Future[None]"]


class Book:
    """Texts under names, on disk when `put` returns. Reading never waits for a disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader = self._opened()
        self._reader.execute("CREATE TABLE IF NOT EXISTS book (name TEXT PRIMARY KEY, value TEXT)")
        self._loop = asyncio.get_running_loop()
        self._waiting: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def get(self, name: str) -> str:
        """The text under this name, empty when there is none."""
        row = self._reader.execute(_GET, (name,)).fetchone()
        return row[0] if row else ""

    def starting(self, name: str) -> dict[str, str]:
        """All texts whose name starts so."""
        return dict(self._reader.execute(_ALL, (name,)))

    async def put(self, values: Mapping[str, str]) -> None:
        """Write all of these, or none."""
        if values:
            done: asyncio.Future[None] = self._loop.create_future()
            self._waiting.put((values, done))
            await done

    async def close(self) -> None:
        """Let go."""
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)
        self._reader.close()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        return connection

    def _run(self) -> None:
        connection = self._opened()
        while (first := self._waiting.get()) is not None:
            batch = [first]
            while not self._waiting.empty() and (more := self._waiting.get()) is not None:
                batch.append(more)
            connection.execute("BEGIN IMMEDIATE")
            for values, _ in batch:
                connection.executemany(_PUT, values.items())
            connection.execute("COMMIT")
            self._loop.call_soon_threadsafe(_all_done, [done for _, done in batch])
        connection.close()


def _all_done(futures: "list[asyncio.Future[None]]") -> None:
    for one in futures:
        one.set_result(None)
