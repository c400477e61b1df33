"""The api's tables. Personal data is sealed whole; the other columns are what queries need."""

from api.persistence.tables.aftercare import (
    ABOUT_YOU,
    CORRECTION,
    ERASED_COUNT,
    ERASURE,
    ERASURE_REQUEST,
    FEEDBACK,
)
from api.persistence.tables.base import Row
from api.persistence.tables.directory import DIRECTORY_DOCUMENT, PCN, PRACTICE, PRACTICE_ALIAS
from api.persistence.tables.records import (
    AUDIT,
    AUDIT_LINK,
    AUDIT_ORIGIN,
    AUDIT_SEAL,
    IDEMPOTENCY_KEY,
)
from api.persistence.tables.referrals import DUPLICATE_LINK, REFERRAL, STATUS_CHANGE
from api.persistence.tables.staff import (
    STAFF_LANGUAGE,
    STAFF_MEMBER,
    STAFF_PRACTICE,
    STAFF_SESSION,
)

METADATA = Row.metadata

__all__ = [
    "ABOUT_YOU",
    "AUDIT",
    "AUDIT_LINK",
    "AUDIT_ORIGIN",
    "AUDIT_SEAL",
    "CORRECTION",
    "DIRECTORY_DOCUMENT",
    "DUPLICATE_LINK",
    "ERASED_COUNT",
    "ERASURE",
    "ERASURE_REQUEST",
    "FEEDBACK",
    "IDEMPOTENCY_KEY",
    "METADATA",
    "PCN",
    "PRACTICE",
    "PRACTICE_ALIAS",
    "REFERRAL",
    "STAFF_LANGUAGE",
    "STAFF_MEMBER",
    "STAFF_PRACTICE",
    "STAFF_SESSION",
    "STATUS_CHANGE",
]
