"""Seals anew, with the newest key, what an older key has sealed, beside processes at work.

Each value is replaced only if it still is what was read, in transactions of a moment.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    select,
    tuple_,
    update,
)

from common.runtime.database import Database
from common.runtime.vault import SealError, Vault

BATCH = 200  # rows looked at together

Told = Callable[[str, int, int], None]
"""Told of a table, how many of its rows have been looked at, and how many there were."""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed values; `row` is the SQL of the name under which each was sealed."""

    table: Table
    column: Column[Any]
    row: ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Resealed:
    """What came of it, in values.

    `done` were sealed anew; `late` is how many of them an older key sealed while that went on,
    and `closed` how many no key of the ring opens: they stay as they are.
    """

    done: int
    late: int
    closed: int


async def reseal(
    database: Database,
    columns: Sequence[SealedColumn],
    ring: Vault,
    told: Told,
    *,
    batch: int = BATCH,
) -> Resealed:
    """Go through every column once, then once more to see that nobody uses an older key.

    Can be stopped at any moment and run again; what was done stays done.
    """
    walks = [_Walk(database, one, ring, batch) for one in columns]
    for walk in walks:
        await walk.go(told)
    done = sum(walk.found for walk in walks)
    again = [_Walk(database, one, ring, batch) for one in columns] if done else []
    for walk in again:
        await walk.go(told)
    late, closed = (sum(walk.found for walk in again), sum(one.closed for one in again or walks))
    return Resealed(done + late, late, closed)


class _Walk:
    """One way through a column, by primary key."""

    def __init__(self, database: Database, column: SealedColumn, ring: Vault, batch: int) -> None:
        self.found = 0
        self.closed = 0
        self._database = database
        self._place = {"table": column.table.name, "column": column.column.name}
        self._ring = ring
        self._table = column.table
        self._keys = list(column.table.primary_key)
        self._look = _looking(column, ring.mark).limit(batch)
        self._swap = _swapping(column)

    async def go(self, told: Told) -> None:
        """Look at every row; those that came meanwhile are sealed with the newest key."""
        total = await self._database.read(self._count)
        seen, last = 0, None
        told(self._table.name, seen, total)
        clock = asyncio.get_running_loop().time
        while True:
            began = clock()
            rows = await self._batch(last)
            if not rows:
                return
            seen, last = seen + len(rows), rows[-1]
            told(self._table.name, seen, max(seen, total))
            # Half of the time belongs to those who are at work.
            await asyncio.sleep(clock() - began)

    async def _batch(self, last: Sequence[Any] | None) -> Sequence[Sequence[Any]]:
        look = self._look if last is None else self._look.where(_after(self._keys, last))
        rows = await self._database.read(lambda connection: connection.execute(look).all())
        swaps = list(self._fresh(rows))
        if swaps:
            self.found += len(swaps)
            await self._database.write(lambda connection: _swap(connection, self._swap, swaps))
        return rows

    def _fresh(self, rows: Sequence[Sequence[Any]]) -> Iterator[dict[str, object]]:
        for *keys, sealed, row in rows:
            if not sealed:  # erased, or sealed with the newest key
                continue
            place = {**self._place, "row": str(row)}
            try:
                plain = self._ring.open(sealed, **place)
            except SealError:
                self.closed += 1
                continue
            names = {f"key{number}": key for number, key in enumerate(keys)}
            yield {**names, "old": sealed, "new": self._ring.seal(plain, **place)}

    def _count(self, connection: Connection) -> int:
        return connection.execute(select(func.count()).select_from(self._table)).scalar_one()


def _looking(column: SealedColumn, mark: bytes) -> Select[*tuple[Any, ...]]:
    """The next rows: keys, the value unless the newest key has sealed it, and the row's name."""
    begins = func.substr(column.column, 1, len(mark), type_=LargeBinary)
    value = case((begins == literal(mark, LargeBinary), null()), else_=column.column)
    keys = list(column.table.primary_key)
    return select(*keys, value, column.row).order_by(*keys)


def _after(keys: Sequence[Column[Any]], last: Sequence[Any]) -> ColumnElement[bool]:
    values = [literal(value, key.type) for key, value in zip(keys, last, strict=False)]
    return tuple_(*keys) > tuple_(*values) if len(keys) > 1 else keys[0] > values[0]


def _swapping(column: SealedColumn) -> Update:
    keys = enumerate(column.table.primary_key)
    this = and_(*(key == bindparam(f"key{number}", type_=key.type) for number, key in keys))
    unchanged = column.column == bindparam("old", type_=LargeBinary)
    new = {column.column.name: bindparam("new", type_=LargeBinary)}
    return update(column.table).where(this, unchanged).values(new)


def _swap(connection: Connection, swap: Update, swaps: list[dict[str, object]]) -> None:
    connection.execute(swap, swaps)
