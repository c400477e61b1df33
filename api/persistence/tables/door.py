"""Tables of the door: who is half inside, second factors, links, accounts of other houses."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class StaffEntry(Row, table=True):
    """A browser that has shown the first factor and still owes the second; no session at all."""

    __tablename__ = "staff_entry"
    token_hash: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", index=True)
    asked: str
    wrong: int
    expires_at: datetime = Field(index=True)


class StaffTotp(Row, table=True):
    """The secret of somebody's authenticator app; `last_step` is of the last code taken."""

    __tablename__ = "staff_totp"
    staff_id: int = Field(primary_key=True, foreign_key="staff_member.id")
    sealed: bytes
    last_step: int
    created_at: datetime


class StaffPasskey(Row, table=True):
    """A passkey: what is public of it. `credential` is its id in base64url."""

    __tablename__ = "staff_passkey"
    credential: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", index=True)
    public_key: str
    sign_count: int = Field(sa_type=BigInteger)
    name: str
    created_at: datetime


class StaffRecovery(Row, table=True):
    """A recovery code that was not used yet, as a keyed hash."""

    __tablename__ = "staff_recovery"
    code: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", index=True)


class StaffLink(Row, table=True):
    """A link by which somebody may set a password once; only the hash of what it carries."""

    __tablename__ = "staff_link"
    token_hash: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", index=True)
    expires_at: datetime = Field(index=True)


class StaffIdentity(Row, table=True):
    """Whom an organisation's own sign-in means: its issuer and subject, as a keyed hash."""

    __tablename__ = "staff_identity"
    subject: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", index=True)


STAFF_ENTRY = table_of(StaffEntry)
STAFF_TOTP = table_of(StaffTotp)
STAFF_PASSKEY = table_of(StaffPasskey)
STAFF_RECOVERY = table_of(StaffRecovery)
STAFF_LINK = table_of(StaffLink)
STAFF_IDENTITY = table_of(StaffIdentity)
