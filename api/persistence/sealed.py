"""Every sealed column of the api's store, and the name of the row under which each is sealed."""

from sqlalchemy import Column, ScalarSelect, String, cast, select

from api.persistence.store import JOBS, KEYS
from api.persistence.tables import (
    ABOUT_YOU,
    BOOKING,
    CONTACT_ATTEMPT,
    CORRECTION,
    DUPLICATE_DECISION,
    REFERRAL,
    STAFF_TOTP,
    TELEGRAM_LINK,
    TEXT_RENDERING,
)
from common.runtime.upkeep.reseal import SealedColumn


def _reference(referral_id: Column[int]) -> ScalarSelect[str]:
    """What hangs on a referral is sealed under its reference."""
    found = select(REFERRAL.c.reference).where(REFERRAL.c.id == referral_id)
    return found.scalar_subquery()


SEALED = (
    SealedColumn(REFERRAL, REFERRAL.c.sealed, REFERRAL.c.reference),
    SealedColumn(CORRECTION, CORRECTION.c.sealed, _reference(CORRECTION.c.referral_id)),
    SealedColumn(ABOUT_YOU, ABOUT_YOU.c.sealed, _reference(ABOUT_YOU.c.referral_id)),
    *(
        SealedColumn(table, table.c.sealed, _reference(referral_id))
        for table, referral_id in (
            (CONTACT_ATTEMPT, CONTACT_ATTEMPT.c.referral_id),
            (BOOKING, BOOKING.c.referral_id),
            (DUPLICATE_DECISION, DUPLICATE_DECISION.c.first_id),
            (TEXT_RENDERING, TEXT_RENDERING.c.referral_id),
        )
    ),
    SealedColumn(STAFF_TOTP, STAFF_TOTP.c.sealed, STAFF_TOTP.c.staff_id),
    SealedColumn(TELEGRAM_LINK, TELEGRAM_LINK.c.sealed, cast(TELEGRAM_LINK.c.staff_id, String)),
    SealedColumn(JOBS, JOBS.c.payload, JOBS.c.key),
    SealedColumn(KEYS, KEYS.c.sealed, KEYS.c.name),
)
PLAIN = frozenset(
    {"clip_audio.body", "directory_document.body", "publication.content", "word_parcel.content"}
)
"""Columns of bytes that are not sealed, as `table.column`: the directory and words are public."""
