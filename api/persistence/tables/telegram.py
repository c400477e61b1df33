"""Tables of the staff's Telegram: who is linked, by which code, what they want, what is held."""

from datetime import datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class TelegramLink(Row, table=True):
    """Whose chat it is; `chat` is a keyed hash of its number, `sealed` the number, encrypted."""

    __tablename__ = "telegram_link"
    staff_id: int = Field(primary_key=True, foreign_key="staff_member.id")
    chat: str = Field(unique=True)
    sealed: bytes
    linked_at: datetime


class TelegramCode(Row, table=True):
    """The one code with which somebody may link a chat now; of the code only a keyed hash."""

    __tablename__ = "telegram_code"
    staff_id: int = Field(primary_key=True, foreign_key="staff_member.id")
    code: str = Field(unique=True)
    expires_at: datetime


class TelegramChoice(Row, table=True):
    """How somebody wants to be told; times as `18:00`, an empty `digest` is none.

    `ended` says why the last link ended, when it was not by their own wish.
    """

    __tablename__ = "telegram_choice"
    staff_id: int = Field(primary_key=True, foreign_key="staff_member.id")
    digest: str
    silent_from: str
    silent_until: str
    free_days: bool
    urgent_through: bool
    changed_at: datetime
    ended: str


class TelegramHeld(Row, table=True):
    """News that waits for the end of somebody's silent hours."""

    __tablename__ = "telegram_held"
    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", index=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    news: str
    at: datetime


TELEGRAM_LINK = table_of(TelegramLink)
TELEGRAM_CODE = table_of(TelegramCode)
TELEGRAM_CHOICE = table_of(TelegramChoice)
TELEGRAM_HELD = table_of(TelegramHeld)
