"""Sessions: opened by an opaque token, and ended by the server at any moment."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import Connection

from api.domain.door import How
from api.domain.staff import StaffSession, SystemAsker
from api.persistence import audit, staff
from api.services.desk import Desk

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)  # being in use need not be written down at every click

SIGN_IN = SystemAsker("sign-in")


def new_token() -> str:
    """A new secret for a browser or a link: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored of a token: of so many random bits, a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(desk: Desk, connection: Connection, staff_id: int, how: How) -> str:
    """Sign a browser in; the token of the new session, which nobody had before this moment."""
    token, now = new_token(), desk.clock()
    staff.close_sessions_over(connection, now)
    session = StaffSession(hash_of(token), staff_id, now, now + IDLE, now + LONGEST, how)
    staff.open_session(connection, session)
    note(desk, connection, "staff.signed_in", staff_id)
    return token


def note(desk: Desk, connection: Connection, action: str, staff_id: int) -> None:
    """Write down what the door did about somebody; 0 is nobody we know."""
    subject = f"staff:{staff_id}"
    audit.record(SIGN_IN, connection, action=action, subject=subject, at=desk.clock())
