"""What comes after sending, in the store: each hangs on a referral the service has found."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from api.domain.staff import Asker
from api.persistence.scope import is_theirs
from api.persistence.tables import ABOUT_YOU, CORRECTION, ERASURE_REQUEST, FEEDBACK


def keep_about_you(connection: Connection, referral_id: int, sealed: bytes, at: datetime) -> None:
    """Keep the monitoring answers; the last ones given count."""
    connection.execute(delete(ABOUT_YOU).where(ABOUT_YOU.c.referral_id == referral_id))
    row = {"referral_id": referral_id, "sealed": sealed, "at": at}
    connection.execute(insert(ABOUT_YOU), row)


def keep_feedback(
    connection: Connection,
    referral_id: int,
    *,
    easy: int | None,
    understood: int | None,
    at: datetime,
) -> None:
    """Keep how it went; the last ones given count."""
    connection.execute(delete(FEEDBACK).where(FEEDBACK.c.referral_id == referral_id))
    row = {"referral_id": referral_id, "easy": easy, "understood": understood, "at": at}
    connection.execute(insert(FEEDBACK), row)


def add_correction(connection: Connection, referral_id: int, sealed: bytes, at: datetime) -> None:
    """Add a changed number beside what was first sent."""
    row = {"referral_id": referral_id, "sealed": sealed, "at": at}
    connection.execute(insert(CORRECTION), row)


def corrections(asker: Asker, connection: Connection, referral_id: int) -> list[bytes]:
    """The changed numbers of a referral, oldest first, still encrypted."""
    table = CORRECTION
    mine = is_theirs(asker, table.c.referral_id)
    found = select(table.c.sealed).where(table.c.referral_id == referral_id, mine)
    return [bytes(row.sealed) for row in connection.execute(found.order_by(table.c.id))]


def corrections_of(
    asker: Asker, connection: Connection, referral_ids: Collection[int]
) -> dict[int, list[bytes]]:
    """The same of several referrals, by their ids; those without any are left out."""
    table = CORRECTION
    mine = is_theirs(asker, table.c.referral_id)
    found = select(table).where(table.c.referral_id.in_(referral_ids), mine).order_by(table.c.id)
    grouped: dict[int, list[bytes]] = {}
    for row in connection.execute(found):
        grouped.setdefault(row.referral_id, []).append(bytes(row.sealed))
    return grouped


def ask_for_erasure(connection: Connection, referral_id: int, at: datetime) -> bool:
    """Note that the person wants everything deleted; False when that was noted before."""
    table = ERASURE_REQUEST
    known = select(table.c.referral_id).where(table.c.referral_id == referral_id)
    if connection.execute(known).first():
        return False
    connection.execute(insert(table), {"referral_id": referral_id, "asked_at": at})
    return True


def wants_erasure(asker: Asker, connection: Connection, referral_id: int) -> bool:
    """Whether the person has asked for everything to be deleted."""
    table = ERASURE_REQUEST
    mine = is_theirs(asker, table.c.referral_id)
    found = select(table.c.referral_id).where(table.c.referral_id == referral_id, mine)
    return connection.execute(found).first() is not None
