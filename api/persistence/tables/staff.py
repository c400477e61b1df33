"""Tables of the people who work here: accounts, their practices, their signed-in browsers."""

from datetime import date, datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class StaffMember(Row, table=True):
    """Somebody with an account; `email` is kept casefolded, `capacity` counts open referrals."""

    __tablename__ = "staff_member"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str = Field(unique=True)
    role: str = Field(index=True)
    password_hash: str
    active: bool
    capacity: int
    leave_first: date | None = None
    leave_last: date | None = None
    cover_id: int | None = Field(default=None, foreign_key="staff_member.id")
    demonstration: bool


class StaffPractice(Row, table=True):
    """Who prescribes for which practice."""

    __tablename__ = "staff_practice"
    staff_id: int = Field(primary_key=True, foreign_key="staff_member.id")
    ods_code: str = Field(primary_key=True, foreign_key="practice.ods_code", index=True)


class StaffSession(Row, table=True):
    """A signed-in browser; the token itself is never stored, only its hash. `how`: by what."""

    __tablename__ = "staff_session"
    token_hash: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", index=True)
    created_at: datetime
    idle_until: datetime = Field(index=True)
    expires_at: datetime
    how: str = Field(default="", sa_column_kwargs={"server_default": ""})


STAFF_MEMBER = table_of(StaffMember)
STAFF_PRACTICE = table_of(StaffPractice)
STAFF_SESSION = table_of(StaffSession)
