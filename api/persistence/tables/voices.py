"""Tables of what is spoken aloud: clips by language and step. Nothing in them is of a resident."""

from datetime import datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class ClipAudio(Row, table=True):
    """The bytes of a clip, Ogg Opus, by their SHA-256; kept, as old publications name them.

    `seconds` is how long it takes, `loudness` is in LUFS, in tenths.
    """

    __tablename__ = "clip_audio"
    sha256: str = Field(primary_key=True)
    body: bytes
    seconds: int
    loudness: int | None


class ClipRow(Row, table=True):
    """The clip of a step in a language; without `sha256` it was taken away.

    `version` grows with each change of it.
    """

    __tablename__ = "clip"
    language: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    version: int
    sha256: str | None = Field(foreign_key="clip_audio.sha256")
    staff_id: int = Field(foreign_key="staff_member.id")
    at: datetime


class ClipHistory(Row, table=True):
    """What was once the clip of a step in a language, and by whom."""

    __tablename__ = "clip_history"
    id: int | None = Field(default=None, primary_key=True)
    language: str
    step: str
    version: int
    sha256: str | None = Field(foreign_key="clip_audio.sha256")
    staff_id: int = Field(foreign_key="staff_member.id")
    at: datetime


CLIP = table_of(ClipRow)
CLIP_AUDIO = table_of(ClipAudio)
CLIP_HISTORY = table_of(ClipHistory)
