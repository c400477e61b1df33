"""Possible duplicates: found by keyed hashes, linked for staff, invisible from outside."""

from datetime import datetime

from sqlalchemy import Connection, insert, or_, select

from api.domain.duplicate import Fingerprints
from api.domain.staff import Asker
from api.persistence.scope import referrals_of
from api.persistence.tables import DUPLICATE_LINK, REFERRAL


def link(
    connection: Connection, referral_id: int, fingerprints: Fingerprints, at: datetime
) -> None:
    """Link a new referral with every earlier one that may be of the same person.

    Scoped to nobody: a match is a fact about the store, and only `of` shows it to an asker.
    """
    for earlier_id, earlier in _earlier(connection, referral_id, fingerprints):
        row = {
            "first_id": earlier_id,
            "second_id": referral_id,
            "shared": " ".join(fingerprints.shared(earlier)),
            "found_at": at,
        }
        connection.execute(insert(DUPLICATE_LINK), row)


def of(asker: Asker, connection: Connection, referral_id: int) -> list[str]:
    """The references that may be of the same person as this referral, oldest first."""
    table = DUPLICATE_LINK
    other = or_(
        REFERRAL.c.id.in_(select(table.c.first_id).where(table.c.second_id == referral_id)),
        REFERRAL.c.id.in_(select(table.c.second_id).where(table.c.first_id == referral_id)),
    )
    found = select(REFERRAL.c.reference).where(other, REFERRAL.c.id.in_(referrals_of(asker)))
    return [row.reference for row in connection.execute(found.order_by(REFERRAL.c.id))]


def _earlier(
    connection: Connection, referral_id: int, fingerprints: Fingerprints
) -> list[tuple[int, Fingerprints]]:
    columns = {"by_phone": fingerprints.phone, "by_postcode": fingerprints.postcode}
    same = [REFERRAL.c[name] == value for name, value in columns.items() if value]
    if not same:
        return []
    found = select(REFERRAL).where(or_(*same), REFERRAL.c.id != referral_id)
    return [
        (row.id, Fingerprints(row.person, row.by_phone, row.by_postcode))
        for row in connection.execute(found)
    ]
