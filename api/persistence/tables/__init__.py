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
from api.persistence.tables.casework import (
    BOOKING,
    CONTACT_ATTEMPT,
    DUPLICATE_DECISION,
    HANDOVER,
    REFERRAL_WORK,
)
from api.persistence.tables.directory import DIRECTORY_DOCUMENT, PCN, PRACTICE, PRACTICE_ALIAS
from api.persistence.tables.door import (
    STAFF_ENTRY,
    STAFF_IDENTITY,
    STAFF_LINK,
    STAFF_PASSKEY,
    STAFF_RECOVERY,
    STAFF_TOTP,
)
from api.persistence.tables.previews import PREVIEW_TICKET
from api.persistence.tables.reading import STAFF_LANGUAGE, TEXT_READING, TEXT_RENDERING
from api.persistence.tables.records import (
    AUDIT,
    AUDIT_LINK,
    AUDIT_ORIGIN,
    AUDIT_SEAL,
    IDEMPOTENCY_KEY,
    LEASE,
)
from api.persistence.tables.referrals import DUPLICATE_LINK, REFERRAL, STATUS_CHANGE
from api.persistence.tables.safety import (
    HELPLINE,
    HELPLINE_HISTORY,
    HELPLINE_PROPOSAL,
    PHRASE,
    PHRASE_HISTORY,
)
from api.persistence.tables.staff import STAFF_MEMBER, STAFF_PRACTICE, STAFF_SESSION
from api.persistence.tables.telegram import (
    TELEGRAM_CHOICE,
    TELEGRAM_CODE,
    TELEGRAM_HELD,
    TELEGRAM_LINK,
)
from api.persistence.tables.voices import CLIP, CLIP_AUDIO, CLIP_HISTORY
from api.persistence.tables.wordparcels import WORD_PARCEL
from api.persistence.tables.words import PUBLICATION, WORDING, WORDING_CHANGE, WORDING_COMMENT

METADATA = Row.metadata

__all__ = [
    "ABOUT_YOU",
    "AUDIT",
    "AUDIT_LINK",
    "AUDIT_ORIGIN",
    "AUDIT_SEAL",
    "BOOKING",
    "CLIP",
    "CLIP_AUDIO",
    "CLIP_HISTORY",
    "CONTACT_ATTEMPT",
    "CORRECTION",
    "DIRECTORY_DOCUMENT",
    "DUPLICATE_DECISION",
    "DUPLICATE_LINK",
    "ERASED_COUNT",
    "ERASURE",
    "ERASURE_REQUEST",
    "FEEDBACK",
    "HANDOVER",
    "HELPLINE",
    "HELPLINE_HISTORY",
    "HELPLINE_PROPOSAL",
    "IDEMPOTENCY_KEY",
    "LEASE",
    "METADATA",
    "PCN",
    "PHRASE",
    "PHRASE_HISTORY",
    "PRACTICE",
    "PRACTICE_ALIAS",
    "PREVIEW_TICKET",
    "PUBLICATION",
    "REFERRAL",
    "REFERRAL_WORK",
    "STAFF_ENTRY",
    "STAFF_IDENTITY",
    "STAFF_LANGUAGE",
    "STAFF_LINK",
    "STAFF_MEMBER",
    "STAFF_PASSKEY",
    "STAFF_PRACTICE",
    "STAFF_RECOVERY",
    "STAFF_SESSION",
    "STAFF_TOTP",
    "STATUS_CHANGE",
    "TELEGRAM_CHOICE",
    "TELEGRAM_CODE",
    "TELEGRAM_HELD",
    "TELEGRAM_LINK",
    "TEXT_READING",
    "TEXT_RENDERING",
    "WORDING",
    "WORDING_CHANGE",
    "WORDING_COMMENT",
    "WORD_PARCEL",
]
