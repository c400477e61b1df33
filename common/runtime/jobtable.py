"""The job table, and the statements by which jobs are claimed and settled, built once."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate
from sqlmodel import UTCDateTime


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
    open_ = _open(table)
    Index("job_due", table.c.due_at, sqlite_where=open_, postgresql_where=open_)
    Index("job_lane", table.c.lane, table.c.id, sqlite_where=open_, postgresql_where=open_)
    dead = table.c.dead_at.is_not(None)
    Index("job_dead", table.c.dead_at, sqlite_where=dead, postgresql_where=dead)
    # Without its condition SQLite would look for what is open among what is done.
    done = table.c.done_at.is_not(None)
    Index("job_done", table.c.done_at, sqlite_where=done, postgresql_where=done)
    return table


def claiming(table: Table) -> ReturningUpdate[tuple[object, ...]]:
    """Lease what may be worked. Takes `now`, `until`, `token`, `kinds` and `most`."""
    chosen = (
        select(table.c.id)
        .where(workable(table), table.c.kind.in_(_many("kinds")), _first_in_lane(table))
        .order_by(table.c.due_at, table.c.id)
        .limit(bindparam("most", type_=Integer()))
        # Where several processes share the table, none waits for what another is claiming.
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    leased = {
        "leased_until": _moment("until"),
        "lease_token": bindparam("token"),
        "attempts": table.c.attempts + 1,
    }
    return update(table).where(table.c.id.in_(select(chosen.c.id))).values(leased).returning(table)


def taking(table: Table) -> ReturningInsert[tuple[int, str | None]]:
    """Add a job, leased at once (`token`, `until`) unless its lane has something to be done.

    Gives its number, and the token when it was leased; nothing when it is known already.
    """
    # On SQLite it does just the same; the two only differ in what else they could.
    adding = insert(table)
    busy = in_lane(table)
    leased = {
        "attempts": case((busy, 0), else_=1),
        "leased_until": case((busy, null()), else_=_moment("until")),
        "lease_token": case((busy, null()), else_=bindparam("token", type_=String())),
    }
    names = ("key", "kind", "lane", "unique_key", "payload", "due_at")
    given: dict[str, object] = {one: bindparam(one, type_=table.c[one].type) for one in names}
    return (
        adding.values(given | leased)
        .on_conflict_do_nothing()
        .returning(table.c.id, table.c.lease_token)
    )


def settling(table: Table, **columns: str) -> Update:
    """End a lease that is ours (`one`, `mine`), setting columns from parameters by name.

    A parameter `payload` of None keeps what is there.
    """
    values: dict[str, object] = {name: _value(table, name, key) for name, key in columns.items()}
    values |= {"leased_until": None, "lease_token": None}
    return update(table).where(ours(table)).values(values)


def renewing(table: Table) -> Update:
    """Keep a lease that is ours (`one`, `mine`) `until` then."""
    return update(table).where(ours(table)).values(leased_until=_moment("until"))


def workable(table: Table) -> ColumnElement[bool]:
    """Open, due, and under nobody's lease at `now`."""
    now = _moment("now")
    unleased = or_(table.c.leased_until.is_(None), table.c.leased_until <= now)
    return and_(_open(table), table.c.due_at <= now, unleased)


def kind(table: Table) -> ColumnElement[str]:
    """A job's kind, to group what is open by.

    By the column itself all that was ever done would be read: an index begins with it.
    """
    return table.c.kind.op("||")("")


def is_open(table: Table) -> ColumnElement[bool]:
    """Neither done nor given up."""
    return _open(table)


def ours(table: Table) -> ColumnElement[bool]:
    """The open job `one` whose lease has the token `mine`."""
    leased = table.c.lease_token == bindparam("mine")
    return and_(table.c.id == bindparam("one"), leased, _open(table))


def in_lane(table: Table) -> ColumnElement[bool]:
    """Whether anything of this `lane` is still to be done; the empty lane is never busy."""
    lane = bindparam("lane", type_=String())
    return exists().where(table.c.lane == lane, table.c.lane != "", _open(table))


def _open(table: Table) -> ColumnElement[bool]:
    return and_(table.c.done_at.is_(None), table.c.dead_at.is_(None))


def _first_in_lane(table: Table) -> ColumnElement[bool]:
    earlier = table.alias("earlier")
    waits_before = exists().where(
        earlier.c.lane == table.c.lane,
        earlier.c.id < table.c.id,
        earlier.c.done_at.is_(None),
        earlier.c.dead_at.is_(None),
    )
    return or_(table.c.lane == "", ~waits_before)


def _value(table: Table, column: str, parameter: str) -> ColumnElement[object]:
    value = bindparam(parameter, type_=table.c[column].type)
    return func.coalesce(value, table.c.payload) if parameter == "payload" else value


def _moment(name: str) -> ColumnElement[datetime]:
    return bindparam(name, type_=UTCDateTime())


def _many(name: str) -> ColumnElement[str]:
    return bindparam(name, expanding=True, type_=String())


def freeing(table: Table) -> Update:
    """End every lease."""
    leased = and_(table.c.lease_token.is_not(None), _open(table))
    return update(table).where(leased).values(leased_until=None, lease_token=None)
