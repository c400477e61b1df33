"""Somebody's signed-in browsers, to be looked at and to be ended."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from api.domain.staff import StaffSession
from api.persistence.tables import STAFF_SESSION


def of(connection: Connection, staff_id: int, now: datetime) -> list[StaffSession]:
    """The browsers in which somebody is signed in, the one used last first."""
    table = STAFF_SESSION
    theirs = (table.c.staff_id == staff_id, table.c.idle_until > now, table.c.expires_at > now)
    found = select(table).where(*theirs).order_by(table.c.idle_until.desc())
    return [
        StaffSession(
            row.token_hash, row.staff_id, row.created_at, row.idle_until, row.expires_at, row.how
        )
        for row in connection.execute(found)
    ]


def end(connection: Connection, staff_id: int, token_hash: str) -> bool:
    """Sign one of somebody's own browsers out; False when they have no such one."""
    table = STAFF_SESSION
    one = delete(table).where(table.c.token_hash == token_hash, table.c.staff_id == staff_id)
    return bool(connection.execute(one).rowcount)


def end_all(connection: Connection, staff_id: int, but: str = "") -> int:
    """Sign somebody out everywhere, or everywhere but here; how many browsers that were."""
    table = STAFF_SESSION
    others = delete(table).where(table.c.staff_id == staff_id, table.c.token_hash != but)
    return connection.execute(others).rowcount
