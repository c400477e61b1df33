"""The stores of a run: where they are, how they are cut off, and how they are looked into."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests.chaos.pause import rest
from tests.chaos.plan import Kind
from tests.chaos.weather import Weather
from tests.support.postgres import PostgresServer, server

SIDES = ("bot", "api")
SHORTEST_LOCK, LONGEST_LOCK = 2.0, 8.0
"""Seconds; a writer of ours gives up after five."""
_WAITS = 30.0

Rows = Sequence[tuple[Any, ...]]


class Store(Protocol):
    """The databases of bot and api."""

    copies: int
    """How many processes of each side may work with them."""

    def url(self, side: str) -> str:
        """The address for the settings."""
        ...

    async def cut(self, weather: Weather) -> None:
        """Keep somebody from their database, for a while or just now."""
        ...

    def rows(self, side: str, statement: str) -> Rows:
        """What a statement finds."""
        ...

    async def change(self, side: str, statement: str) -> None:
        """Do a statement past every rule."""
        ...


class SqliteStore:
    """Two files, each with one process."""

    copies = 1

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, side: str) -> str:
        return f"sqlite:///{self._file(side)}"

    async def cut(self, weather: Weather) -> None:
        """Another connection holds the lock for longer than anybody expects."""
        side = weather.random.choice(SIDES)
        seconds = weather.random.uniform(SHORTEST_LOCK, LONGEST_LOCK)
        with closing(
            sqlite3.connect(self._file(side), timeout=_WAITS, check_same_thread=False)
        ) as held:
            await asyncio.to_thread(held.execute, "BEGIN EXCLUSIVE")
            weather.note("database: locked for some seconds")
            await rest(seconds)

    def rows(self, side: str, statement: str) -> Rows:
        with closing(sqlite3.connect(self._file(side), timeout=_WAITS)) as file:
            return file.execute(statement).fetchall()

    async def change(self, side: str, statement: str) -> None:
        # Not in this thread: it is perhaps us who hold the lock.
        await asyncio.to_thread(self._change, side, statement)

    def _change(self, side: str, statement: str) -> None:
        with closing(sqlite3.connect(self._file(side), timeout=_WAITS)) as file, file:
            file.execute(statement)

    def _file(self, side: str) -> Path:
        return self._folder / f"{side}.sqlite3"


class PostgresStore:
    """Two databases of one server, each with two processes."""

    copies = 2

    def __init__(self, running: PostgresServer) -> None:
        self._running = running
        self._urls = {side: running.database() for side in SIDES}

    def url(self, side: str) -> str:
        return self._urls[side]

    async def cut(self, weather: Weather) -> None:
        """Every connection of ours ends at once."""
        await asyncio.to_thread(self._terminate)
        weather.note("database: all connections ended")

    def rows(self, side: str, statement: str) -> Rows:
        with psycopg.connect(self._urls[side]) as connection:
            return connection.execute(statement.encode()).fetchall()

    async def change(self, side: str, statement: str) -> None:
        await asyncio.to_thread(self._change, side, statement)

    def _change(self, side: str, statement: str) -> None:
        with psycopg.connect(self._urls[side]) as connection:
            connection.execute(statement.encode())

    def _terminate(self) -> None:
        with psycopg.connect(self._running.url("postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )


@contextmanager
def opened(kind: Kind, folder: Path) -> Iterator[Store]:
    """The stores for the time of the block."""
    if kind is Kind.SQLITE:
        yield SqliteStore(folder)
        return
    with server(fsync=True, max_connections=200) as running:
        yield PostgresStore(running)
