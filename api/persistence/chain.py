"""The audit as it is read, chained, searched and, after its time, taken away by whole days.

Only the service of the audit comes here: what it holds is for looking into, and no feature's.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)

from api.domain.record import Line, Seal, Wanted
from api.persistence.tables import AUDIT, AUDIT_LINK, AUDIT_ORIGIN, AUDIT_SEAL
from common.runtime.database import locks

SEALING = "audit seal"
"""The lock of whoever adds to the chain or takes from it."""
_OF_STAFF: ColumnElement[bool] = literal_column("actor LIKE 'staff:%'")  # as the index says it
_STILL = text("SET LOCAL lock_timeout = '300ms'")
_WAIT = text("LOCK TABLE audit IN SHARE MODE")
_LINES = (
    select(AUDIT, AUDIT_ORIGIN.c.way, AUDIT_ORIGIN.c.network)
    .outerjoin(AUDIT_ORIGIN, AUDIT_ORIGIN.c.audit_id == AUDIT.c.id)
    .order_by(AUDIT.c.id)
)


def decided(connection: Connection) -> int:
    """The last line behind which none can come in any more; 0 when there is none.

    On PostgreSQL numbers are given before they are committed. A lock that waits for those who
    are writing, and is let go at once, tells that they are through; it gives up soon.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_STILL)
        connection.execute(_WAIT)
    return connection.execute(select(func.max(AUDIT.c.id))).scalar_one() or 0


def lines(connection: Connection, after: int, upto: int, most: int) -> list[Line]:
    """At most so many lines behind `after`, none of them behind `upto`."""
    found = _LINES.where(AUDIT.c.id > after, AUDIT.c.id <= upto).limit(most)
    return [_line(row) for row in connection.execute(found)]


def first_until(connection: Connection, upto: int) -> Line | None:
    """The first line that is not behind `upto`, however small its number."""
    row = connection.execute(_LINES.where(AUDIT.c.id <= upto).limit(1)).first()
    return _line(row) if row else None


def links(connection: Connection, after: int, upto: int) -> list[tuple[int, str]]:
    """The links of the lines behind `after`, up to `upto`."""
    table = AUDIT_LINK
    found = select(table).where(table.c.audit_id > after, table.c.audit_id <= upto)
    return [(row.audit_id, row.link) for row in connection.execute(found)]


def after_the_end(connection: Connection, last: int) -> int | None:
    """The first link behind the last seal: there must be none."""
    number = AUDIT_LINK.c.audit_id
    found: int | None = connection.execute(
        select(func.min(number)).where(number > last)
    ).scalar_one()
    return found


def count_after(connection: Connection, last: int) -> int:
    """How many lines are not in the chain yet."""
    return connection.execute(
        select(func.count()).select_from(AUDIT).where(AUDIT.c.id > last)
    ).scalar_one()


def seals(connection: Connection) -> list[Seal]:
    """All there are, oldest first."""
    found = select(AUDIT_SEAL).order_by(AUDIT_SEAL.c.day)
    return [_seal(row) for row in connection.execute(found)]


def last_seals(connection: Connection) -> list[Seal]:
    """The last two, oldest first."""
    found = select(AUDIT_SEAL).order_by(AUDIT_SEAL.c.day.desc()).limit(2)
    return [_seal(row) for row in connection.execute(found)][::-1]


def add(connection: Connection, new: Iterable[tuple[int, str]], seal: Seal) -> None:
    """Add links, and let the day's seal stand behind them."""
    rows = [{"audit_id": number, "link": one} for number, one in new]
    connection.execute(insert(AUDIT_LINK), rows)
    connection.execute(delete(AUDIT_SEAL).where(AUDIT_SEAL.c.day == seal.day))
    row = {"day": seal.day, "last_id": seal.last_id, "lines": seal.lines}
    connection.execute(insert(AUDIT_SEAL), {**row, "head": seal.head, "seal": seal.seal})


def prune(connection: Connection, day: date, mark: str, last: int) -> int:
    """Take a whole day away, and say so under its seal, which stays; how many lines it had."""
    connection.execute(update(AUDIT_SEAL).where(AUDIT_SEAL.c.day == day).values(pruned=mark))
    for table in (AUDIT_LINK, AUDIT_ORIGIN):
        connection.execute(delete(table).where(table.c.audit_id <= last))
    return connection.execute(delete(AUDIT).where(AUDIT.c.id <= last)).rowcount


def found(connection: Connection, wanted: Wanted, most: int) -> list[Line]:
    """What is looked for, the newest first."""
    statement = _narrowed(connection, wanted).order_by(None).order_by(AUDIT.c.id.desc())
    return [_line(row) for row in connection.execute(statement.limit(most))]


def _narrowed(connection: Connection, wanted: Wanted) -> Select[tuple[object, ...]]:
    found = _LINES
    if wanted.staff_id is not None:
        found = found.where(and_(_OF_STAFF, AUDIT.c.actor == f"staff:{wanted.staff_id}"))
    if wanted.subject:
        found = found.where(AUDIT.c.subject == wanted.subject)
    if wanted.since is not None:
        # What happened since then came in after whatever had been sealed before that day.
        found = found.where(AUDIT.c.at >= wanted.since)
        found = found.where(AUDIT.c.id > _sealed_before(connection, wanted.since.date()))
    if wanted.until is not None:
        found = found.where(AUDIT.c.at < wanted.until)
    if wanted.before is not None:
        found = found.where(AUDIT.c.id < wanted.before)
    return found


def _sealed_before(connection: Connection, day: date) -> int:
    table = AUDIT_SEAL
    found = select(func.max(table.c.last_id)).where(table.c.day < day)
    return connection.execute(found).scalar_one() or 0


def hold(connection: Connection) -> None:
    """Be alone at the chain until the end of the transaction."""
    locks.hold(connection, SEALING)


def _line(row: Row[tuple[object, ...]]) -> Line:
    return Line(
        id=row.id,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        at=row.at,
        way=row.way or "",
        network=row.network or "",
    )


def _seal(row: Row[tuple[object, ...]]) -> Seal:
    return Seal(row.day, row.last_id, row.lines, row.head, row.seal, row.pruned)
