"""Sealing anew spares what others change, leaves what no key opens, notices latecomers."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeVar

import pytest
from sqlalchemy import Column, Connection, LargeBinary, MetaData, String, Table, insert, update

from api.persistence import sealed as api_sealed
from api.persistence.tables import METADATA as API_TABLES
from bot.storage import sealed as bot_sealed
from bot.storage.tables import BotTable
from common.runtime.database import Database, open_database
from common.runtime.upkeep.reseal import Resealed, SealedColumn, reseal
from common.runtime.upkeep.resealing import said
from common.runtime.vault import SealError, Vault

T = TypeVar("T")
METADATA = MetaData()
NOTES = Table(
    "note",
    METADATA,
    Column("shelf", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("body", LargeBinary),
)
SEALED = SealedColumn(NOTES, NOTES.c.body, NOTES.c.shelf + "/" + NOTES.c.name)
OLD, NEW, OTHER = (Vault.new_key(name) for name in ("k1", "k2", "k3"))
BEFORE, BETWEEN, AFTER = (Vault.parse(one) for one in (OLD, f"{NEW},{OLD}", NEW))


def quietly(_table: str, _seen: int, _total: int) -> None:
    pass


def add(vault: Vault, *names: str) -> Callable[[Connection], None]:
    place = {"table": "note", "column": "body"}
    rows = [
        {
            "shelf": name[0],
            "name": name,
            "body": vault.seal(name.encode(), **place, row=f"{name[0]}/{name}"),
        }
        for name in names
    ]

    def work(connection: Connection) -> None:
        connection.execute(insert(NOTES), rows)

    return work


def opened(vault: Vault) -> Callable[[Connection], dict[str, str]]:
    def work(connection: Connection) -> dict[str, str]:
        place = {"table": "note", "column": "body"}
        return {
            row.name: vault.open(row.body, **place, row=f"{row.shelf}/{row.name}").decode()
            for row in connection.execute(NOTES.select())
            if row.body
        }

    return work


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    database = open_database(store_url)
    database.create(METADATA)
    yield database
    await database.close()


NAMES = [f"{shelf}{number}" for shelf in "abc" for number in range(10)]


async def test_every_row_is_reached_in_batches_that_end_anywhere(database: Database) -> None:
    await database.write(add(BEFORE, *NAMES))
    await database.write(add(BETWEEN, "d1"))
    erased = insert(NOTES).values([("e", "none", None), ("e", "empty", b"")])
    await database.write(lambda connection: connection.execute(erased).rowcount)
    seen: list[tuple[str, int, int]] = []
    found = await reseal(database, [SEALED], BETWEEN, lambda *one: seen.append(one), batch=7)
    assert found == Resealed(done=30, late=0, closed=0)
    assert seen[0] == ("note", 0, 33)
    assert ("note", 33, 33) in seen
    assert await database.read(opened(AFTER)) == {name: name for name in [*NAMES, "d1"]}
    assert await reseal(database, [SEALED], BETWEEN, quietly) == Resealed(0, 0, 0)


async def test_what_was_stopped_goes_on_where_it_was(database: Database) -> None:
    await database.write(add(BEFORE, *NAMES))

    def stop(_table: str, seen: int, _total: int) -> None:
        if seen == 14:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await reseal(database, [SEALED], BETWEEN, stop, batch=7)
    assert len(await database.read(opened(BETWEEN))) == 30
    assert (await reseal(database, [SEALED], BETWEEN, quietly)).done == 16
    assert len(await database.read(opened(AFTER))) == 30


class Meddling:
    """A database into which somebody else writes in the moment before each of our writes."""

    def __init__(self, database: Database, meddle: Callable[[Connection], None]) -> None:
        self._database = database
        self._meddle = meddle
        self.read = database.read
        self.peek = database.peek
        self.create = database.create
        self.prepare = database.prepare
        self.close = database.close
        self.shared = database.shared

    async def write(self, work: Callable[[Connection], T], *, patient: bool = False) -> T:
        await self._database.write(self._meddle)
        return await self._database.write(work, patient=patient)


async def test_a_value_that_has_changed_since_it_was_read_stays(database: Database) -> None:
    await database.write(add(BEFORE, "a1", "a2", "a3"))
    newer = BETWEEN.seal(b"newer", table="note", column="body", row="a/a1")

    def meddle(connection: Connection) -> None:
        of = update(NOTES).where
        connection.execute(of(NOTES.c.name == "a1").values(body=newer))
        connection.execute(of(NOTES.c.name == "a2").values(body=None))
        connection.execute(NOTES.delete().where(NOTES.c.name == "a3"))

    await reseal(Meddling(database, meddle), [SEALED], BETWEEN, quietly)
    assert await database.read(opened(AFTER)) == {"a1": "newer"}


async def test_a_process_that_still_uses_the_old_key_is_noticed(database: Database) -> None:
    await database.write(add(BEFORE, "a1"))
    writes = iter([add(BEFORE, "a0", "a2")])  # behind where we are by then, and ahead

    def meddle(connection: Connection) -> None:
        for work in writes:
            work(connection)

    found = await reseal(Meddling(database, meddle), [SEALED], BETWEEN, quietly, batch=1)
    assert found == Resealed(done=3, late=1, closed=0)
    assert await reseal(database, [SEALED], BETWEEN, quietly) == Resealed(0, 0, 0)


async def test_what_no_key_opens_stays_as_it_is(database: Database) -> None:
    await database.write(add(Vault.parse(OTHER), "a1"))
    await database.write(add(BEFORE, "a2"))
    found = await reseal(database, [SEALED], BETWEEN, quietly)
    assert found == Resealed(done=1, late=0, closed=1)
    with pytest.raises(SealError):
        await database.read(opened(BETWEEN))
    assert len(await database.read(opened(Vault.parse(f"{NEW},{OTHER}")))) == 2


@pytest.mark.parametrize(
    ("metadata", "sealed", "plain"),
    [
        (BotTable.metadata, bot_sealed.SEALED, bot_sealed.PLAIN),
        (API_TABLES, api_sealed.SEALED, api_sealed.PLAIN),
    ],
    ids=["bot", "api"],
)
def test_every_column_of_bytes_is_sealed_or_said_to_be_plain(
    metadata: MetaData, sealed: Sequence[SealedColumn], plain: frozenset[str]
) -> None:
    bytes_ = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    ]
    declared = [f"{one.table.name}.{one.column.name}" for one in sealed]
    assert sorted(bytes_) == sorted([*declared, *plain])


@pytest.mark.parametrize(
    ("found", "ring", "says"),
    [
        (Resealed(3, 0, 0), BETWEEN, "with the key k2. k1 seals nothing any more and may be taken"),
        (Resealed(3, 0, 0), Vault.parse(f"{NEW},{OLD},{OTHER}"), "k1 and k3 seal nothing any more"),
        (Resealed(0, 0, 0), AFTER, "It is the only key there is"),
        (Resealed(3, 1, 0), BETWEEN, "start every process anew with k2 first"),
        (Resealed(3, 0, 2), BETWEEN, "2 values open with none of the keys"),
    ],
)
def test_it_says_in_a_sentence_whether_a_key_may_go(
    found: Resealed, ring: Vault, says: str
) -> None:
    assert says in said(found, ring)
    assert ("may be taken out" in said(found, ring)) == (not found.late and ring is not AFTER)
