"""The api's tables. Personal data is sealed whole; the other columns are what queries need."""

from api.persistence.tables.aftercare import ABOUT_YOU, CORRECTION, ERASURE_REQUEST, FEEDBACK
from api.persistence.tables.base import Row
from api.persistence.tables.directory import DIRECTORY_DOCUMENT, PCN, PRACTICE, PRACTICE_ALIAS
from api.persistence.tables.door import (
    STAFF_ENTRY,
    STAFF_IDENTITY,
    STAFF_LINK,
    STAFF_PASSKEY,
    STAFF_RECOVERY,
    STAFF_TOTP,
)
from api.persistence.tables.records import AUDIT, IDEMPOTENCY_KEY
from api.persistence.tables.referrals import DUPLICATE_LINK, REFERRAL, STATUS_CHANGE
from api.persistence.tables.staff import STAFF_MEMBER, STAFF_PRACTICE, STAFF_SESSION

METADATA = Row.metadata

__all__ = [
    "ABOUT_YOU",
    "AUDIT",
    "CORRECTION",
    "DIRECTORY_DOCUMENT",
    "DUPLICATE_LINK",
    "ERASURE_REQUEST",
    "FEEDBACK",
    "IDEMPOTENCY_KEY",
    "METADATA",
    "PCN",
    "PRACTICE",
    "PRACTICE_ALIAS",
    "REFERRAL",
    "STAFF_ENTRY",
    "STAFF_IDENTITY",
    "STAFF_LINK",
    "STAFF_MEMBER",
    "STAFF_PASSKEY",
    "STAFF_PRACTICE",
    "STAFF_RECOVERY",
    "STAFF_SESSION",
    "STAFF_TOTP",
    "STATUS_CHANGE",
]
