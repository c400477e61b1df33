"""SQLite: shared commits, one process per file, a clean end."""

import asyncio
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from common.runtime.database import Database, DatabaseError, open_database
from tests.support.numbers import CHILD, METADATA, add, numbers


@pytest.fixture(params=["memory", "file"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    url = "sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/deep/x.sqlite3"
    opened = open_database(url)
    opened.create(METADATA)
    yield opened
    await opened.close()


async def test_a_failed_write_leaves_no_trace_and_spares_its_neighbours(
    database: Database,
) -> None:
    gate = threading.Event()
    held = asyncio.ensure_future(database.write(lambda _: gate.wait(10)))

    def fails(connection: Connection) -> None:
        add(2)(connection)
        raise KeyError("mine")

    others = [database.write(add(1)), database.write(fails), database.write(add(3))]
    together = asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)
    gate.set()
    assert await held
    one, two, three = await together
    assert (one, three) == (1, 3)
    assert isinstance(two, KeyError)
    assert await database.read(numbers) == [1, 3]


async def test_whoever_breaks_the_shared_commit_breaks_only_their_own(database: Database) -> None:
    gate = threading.Event()
    held = asyncio.ensure_future(database.write(lambda _: gate.wait(10)))

    def breaks(connection: Connection) -> None:
        add(2)(connection)  # the second time, all that was begun is rolled back by SQLite itself
        connection.exec_driver_sql("INSERT OR ROLLBACK INTO number VALUES (2)")

    together = asyncio.gather(
        *(database.write(work) for work in (add(1), breaks, add(3))), return_exceptions=True
    )
    await asyncio.sleep(0)
    gate.set()
    assert await held
    one, two, three = await together
    assert (one, three) == (1, 3)
    assert isinstance(two, IntegrityError)
    await database.write(add(4))
    assert await database.read(numbers) == [1, 3, 4]


async def test_whoever_has_gone_is_not_told(database: Database) -> None:
    begun, gate = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        begun.set()
        gate.wait(10)
        add(1)(connection)

    going = asyncio.ensure_future(database.write(slow))
    await asyncio.to_thread(begun.wait, 10)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    gate.set()
    assert await database.write(add(2)) == 2
    assert await database.read(numbers) == [1, 2]


async def test_what_a_start_prepares_may_leave_no_row_that_refers_to_nothing(
    database: Database,
) -> None:
    await database.write(add(1))
    await database.write(lambda connection: connection.execute(insert(CHILD).values(n=1)).rowcount)
    for breaks in ("DELETE FROM number", "DROP TABLE number", "INSERT INTO child VALUES (9)"):
        with pytest.raises(DatabaseError, match="refer to rows that are gone"):
            database.prepare(partial(Connection.exec_driver_sql, statement=breaks))
    assert database.prepare(numbers) == [1]


async def test_a_write_that_nobody_waits_for_any_more_is_not_begun(database: Database) -> None:
    gate = threading.Event()
    held = asyncio.ensure_future(database.write(lambda _: gate.wait(10)))
    waiting = asyncio.ensure_future(database.write(add(1)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.set()
    assert await held
    assert await database.read(numbers) == []


async def test_closing_finishes_what_was_asked_for(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite3"
    first = open_database(url)
    first.create(METADATA)
    writes = [asyncio.ensure_future(first.write(add(n))) for n in range(200)]
    await asyncio.sleep(0)
    await first.close()
    await first.close()
    assert await asyncio.gather(*writes) == list(range(200))
    for work in (first.write(add(1)), first.read(numbers)):
        with pytest.raises(DatabaseError, match="closed"):
            await work
    second = open_database(url)
    assert await second.read(numbers) == list(range(200))
    await second.close()


async def test_a_second_process_is_refused_in_plain_words(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite3"
    first = open_database(url)
    with pytest.raises(DatabaseError, match=r"Another process is using .*x\.sqlite3"):
        open_database(url)
    await first.close()
    await open_database(url).close()


async def test_every_commit_reaches_the_disk(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path}/x.sqlite3")

    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert await opened.write(pragmas) == ["wal", 2, 1, 5000]
    await opened.close()


async def test_only_we_may_read_the_files(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path}/x.sqlite3")
    opened.create(METADATA)
    names = ("x.sqlite3", "x.sqlite3-wal")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in names]
    assert modes == [0o600, 0o600]
    await opened.close()


def test_a_file_that_is_no_database_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(b"this is a letter to a friend" * 100)
    with pytest.raises(DatabaseError, match="no database that can be opened"):
        open_database(f"sqlite:///{tmp_path}/x.sqlite3")


def test_a_place_that_cannot_be_written_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="choose another place"):
        open_database(f"sqlite:///{tmp_path}/file/x.sqlite3")


async def test_a_start_beside_who_has_locked_the_file_says_so(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path}/x.sqlite3")
    await opened.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout = 0"))
    with closing(sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseError, match="Start again when it has finished"):
            opened.prepare(numbers)
    await opened.close()


@pytest.fixture
async def commits(tmp_path: Path) -> AsyncIterator[tuple[Database, list[str]]]:
    """A store in a file, and what it commits from now on."""
    opened, heard = open_database(f"sqlite:///{tmp_path}/patient.sqlite3"), list[str]()
    opened.create(METADATA)

    def listen(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(lambda said: heard.append(said) if said == "COMMIT" else None)

    await opened.write(listen)
    heard.clear()
    yield opened, heard
    await opened.close()


async def test_the_patient_share_the_commit_of_what_comes_next(
    commits: tuple[Database, list[str]],
) -> None:
    database, heard = commits
    patient = [asyncio.ensure_future(database.write(add(n), patient=True)) for n in (1, 2)]
    await asyncio.sleep(0)
    assert await database.write(numbers) == [1, 2]  # in order, and in the same transaction
    assert await asyncio.gather(*patient) == [1, 2]
    assert heard == ["COMMIT"]


async def test_the_patient_are_not_forgotten_when_nothing_comes(
    commits: tuple[Database, list[str]],
) -> None:
    database, heard = commits
    assert await database.write(add(1), patient=True) == 1
    assert heard == ["COMMIT"]


async def test_the_patient_are_done_before_the_store_is_closed(
    commits: tuple[Database, list[str]],
) -> None:
    database, _ = commits
    patient = asyncio.ensure_future(database.write(add(1), patient=True))
    await asyncio.sleep(0)
    await database.close()
    assert await patient == 1
