"""How the jobs stand: how many of each kind wait or are dead, and the age of the oldest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, and_, case, func, select


@dataclass(frozen=True, slots=True)
class KindOfJob:
    """All jobs of one kind; `oldest_due_seconds` is 0 while none is due."""

    kind: str
    waiting: int
    dead: int
    oldest_due_seconds: int


def figures(connection: Connection, table: Table, now: datetime) -> Sequence[KindOfJob]:
    """Look at the jobs that are not done."""
    row = table.c
    waits = row.dead_at.is_(None)
    due = case((and_(waits, row.due_at <= now), row.due_at))
    asked = (
        select(
            row.kind,
            func.sum(case((waits, 1), else_=0)),
            func.sum(case((waits, 0), else_=1)),
            func.min(due, type_=row.due_at.type),
        )
        .where(row.done_at.is_(None))
        .group_by(row.kind)
        .order_by(row.kind)
    )
    return [
        KindOfJob(kind, int(waiting), int(dead), _age(oldest, now))
        for kind, waiting, dead, oldest in connection.execute(asked)
    ]


def oldest_due(kinds: Sequence[KindOfJob]) -> int:
    """How many seconds the oldest of all has waited."""
    return max((one.oldest_due_seconds for one in kinds), default=0)


def _age(oldest: datetime | None, now: datetime) -> int:
    return int((now - oldest).total_seconds()) if oldest else 0
