"""How the jobs stand: how many of each kind wait or are dead, and the age of the oldest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, case, func, select

from common.runtime import jobtable


@dataclass(frozen=True, slots=True)
class KindOfJob:
    """All jobs of one kind; `oldest_due_seconds` is 0 while none is due."""

    kind: str
    waiting: int
    dead: int
    oldest_due_seconds: int


def figures(connection: Connection, table: Table, now: datetime) -> Sequence[KindOfJob]:
    """Look at the jobs that are not done; what is done is not read, however much it is."""
    kind, row = jobtable.kind(table), table.c
    due = case((row.due_at <= now, row.due_at))
    open_ = (
        select(kind, func.count(), func.min(due, type_=row.due_at.type))
        .where(jobtable.is_open(table))
        .group_by(kind)
    )
    given_up = select(kind, func.count()).where(row.dead_at.is_not(None)).group_by(kind)
    dead = {str(name): int(count) for name, count in connection.execute(given_up)}
    waiting = {
        str(name): (int(count), _age(oldest, now))
        for name, count, oldest in connection.execute(open_)
    }
    return [
        KindOfJob(name, count, dead.get(name, 0), age)
        for name in sorted(waiting.keys() | dead.keys())
        for count, age in (waiting.get(name, (0, 0)),)
    ]


def oldest_due(kinds: Sequence[KindOfJob]) -> int:
    """How many seconds the oldest of all has waited."""
    return max((one.oldest_due_seconds for one in kinds), default=0)


def _age(oldest: datetime | None, now: datetime) -> int:
    return int((now - oldest).total_seconds()) if oldest else 0
