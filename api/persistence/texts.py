"""Free texts in the store: which referrals have unread ones, who read which, and their English."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as insert_if_new

from api.domain.reading import Unread
from api.domain.staff import Asker
from api.persistence.scope import is_theirs, visible
from api.persistence.tables import REFERRAL, STAFF_MEMBER, TEXT_READING, TEXT_RENDERING

# Written out, so that the index of what is unread is found by it.
_UNREAD = REFERRAL.c.unread > literal_column("0")


@dataclass(frozen=True, slots=True)
class Reading:
    """Who read a text, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rendering:
    """A text in English, still encrypted, as somebody signed it."""

    which: str
    sealed: bytes
    interpreted: bool
    name: str
    at: datetime


def unread(asker: Asker, connection: Connection, *, limit: int) -> list[Unread]:
    """Referrals with texts that nobody has read, in the order of the queue."""
    order = (REFERRAL.c.rank, REFERRAL.c.received_at, REFERRAL.c.id)
    columns = (
        *(REFERRAL.c.reference, REFERRAL.c.language, REFERRAL.c.practice),
        *(REFERRAL.c.assigned_to, REFERRAL.c.flags, REFERRAL.c.received_at, REFERRAL.c.unread),
    )
    found = select(*columns).where(_UNREAD, visible(asker)).order_by(*order).limit(limit)
    return [_unread(row) for row in connection.execute(found)]


def count_of(asker: Asker, connection: Connection, referral_id: int) -> int:
    """How many texts of a referral nobody has read, as it was counted."""
    found = select(REFERRAL.c.unread).where(REFERRAL.c.id == referral_id, visible(asker))
    return connection.execute(found).scalar_one_or_none() or 0


def readings(asker: Asker, connection: Connection, referral_id: int) -> dict[str, Reading]:
    """Who read which text of a referral."""
    table = TEXT_READING
    found = (
        select(table.c.which, table.c.read_at, STAFF_MEMBER.c.name)
        .join(STAFF_MEMBER, STAFF_MEMBER.c.id == table.c.read_by)
        .where(table.c.referral_id == referral_id, is_theirs(asker, table.c.referral_id))
    )
    return {row.which: Reading(row.name, row.read_at) for row in connection.execute(found)}


def renderings(asker: Asker, connection: Connection, referral_id: int) -> list[Rendering]:
    """What the texts of a referral say in English, oldest first."""
    table = TEXT_RENDERING
    found = (
        select(table, STAFF_MEMBER.c.name)
        .join(STAFF_MEMBER, STAFF_MEMBER.c.id == table.c.signed_by)
        .where(table.c.referral_id == referral_id, is_theirs(asker, table.c.referral_id))
        .order_by(table.c.id)
    )
    return [
        Rendering(row.which, bytes(row.sealed), row.interpreted, row.name, row.signed_at)
        for row in connection.execute(found)
    ]


def mark_read(
    connection: Connection, referral_id: int, which: str, staff_id: int, at: datetime
) -> bool:
    """Note who read a text; False when somebody has read it before."""
    row = {"referral_id": referral_id, "which": which, "read_by": staff_id, "read_at": at}
    noting = insert_if_new(TEXT_READING).on_conflict_do_nothing().returning(TEXT_READING.c.which)
    return connection.execute(noting, row).first() is not None


def set_unread(connection: Connection, referral_id: int, count: int) -> None:
    """Keep how many texts of a referral nobody has read."""
    one = update(REFERRAL).where(REFERRAL.c.id == referral_id, REFERRAL.c.unread != count)
    connection.execute(one.values(unread=count))


def add_rendering(  # noqa: PLR0913 the columns of one row, by name
    connection: Connection,
    referral_id: int,
    which: str,
    *,
    sealed: bytes,
    interpreted: bool,
    staff_id: int,
    at: datetime,
) -> None:
    """Add what a text says in English; what was added before stays."""
    row = {
        "referral_id": referral_id,
        "which": which,
        "sealed": sealed,
        "interpreted": interpreted,
        "signed_by": staff_id,
        "signed_at": at,
    }
    connection.execute(insert(TEXT_RENDERING), row)


def _unread(row: Row[*tuple[Any, ...]]) -> Unread:
    return Unread(
        reference=row.reference,
        language=row.language,
        practice=row.practice,
        assigned_to=row.assigned_to,
        flagged=bool(row.flags),
        received_at=row.received_at,
        count=row.unread,
    )
