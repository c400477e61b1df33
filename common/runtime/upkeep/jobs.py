"""Shows what waits to be done and what was given up, and has the latter tried again.

Of a job its kind is shown and how it went, never what it is about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, and_, case, func, select
from sqlalchemy import Table as Jobs

from common.runtime.clock import Clock
from common.runtime.database import Database
from common.runtime.sqljobs import DeadJob, SqlDispatcher
from common.runtime.upkeep.holding import Holding, UpkeepError, beside

ALL = "all"
_NUMBER = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Waits:
    """Jobs of one kind that are yet to be done: how many, how many of them are due, the oldest."""

    kind: str
    count: int
    due: int
    oldest: datetime


async def show(holding: Holding, console: Console, clock: Clock) -> None:
    """Print both tables. Raises DatabaseError."""
    async with beside(holding) as database:
        dead = await _dispatcher(holding, database, clock).dead()
        waits = await database.read(lambda connection: waiting(connection, holding.jobs, clock()))
    console.print(_given_up(dead) if dead else "No job was given up.")
    console.print(_waiting(waits) if waits else "No job waits.")


async def retry(holding: Holding, which: str, clock: Clock) -> int:
    """Have a job that was given up tried again, by its number, or `all` of them; how many.

    Whoever works the jobs notices within a moment.

    Raises:
        UpkeepError: no such job was given up.
        DatabaseError: the store cannot be opened.
    """
    if which != ALL and not _NUMBER.fullmatch(which):
        raise UpkeepError(f"{which!r} is no job's number. Say one of those in the table, or {ALL}.")
    async with beside(holding) as database:
        dispatcher = _dispatcher(holding, database, clock)
        if which == ALL:
            return sum([await dispatcher.retry(one.id) for one in await dispatcher.dead()])
        if not await dispatcher.retry(int(which)):
            raise UpkeepError(f"No job with the number {which} was given up.")
        return 1


def waiting(connection: Connection, jobs: Jobs, now: datetime) -> list[Waits]:
    """What is yet to be done, by kind."""
    due = func.sum(case((jobs.c.due_at <= now, 1), else_=0))
    found = (
        select(jobs.c.kind, func.count(), due, func.min(jobs.c.due_at))
        .where(and_(jobs.c.done_at.is_(None), jobs.c.dead_at.is_(None)))
        .group_by(jobs.c.kind)
        .order_by(jobs.c.kind)
    )
    return [Waits(*row) for row in connection.execute(found)]


def _dispatcher(holding: Holding, database: Database, clock: Clock) -> SqlDispatcher:
    return SqlDispatcher(database, holding.jobs, holding.ring, clock)


def _given_up(dead: Sequence[DeadJob]) -> Table:
    table = Table("number", "kind", "tries", "given up", "because of", title="Given up")
    for one in dead:
        table.add_row(
            str(one.id), one.kind, str(one.attempts), _moment(one.dead_at), one.last_error
        )
    return table


def _waiting(waits: Sequence[Waits]) -> Table:
    table = Table("kind", "jobs", "due now", "oldest is due", title="Waiting")
    for one in waits:
        table.add_row(one.kind, str(one.count), str(one.due), _moment(one.oldest))
    return table


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
