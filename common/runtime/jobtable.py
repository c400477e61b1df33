"""The job table: every statement by which jobs are written, claimed, settled and forgotten."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    and_,
    delete,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import UTCDateTime

from common.runtime.jobs import Job, JobRequest, Payload
from common.runtime.vault import Vault


def job_table(metadata: MetaData) -> Table:
    """The table of jobs, named `job`; numbers are never given twice, so they tell the order."""
    # SQLite counts by itself only in a column of its own INTEGER.
    number = BigInteger().with_variant(Integer, "sqlite")
    table = Table(
        "job",
        metadata,
        Column("id", number, primary_key=True, autoincrement=True),
        Column("key", String(32), nullable=False),
        Column("kind", String(64), nullable=False),
        Column("lane", String(128), nullable=False),
        Column("unique_key", String(200)),
        Column("payload", LargeBinary),
        Column("due_at", UTCDateTime(), nullable=False),
        Column("attempts", Integer, nullable=False, default=0),
        Column("leased_until", UTCDateTime()),
        Column("lease_token", String(32)),
        Column("done_at", UTCDateTime()),
        Column("dead_at", UTCDateTime()),
        Column("last_error", String(100)),
        UniqueConstraint("kind", "unique_key"),
        sqlite_autoincrement=True,
    )
    waiting = and_(table.c.done_at.is_(None), table.c.dead_at.is_(None))
    Index("job_waiting", table.c.due_at, sqlite_where=waiting, postgresql_where=waiting)
    Index("job_lane", table.c.lane, table.c.id, sqlite_where=waiting, postgresql_where=waiting)
    return table


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job under our lease, still sealed; `token` proves it is ours when it is settled.

    `attempts` counts the tries before this one.
    """

    id: int
    kind: str
    lane: str
    key: str
    sealed: bytes
    attempts: int
    token: str


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job that was given up. Its payload stays sealed, so that it can be tried again."""

    id: int
    kind: str
    attempts: int
    dead_at: datetime
    last_error: str


class JobRows:
    """The rows of one job table; each method is to be called inside a transaction."""

    def __init__(self, table: Table, vault: Vault) -> None:
        self._table = table
        self._vault = vault

    def add(self, connection: Connection, requests: Sequence[JobRequest], now: datetime) -> None:
        """Write jobs; one that is known by its unique key is left as it is."""
        if requests:
            statement = insert(self._table).on_conflict_do_nothing()
            connection.execute(statement, [self._row(request, now) for request in requests])

    def claim(
        self,
        connection: Connection,
        kinds: Sequence[str],
        limit: int,
        now: datetime,
        until: datetime,
    ) -> list[Claimed]:
        """Lease up to `limit` jobs that may be worked now, in one statement."""
        table, token = self._table, secrets.token_hex(16)
        chosen = (
            select(table.c.id)
            .where(self._free(now), table.c.kind.in_(kinds), self._first_in_lane())
            .order_by(table.c.due_at, table.c.id)
            .limit(limit)
        )
        statement = (
            update(table)
            .where(table.c.id.in_(chosen))
            .values(leased_until=until, lease_token=token, attempts=table.c.attempts + 1)
            .returning(table)
        )
        rows = sorted(connection.execute(statement), key=lambda row: (row.due_at, row.id))
        return [
            Claimed(row.id, row.kind, row.lane, row.key, row.payload, row.attempts - 1, token)
            for row in rows
        ]

    def open(self, one: Claimed) -> Job:
        """Unseal a claimed job. Raises SealError."""
        place = {"table": self._table.name, "column": "payload", "row": one.key}
        payload = json.loads(self._vault.open(one.sealed, **place))
        return Job(one.id, one.kind, one.lane, payload, one.attempts)

    def renew(self, connection: Connection, claims: Sequence[Claimed], until: datetime) -> None:
        """Keep leases that are still ours."""
        for one in claims:
            connection.execute(
                update(self._table).where(self._ours(one)).values(leased_until=until)
            )

    def finish(self, connection: Connection, one: Claimed, now: datetime) -> bool:
        """Mark as done and erase what it was about; False when the lease was lost."""
        return self._settle(connection, one, done_at=now, payload=None)

    def postpone(
        self, connection: Connection, one: Claimed, due: datetime, payload: Payload | None = None
    ) -> bool:
        """Give back as if never tried, due later, perhaps with another payload."""
        changes: dict[str, object] = {"due_at": due, "attempts": one.attempts}
        if payload is not None:
            changes["payload"] = self._seal(payload, one.key)
        return self._settle(connection, one, **changes)

    def fail(self, connection: Connection, one: Claimed, due: datetime, error: str) -> bool:
        """Give back after a failed try, due later."""
        return self._settle(connection, one, due_at=due, last_error=error)

    def bury(self, connection: Connection, one: Claimed, now: datetime, error: str) -> bool:
        """Give up; the rest of its lane goes on."""
        return self._settle(connection, one, dead_at=now, last_error=error)

    def dead(self, connection: Connection) -> list[DeadJob]:
        """What was given up, longest ago first."""
        table = self._table
        columns = (table.c.id, table.c.kind, table.c.attempts, table.c.dead_at, table.c.last_error)
        found = select(*columns).where(table.c.dead_at.is_not(None)).order_by(table.c.dead_at)
        return [DeadJob(*row) for row in connection.execute(found)]

    def revive(self, connection: Connection, job_id: int, now: datetime) -> bool:
        """Let a job that was given up be tried anew; False when there is none such."""
        table = self._table
        fresh = {"dead_at": None, "due_at": now, "attempts": 0}
        given_up = and_(table.c.id == job_id, table.c.dead_at.is_not(None))
        return connection.execute(update(table).where(given_up).values(fresh)).rowcount == 1

    def purge(self, connection: Connection, before: datetime) -> int:
        """Forget what was done before then; returns how many."""
        return connection.execute(
            delete(self._table).where(self._table.c.done_at < before)
        ).rowcount

    def orphans(self, connection: Connection, kinds: Sequence[str], now: datetime) -> list[str]:
        """The kinds of due jobs that none of `kinds` handles."""
        table = self._table
        found = select(table.c.kind).distinct().where(self._free(now), table.c.kind.not_in(kinds))
        return list(connection.scalars(found))

    def _free(self, now: datetime) -> ColumnElement[bool]:
        table = self._table
        unleased = or_(table.c.leased_until.is_(None), table.c.leased_until <= now)
        return and_(
            table.c.done_at.is_(None), table.c.dead_at.is_(None), table.c.due_at <= now, unleased
        )

    def _first_in_lane(self) -> ColumnElement[bool]:
        table, earlier = self._table, self._table.alias("earlier")
        waits_before = exists().where(
            earlier.c.lane == table.c.lane,
            earlier.c.id < table.c.id,
            earlier.c.done_at.is_(None),
            earlier.c.dead_at.is_(None),
        )
        return or_(table.c.lane == "", ~waits_before)

    def _ours(self, one: Claimed) -> ColumnElement[bool]:
        table = self._table
        return and_(
            table.c.id == one.id,
            table.c.lease_token == one.token,
            table.c.done_at.is_(None),
            table.c.dead_at.is_(None),
        )

    def _settle(self, connection: Connection, one: Claimed, **changes: object) -> bool:
        free = {"leased_until": None, "lease_token": None, **changes}
        return (
            connection.execute(update(self._table).where(self._ours(one)).values(free)).rowcount
            == 1
        )

    def _row(self, request: JobRequest, now: datetime) -> dict[str, object]:
        key = secrets.token_hex(16)
        return {
            "key": key,
            "kind": request.kind,
            "lane": request.lane,
            "unique_key": request.unique or None,
            "payload": self._seal(request.payload, key),
            "due_at": request.due or now,
        }

    def _seal(self, payload: Payload, key: str) -> bytes:
        plain = json.dumps(dict(payload), ensure_ascii=False).encode()
        return self._vault.seal(plain, table=self._table.name, column="payload", row=key)
