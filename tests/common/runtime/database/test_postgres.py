"""PostgreSQL: what passes by itself is done again, and what several processes share is locked."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from psycopg import AsyncConnection
from sqlalchemy import Connection, insert, text

from common.runtime.database import Database, DatabaseError, locks, open_database
from common.runtime.database.quick import Quick, ask
from tests.support.numbers import METADATA, NUMBER, add, numbers
from tests.support.postgres import PostgresServer

CUT_ALL = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
async def pair(postgres: PostgresServer) -> AsyncIterator[tuple[Database, Database]]:
    """Two processes' views of one database."""
    url = postgres.database()
    first, second = open_database(url), open_database(url)
    first.create(METADATA)
    yield first, second
    await first.close()
    await second.close()


async def test_connections_that_were_cut_are_made_anew(pair: tuple[Database, Database]) -> None:
    mine, other = pair
    await mine.write(add(1))
    assert await other.write(lambda c: c.execute(CUT_ALL).scalar_one()) >= 1
    await mine.write(add(2))
    assert await mine.peek(numbers) == await mine.read(numbers) == [1, 2]


async def test_work_whose_connection_is_cut_in_the_middle_is_done_again(
    pair: tuple[Database, Database],
) -> None:
    mine, other = pair
    tries = 0

    def work(connection: Connection) -> None:
        nonlocal tries
        tries += 1
        add(7)(connection)
        if tries == 1:
            other.prepare(lambda c: c.execute(CUT_ALL).close())
        add(8)(connection)

    await mine.write(work)
    assert tries == 2
    assert await mine.read(numbers) == [7, 8]


async def test_several_asked_at_once_are_asked_again_when_the_connection_is_cut(
    pair: tuple[Database, Database],
) -> None:
    mine, other = pair
    adding = Quick(insert(NUMBER).returning(NUMBER.c.n))
    tries = 0

    def work(connection: Connection) -> None:
        nonlocal tries
        tries += 1
        add(7)(connection)
        if tries == 1:
            other.prepare(lambda c: c.execute(CUT_ALL).close())
        ask(connection, (adding, {"n": 8}), (adding, {"n": 9}))

    await mine.write(work)
    assert tries == 2
    assert await mine.read(numbers) == [7, 8, 9]


async def test_what_was_begun_is_finished_when_whoever_asked_is_cancelled(
    postgres: PostgresServer,
) -> None:
    """The driver, when it is cancelled as a pipeline begins, leaves its connection of no use."""
    url = postgres.database()
    mine = open_database(url)
    mine.create(METADATA)
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    async with (
        await AsyncConnection.connect(url) as other,
        # Within a transaction the server shows who waits as it was at the first look.
        await AsyncConnection.connect(url, autocommit=True) as looking,
    ):
        await other.execute("LOCK TABLE number IN EXCLUSIVE MODE")
        asked = asyncio.ensure_future(mine.write(add(7)))
        while not (await (await looking.execute(waiting)).fetchone() or (0,))[0]:  # noqa: ASYNC110 the server has no event for it
            await asyncio.sleep(0)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert asked.cancelled()
        await other.rollback()
    await mine.close()  # which waits for what was begun
    again = open_database(url)
    assert await again.read(numbers) == [7]
    await again.close()


async def test_two_that_wait_for_each_other_both_end(pair: tuple[Database, Database]) -> None:
    await pair[0].write(add(1))
    await pair[0].write(add(2))
    met = 0

    def change(first: int, second: int) -> Callable[[Connection], None]:
        def work(connection: Connection) -> None:
            nonlocal met
            connection.execute(text("UPDATE number SET n = n WHERE n = :n"), {"n": first})
            met += 1
            while met < 2:  # the other one's turn
                connection.execute(text("SELECT 1"))
            connection.execute(text("UPDATE number SET n = n WHERE n = :n"), {"n": second})

        return work

    await asyncio.gather(pair[0].write(change(1, 2)), pair[1].write(change(2, 1)))
    assert await pair[0].read(numbers) == [1, 2]


async def test_a_lock_is_held_until_the_end_of_the_transaction(
    pair: tuple[Database, Database],
) -> None:
    def mine(connection: Connection) -> tuple[bool, bool, bool]:
        locks.hold(connection, "b", "a", "a")
        return (
            locks.try_hold(connection, "a"),
            pair[1].prepare(lambda c: locks.try_hold(c, "a")),
            pair[1].prepare(lambda c: locks.try_hold(c, "c")),
        )

    assert await pair[0].write(mine) == (True, False, True)
    assert await pair[1].write(lambda c: locks.try_hold(c, "a"))


@pytest.mark.parametrize(
    "address", ["nobody:hush@127.0.0.1:{port}/postgres", "x:hush@127.0.0.1:1/x"]
)
def test_a_server_that_does_not_let_us_in_is_named_in_plain_words(
    postgres: PostgresServer, address: str
) -> None:
    with pytest.raises(DatabaseError, match="does not let us in") as caught:
        open_database(f"postgresql://{address.format(port=postgres.port)}")
    assert "hush" not in str(caught.value)
