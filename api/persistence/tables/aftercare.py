"""Tables of what comes after sending: monitoring, feedback, a new number, a wish to be erased."""

from datetime import datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class AboutYou(Row, table=True):
    """The monitoring answers, sealed: ethnic group is special category data."""

    __tablename__ = "about_you"
    referral_id: int = Field(primary_key=True, foreign_key="referral.id")
    sealed: bytes
    at: datetime


class Feedback(Row, table=True):
    """How it went, 1 to 5 each."""

    referral_id: int = Field(primary_key=True, foreign_key="referral.id")
    easy: int | None = None
    understood: int | None = None
    at: datetime


class Correction(Row, table=True):
    """A changed number, kept beside what was first sent: nothing is overwritten."""

    id: int | None = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    sealed: bytes
    at: datetime


class ErasureRequest(Row, table=True):
    """The person asks for everything to be deleted; a human decides and does it."""

    __tablename__ = "erasure_request"
    referral_id: int = Field(primary_key=True, foreign_key="referral.id")
    asked_at: datetime


ABOUT_YOU = table_of(AboutYou)
FEEDBACK = table_of(Feedback)
CORRECTION = table_of(Correction)
ERASURE_REQUEST = table_of(ErasureRequest)
