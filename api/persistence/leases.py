"""Leases in the store: what only one process of all may do at a time."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, update
from sqlalchemy.dialects.postgresql import insert as insert_if_new

from api.persistence.tables import LEASE


def hold(connection: Connection, name: str, holder: str, now: datetime, span: timedelta) -> bool:
    """Have it, or keep it, until `now + span`; False while another holder has it."""
    until = now + span
    row = {"name": name, "holder": holder, "until": until}
    fresh = insert_if_new(LEASE).on_conflict_do_nothing().returning(LEASE.c.name)
    if connection.execute(fresh, row).first():
        return True
    free = or_(LEASE.c.holder == holder, LEASE.c.until <= now)
    taking = update(LEASE).where(LEASE.c.name == name, free).values(holder=holder, until=until)
    return connection.execute(taking).rowcount == 1


def let_go(connection: Connection, name: str, holder: str, now: datetime) -> None:
    """Let another process have it at once."""
    ours = (LEASE.c.name == name, LEASE.c.holder == holder)
    connection.execute(update(LEASE).where(*ours).values(until=now))
