"""The rows of a job table: written, claimed, opened, settled and forgotten."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Table, and_, delete, null, select, update
from sqlalchemy.dialects.postgresql import insert

from common.runtime import jobtable
from common.runtime.database.quick import Quick
from common.runtime.jobs import Job, JobRequest, Payload
from common.runtime.vault import Vault


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job under our lease, still sealed; `token` proves it is ours when it is settled.

    `attempts` counts the tries before this one. `payload` is there when the job was asked for a
    moment ago, and need not be unsealed.
    """

    id: int
    kind: str
    lane: str
    key: str
    sealed: bytes
    attempts: int
    token: str
    payload: Payload | None = None


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job that was given up. Its payload stays sealed, so that it can be tried again."""

    id: int
    kind: str
    attempts: int
    dead_at: datetime
    last_error: str


class _Statements:
    """What is asked of a table; to build them takes longer than to execute them."""

    def __init__(self, table: Table) -> None:
        self.insert = Quick(insert(table).on_conflict_do_nothing())
        self.take = Quick(jobtable.taking(table))
        self.free = jobtable.freeing(table)
        self.claim = jobtable.claiming(table)
        self.renew = jobtable.renewing(table)
        self.finish = Quick(jobtable.settling(table, done_at="now", payload="nothing"))
        self.fail = Quick(jobtable.settling(table, due_at="due", last_error="error"))
        self.bury = Quick(jobtable.settling(table, dead_at="now", last_error="error"))
        self.postpone = Quick(
            jobtable.settling(table, due_at="due", attempts="attempts", payload="payload")
        )


_statements = cache(_Statements)


class JobRows:
    """The rows of one job table; all but `open` are to be called inside a transaction."""

    def __init__(self, table: Table, vault: Vault) -> None:
        self._table = table
        self._vault = vault
        self._do = _statements(table)

    def add(self, connection: Connection, requests: Sequence[JobRequest], now: datetime) -> None:
        """Write jobs; one that is known by its unique key is left as it is."""
        if requests:
            rows = [{**self._row(request, now), "attempts": 0} for request in requests]
            self._do.insert.each(connection, rows)

    def take(
        self,
        connection: Connection,
        requests: Sequence[JobRequest],
        span: tuple[datetime, datetime],
    ) -> list[Claimed]:
        """Write jobs that are due now, leased as far as their lanes are free; gives those."""
        token, taken = secrets.token_hex(16), []
        for request in requests:
            row = self._row(request, span[0])
            leased = {"token": token, "until": span[1]}
            found = self._do.take.first(connection, row | leased)
            if found is not None and found[1]:
                taken.append(_claimed_at_birth(found[0], request, row, token))
        return taken

    def free(self, connection: Connection) -> int:
        """End every lease, of whomever; returns how many."""
        return connection.execute(self._do.free).rowcount

    def claim(
        self,
        connection: Connection,
        kinds: Sequence[str],
        most: int,
        span: tuple[datetime, datetime],
    ) -> list[Claimed]:
        """Lease at most so many jobs that may be worked; `span` is now and the lease's end."""
        token = secrets.token_hex(16)
        wanted = {"kinds": kinds, "most": most, "token": token, "now": span[0], "until": span[1]}
        rows = sorted(
            connection.execute(self._do.claim, wanted), key=lambda row: (row.due_at, row.id)
        )
        return [
            Claimed(row.id, row.kind, row.lane, row.key, row.payload, row.attempts - 1, token)
            for row in rows
        ]

    def busy(self, connection: Connection, lane: str) -> bool:
        """Whether anything of this lane is still to be done."""
        found = select(jobtable.in_lane(self._table))
        return bool(connection.execute(found, {"lane": lane}).scalar_one())

    def open(self, one: Claimed) -> Job:
        """Unseal a claimed job. Raises SealError."""
        if one.payload is not None:
            return Job(one.id, one.kind, one.lane, one.payload, one.attempts)
        place = {"table": self._table.name, "column": "payload", "row": one.key}
        payload = json.loads(self._vault.open(one.sealed, **place))
        return Job(one.id, one.kind, one.lane, payload, one.attempts)

    def renew(self, connection: Connection, claims: Sequence[Claimed], until: datetime) -> None:
        """Keep leases that are still ours."""
        if claims:
            mine = [{"one": one.id, "mine": one.token, "until": until} for one in claims]
            connection.execute(self._do.renew, mine)

    def finish(self, connection: Connection, one: Claimed, now: datetime) -> bool:
        """Mark as done and erase what it was about; False when the lease was lost."""
        return _settle(connection, self._do.finish, one, now=now, nothing=None)

    def postpone(
        self, connection: Connection, one: Claimed, due: datetime, payload: Payload | None = None
    ) -> bool:
        """Give back as if never tried, due later, perhaps with another payload."""
        sealed = None if payload is None else self._seal(payload, one.key)
        changes = {"due": due, "attempts": one.attempts, "payload": sealed}
        return _settle(connection, self._do.postpone, one, **changes)

    def fail(self, connection: Connection, one: Claimed, due: datetime, error: str) -> bool:
        """Give back after a failed try, due later."""
        return _settle(connection, self._do.fail, one, due=due, error=error)

    def bury(self, connection: Connection, one: Claimed, now: datetime, error: str) -> bool:
        """Give up; the rest of its lane goes on."""
        return _settle(connection, self._do.bury, one, now=now, error=error)

    def dead(self, connection: Connection) -> list[DeadJob]:
        """What was given up, longest ago first."""
        table = self._table
        columns = (table.c.id, table.c.kind, table.c.attempts, table.c.dead_at, table.c.last_error)
        found = select(*columns).where(table.c.dead_at.is_not(None)).order_by(table.c.dead_at)
        return [DeadJob(*row) for row in connection.execute(found)]

    def revive(self, connection: Connection, job_id: int, now: datetime) -> bool:
        """Let a job that was given up be tried anew; False when there is none such."""
        table = self._table
        fresh = {"dead_at": null(), "due_at": now, "attempts": 0}
        given_up = and_(table.c.id == job_id, table.c.dead_at.is_not(None))
        return connection.execute(update(table).where(given_up).values(fresh)).rowcount == 1

    def purge(self, connection: Connection, before: datetime) -> int:
        """Forget what was done before then; returns how many."""
        done = self._table.c.done_at < before
        return connection.execute(delete(self._table).where(done)).rowcount

    def orphans(self, connection: Connection, kinds: Sequence[str], now: datetime) -> list[str]:
        """The kinds of due jobs that none of `kinds` handles."""
        table = self._table
        others = table.c.kind.not_in(kinds)
        found = select(jobtable.kind(table)).distinct().where(jobtable.workable(table), others)
        return list(connection.scalars(found, {"now": now}))

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


def _settle(connection: Connection, statement: Quick, one: Claimed, **values: object) -> bool:
    values |= {"one": one.id, "mine": one.token}
    return statement.count(connection, values) == 1


def _claimed_at_birth(
    number: int, request: JobRequest, row: dict[str, object], token: str
) -> Claimed:
    return Claimed(
        id=number,
        kind=request.kind,
        lane=request.lane,
        key=str(row["key"]),
        sealed=b"",
        attempts=0,
        token=token,
        payload=request.payload,
    )
