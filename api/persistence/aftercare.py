"""What comes after sending, in the store: each hangs on a referral the service has found."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from api.domain.keep import Asked
from api.domain.staff import Asker
from api.persistence.scope import is_theirs, visible
from api.persistence.tables import ABOUT_YOU, CORRECTION, ERASURE_REQUEST, FEEDBACK, REFERRAL


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
    """Note that the person wants everything deleted; False when that was noted before.

    Scoped to nobody: the service has found the referral for whoever asks.
    """
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


def erasures_asked_for(asker: Asker, connection: Connection) -> list[Asked]:
    """Who wants everything to be deleted, the longest waiting first."""
    table = ERASURE_REQUEST
    found = (
        select(REFERRAL.c.reference, table.c.asked_at)
        .join(REFERRAL, REFERRAL.c.id == table.c.referral_id)
        .where(visible(asker))
        .order_by(table.c.asked_at, table.c.referral_id)
    )
    return [Asked(row.reference, row.asked_at) for row in connection.execute(found)]


def corrections_unseen(asker: Asker, connection: Connection, most: int) -> list[Asked]:
    """Changed numbers that nobody has noted yet, the longest waiting first."""
    table = CORRECTION
    found = (
        select(REFERRAL.c.reference, table.c.at, table.c.id)
        .join(REFERRAL, REFERRAL.c.id == table.c.referral_id)
        .where(visible(asker), table.c.seen_at.is_(None))
        .order_by(table.c.at, table.c.id)
        .limit(most)
    )
    return [Asked(row.reference, row.at, row.id) for row in connection.execute(found)]


def see_correction(
    asker: Asker, connection: Connection, correction_id: int, at: datetime
) -> str | None:
    """Note that a changed number was seen; of which referral, or None when there is none such."""
    table = CORRECTION
    mine = is_theirs(asker, table.c.referral_id)
    unseen = (table.c.id == correction_id, table.c.seen_at.is_(None), mine)
    connection.execute(update(table).where(*unseen).values(seen_at=at))
    found = select(REFERRAL.c.reference).join(table, table.c.referral_id == REFERRAL.c.id)
    return connection.execute(
        found.where(table.c.id == correction_id, visible(asker))
    ).scalar_one_or_none()
