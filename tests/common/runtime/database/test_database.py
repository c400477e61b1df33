"""What every database promises: whole transactions, views that cannot write, silent errors."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from common.runtime.database import Database, DatabaseError, open_database
from tests.support.numbers import CHILD, METADATA, add, numbers


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    opened = open_database(store_url)
    opened.create(METADATA)
    yield opened
    await opened.close()


async def test_what_was_written_is_read(database: Database) -> None:
    assert await database.write(add(1)) == 1
    assert await database.read(numbers) == [1]


async def test_a_read_cannot_write_and_a_write_can_again(database: Database) -> None:
    for look in (database.read, database.peek):
        with pytest.raises(DBAPIError):
            await look(add(1))
    await database.write(add(2))
    assert await database.read(numbers) == [2]


async def test_a_peek_sees_what_was_written_a_moment_ago(database: Database) -> None:
    for n in (1, 2, 3):
        await database.write(add(n))
        assert len(await database.peek(numbers)) == n


async def test_a_failed_write_leaves_no_trace(database: Database) -> None:
    def fails(connection: Connection) -> None:
        add(2)(connection)
        raise KeyError("mine")

    with pytest.raises(KeyError):
        await database.write(fails)
    assert await database.read(numbers) == []


async def test_what_is_prepared_at_the_start_is_there_and_keys_hold_again(
    database: Database,
) -> None:
    assert database.prepare(add(5)) == 5
    with pytest.raises((IntegrityError, DatabaseError)):
        database.prepare(lambda connection: connection.execute(insert(CHILD).values(n=9)))
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: connection.execute(insert(CHILD).values(n=9)))
    assert await database.read(numbers) == [5]


async def test_a_store_that_was_closed_says_so(database: Database) -> None:
    await database.close()
    for work in (database.write(add(1)), database.read(numbers), database.peek(numbers)):
        with pytest.raises(DatabaseError, match="closed"):
            await work


async def test_foreign_keys_are_kept(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: connection.execute(insert(CHILD).values(n=9)))


async def test_an_error_does_not_quote_what_was_being_stored(database: Database) -> None:
    await database.write(add(77_777))
    with pytest.raises(IntegrityError) as caught:
        await database.write(add(77_777))
    assert "77777" not in str(caught.value)


@pytest.mark.parametrize("url", ["mysql://name:hush@localhost/x", "hush"])
def test_another_kind_of_database_is_refused_in_plain_words(url: str) -> None:
    with pytest.raises(DatabaseError, match="begins with sqlite:/// or postgresql://") as caught:
        open_database(url)
    assert "hush" not in str(caught.value)
