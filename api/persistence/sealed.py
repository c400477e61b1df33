"""Every sealed column of the api's store, and the name of the row under which each is sealed."""

from sqlalchemy import ScalarSelect, Table, select

from api.persistence.store import JOBS, KEYS
from api.persistence.tables import ABOUT_YOU, CORRECTION, REFERRAL, STAFF_TOTP
from common.runtime.upkeep.reseal import SealedColumn


def _reference(table: Table) -> ScalarSelect[str]:
    """What hangs on a referral is sealed under its reference."""
    found = select(REFERRAL.c.reference).where(REFERRAL.c.id == table.c.referral_id)
    return found.scalar_subquery()


SEALED = (
    SealedColumn(REFERRAL, REFERRAL.c.sealed, REFERRAL.c.reference),
    SealedColumn(CORRECTION, CORRECTION.c.sealed, _reference(CORRECTION)),
    SealedColumn(ABOUT_YOU, ABOUT_YOU.c.sealed, _reference(ABOUT_YOU)),
    SealedColumn(STAFF_TOTP, STAFF_TOTP.c.sealed, STAFF_TOTP.c.staff_id),
    SealedColumn(JOBS, JOBS.c.payload, JOBS.c.key),
    SealedColumn(KEYS, KEYS.c.sealed, KEYS.c.name),
)
PLAIN = frozenset({"directory_document.body"})
"""Columns of bytes that are not sealed, as `table.column`: practices and postcodes are public."""
