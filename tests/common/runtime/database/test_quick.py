"""Quick statements give on either database what a connection would have given."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlmodel import UTCDateTime

from common.runtime.database import Database, open_database
from common.runtime.database.quick import Asked, Quick, Statement, ask

METADATA = MetaData()
THING = Table(
    "thing",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(20), nullable=False, unique=True),
    Column("at", UTCDateTime()),
    Column("good", Boolean),
    Column("body", LargeBinary),
    Column("tries", Integer, default=7),
)
AT = datetime(2026, 11, 29, 1, 2, 3, 456, tzinfo=UTC)
GIVEN = {"name": "a", "at": AT, "good": True, "body": b"\0\xff", "tries": 1}
COLUMNS = (THING.c.name, THING.c.at, THING.c.good, THING.c.body, THING.c.tries)
ADD = Quick(insert(THING).on_conflict_do_nothing().returning(THING.c.id, THING.c.at))
FIND = Quick(select(*COLUMNS).where(THING.c.name == bindparam("which")).limit(1))
SPOIL = Quick(
    update(THING).where(THING.c.name == bindparam("which"), THING.c.good).values(good=False)
)


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    opened = open_database(store_url)
    opened.create(METADATA)
    yield opened
    await opened.close()


async def test_values_go_in_and_come_out_as_their_columns_have_them(database: Database) -> None:
    def work(connection: Connection) -> None:
        added = ADD.first(connection, GIVEN)
        assert added is not None
        assert added[1] == AT
        found = FIND.first(connection, {"which": "a"})
        assert found is not None
        assert tuple(found) == ("a", AT, True, b"\0\xff", 1)
        assert ADD.first(connection, GIVEN) is None  # it is known
        assert FIND.all(connection, {"which": "b"}) == []

    await database.write(work)


async def test_it_says_how_many_rows_it_has_changed(database: Database) -> None:
    def work(connection: Connection) -> list[int]:
        ADD.each(connection, [GIVEN, {**GIVEN, "name": "b", "at": None}])
        return [SPOIL.count(connection, {"which": one}) for one in ("a", "a", "b", "c")]

    assert await database.write(work) == [1, 0, 1, 0]


async def test_it_is_part_of_the_transaction_like_any_other(database: Database) -> None:
    def fails(connection: Connection) -> None:
        connection.execute(insert(THING).values({**GIVEN, "name": "b"}))
        ADD.first(connection, GIVEN)
        raise KeyError("mine")

    with pytest.raises(KeyError):
        await database.write(fails)
    found = await database.read(
        lambda connection: [FIND.first(connection, {"which": one}) for one in ("a", "b")]
    )
    assert found == [None, None]


async def test_a_refusal_is_the_connections_own_and_quotes_nothing(database: Database) -> None:
    plain = Quick(insert(THING))
    twice = {**GIVEN, "name": "secret-name"}
    with pytest.raises(DBAPIError) as refused:
        await database.write(lambda connection: plain.each(connection, [twice, twice]))
    assert "secret-name" not in str(refused.value)
    for look in (database.read, database.peek):
        with pytest.raises(DBAPIError):
            await look(lambda connection: ADD.first(connection, GIVEN))


async def test_several_are_asked_in_order_and_each_sees_those_before_it(
    database: Database,
) -> None:
    again, other = {**GIVEN, "good": None}, {**GIVEN, "name": "b", "at": None}

    def work(connection: Connection) -> list[list[object]]:
        asked: list[Asked] = [(ADD, GIVEN), (ADD, again), (FIND, {"which": "a"}), (ADD, other)]
        asked += [(FIND, {"which": "b"}), (FIND, {"which": "c"})]
        return [[tuple(row)[:2] for row in rows] for rows in ask(connection, *asked)]

    first, *found = await database.write(work)
    assert len(first) == 1
    assert found[:2] == [[], [("a", AT)]]
    assert found[3:] == [[("b", None)], []]


async def test_one_that_is_refused_among_several_leaves_nothing_of_them(
    database: Database,
) -> None:
    plain = Quick(insert(THING).returning(THING.c.id))
    secret = {**GIVEN, "name": "secret-name"}
    asked: list[Asked] = [(ADD, GIVEN), (plain, secret), (plain, secret), (FIND, {"which": "a"})]
    with pytest.raises(DBAPIError) as refused:
        await database.write(lambda connection: ask(connection, *asked))
    assert "secret-name" not in str(refused.value)
    assert await database.read(lambda connection: FIND.all(connection, {"which": "a"})) == []
    await database.write(lambda connection: ask(connection, *asked[:2]))


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (
            select(THING).where(THING.c.id.in_(bindparam("these", expanding=True))),
            {"these": [1, 2]},
        ),
        (insert(THING), {"name": "no tries, so that a default is worked out"}),
    ],
    ids=["list", "default"],
)
async def test_what_must_be_worked_out_each_time_is_not_for_it(
    statement: Statement, values: dict[str, object]
) -> None:
    database = open_database("sqlite://")
    database.create(METADATA)
    with pytest.raises(TypeError):
        await database.write(lambda connection: Quick(statement).all(connection, values))
    await database.close()
