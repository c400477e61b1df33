"""Tables of reading: who reads which language, who read which text, what it says in English."""

from datetime import datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class StaffLanguage(Row, table=True):
    """A language that somebody reads, besides English."""

    __tablename__ = "staff_language"
    staff_id: int = Field(primary_key=True, foreign_key="staff_member.id")
    language: str = Field(primary_key=True)


class TextReading(Row, table=True):
    """Who read a text of a referral; `which` is its place, as `own-1`."""

    __tablename__ = "text_reading"
    referral_id: int = Field(primary_key=True, foreign_key="referral.id")
    which: str = Field(primary_key=True)
    read_by: int = Field(foreign_key="staff_member.id")
    read_at: datetime


class TextRendering(Row, table=True):
    """What a text says in English, typed and signed by a person; rows are only ever added."""

    __tablename__ = "text_rendering"
    id: int | None = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    which: str
    sealed: bytes
    interpreted: bool
    signed_by: int = Field(foreign_key="staff_member.id")
    signed_at: datetime


STAFF_LANGUAGE = table_of(StaffLanguage)
TEXT_READING = table_of(TextReading)
TEXT_RENDERING = table_of(TextRendering)
