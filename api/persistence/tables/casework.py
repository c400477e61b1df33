"""Tables of the work on referrals: tries, bookings, hand-overs, and how long nothing has moved."""

from datetime import datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class ReferralWork(Row, table=True):
    """How far the work on a referral is; there is none for what nobody has touched yet.

    `version` counts what staff did: whoever acts on a page of an earlier one is told so.
    `still_since` is from when nothing has moved, `told` who has been told of that since then.
    """

    __tablename__ = "referral_work"
    referral_id: int = Field(primary_key=True, foreign_key="referral.id")
    version: int
    still_since: datetime
    told: int


class ContactAttempt(Row, table=True):
    """One try to reach somebody; rows are only ever added. The note is sealed."""

    __tablename__ = "contact_attempt"
    id: int | None = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    outcome: str
    author: str
    at: datetime
    sealed: bytes | None = None


class Booking(Row, table=True):
    """When the first conversation is; the newest row counts. Where it is, is sealed."""

    id: int | None = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    starts_at: datetime
    author: str
    at: datetime
    sealed: bytes | None = None


class Handover(Row, table=True):
    """Who had a referral and who got it (nobody: the coordinators); rows are only ever added."""

    id: int | None = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    before_id: int | None = Field(default=None, foreign_key="staff_member.id")
    after_id: int | None = Field(default=None, foreign_key="staff_member.id")
    because: str
    author: str
    at: datetime


class DuplicateDecision(Row, table=True):
    """What a person decided about two referrals; the newest counts. Why is sealed.

    It is sealed under the reference of the first.
    """

    __tablename__ = "duplicate_decision"
    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="referral.id", index=True)
    second_id: int = Field(foreign_key="referral.id", index=True)
    verdict: str
    author: str
    at: datetime
    sealed: bytes | None = None


REFERRAL_WORK = table_of(ReferralWork)
CONTACT_ATTEMPT = table_of(ContactAttempt)
BOOKING = table_of(Booking)
HANDOVER = table_of(Handover)
DUPLICATE_DECISION = table_of(DuplicateDecision)
