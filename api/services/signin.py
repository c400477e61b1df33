"""Signing staff in and out: a password, then a session that the server can end at any moment."""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from sqlalchemy import Connection

from api.domain.errors import DomainError, RefusedError
from api.domain.staff import StaffMember, StaffSession, SystemAsker
from api.persistence import audit, staff
from api.services.desk import Desk
from api.services.patience import Patience

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)  # being in use need not be written down at every click
LONGEST_PASSWORD = 1000  # characters: hashing a novel would keep a thread busy
HASHING_AT_ONCE = 2  # argon2id takes 64 MiB each

# Wrong tries that are free: by somebody at one address for one account, then for either alone.
# The last two are many, so that nobody can lock a colleague out by trying from elsewhere.
FREE_HERE, FREE_ACCOUNT, FREE_ADDRESS = 5, 50, 50

SIGN_IN = SystemAsker("sign-in")


class TooManyTriesError(DomainError):
    """Too many wrong tries; `wait` is how long to leave it."""

    code = "too-many-tries"
    title = "Too many tries"

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was typed, and from which network address."""

    email: str
    password: str
    address: str


class SignIn:
    """Lets staff in by e-mail and password, and knows them again by an opaque token."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._patience = Patience()
        self._hashing = asyncio.Semaphore(HASHING_AT_ONCE)

    async def sign_in(self, attempt: Attempt) -> str:
        """The token of a new session, to be kept by the browser and nowhere else.

        Raises:
            TooManyTriesError: whoever asks must wait.
            RefusedError: no such account, not active, or another password: all look the same.
        """
        keys, now = self._keys(attempt), self._desk.clock()
        if wait := self._patience.wait(keys, now):
            raise TooManyTriesError(wait)
        self._patience.count(keys, now)
        member = await self._desk.database.read(lambda c: staff.by_email(c, attempt.email))
        right = await self._is_right(attempt.password, member)
        if member is None or not right or not member.active:
            await self._note_refusal(member)
            raise RefusedError
        self._patience.forgive(keys)
        return await self._open(member)

    async def visitor(self, token: str, *, by_itself: bool = False) -> StaffMember | None:
        """Who is signed in with this token; None when nobody is any more.

        A page that asks `by_itself` is no sign that somebody is there: it keeps no session alive.
        """
        hashed, now = _hash(token), self._desk.clock()

        def read(connection: Connection) -> tuple[StaffSession | None, StaffMember | None]:
            found = staff.session(connection, hashed)
            return found, staff.by_id(connection, found.staff_id) if found else None

        session, member = await self._desk.database.read(read)
        if session is None or member is None:
            return None
        if session.is_over(now) or not member.active:
            await self._desk.database.write(lambda c: staff.close_session(c, hashed))
            return None
        if not by_itself and now + IDLE - session.idle_until >= TOUCH_EVERY:
            await self._desk.database.write(lambda c: staff.touch_session(c, hashed, now + IDLE))
        return member

    async def sign_out(self, token: str) -> None:
        """End the session here, whatever the browser keeps."""
        hashed = _hash(token)

        def close(connection: Connection) -> None:
            staff_id = staff.close_session(connection, hashed)
            if staff_id is not None:
                _record(self._desk, connection, "staff.signed_out", staff_id)

        await self._desk.database.write(close)

    async def _is_right(self, password: str, member: StaffMember | None) -> bool:
        """Takes the same time whether or not there is such an account."""
        if len(password) > LONGEST_PASSWORD:
            return False
        async with self._hashing:
            known = member.password_hash if member else await asyncio.to_thread(_nobodys_hash)
            return await asyncio.to_thread(_verify, password, known)

    async def _open(self, member: StaffMember) -> str:
        token, now = secrets.token_urlsafe(32), self._desk.clock()
        session = StaffSession(_hash(token), member.staff_id, now, now + IDLE, now + LONGEST)

        def work(connection: Connection) -> None:
            staff.close_sessions_over(connection, now)
            staff.open_session(connection, session)
            _record(self._desk, connection, "staff.signed_in", member.staff_id)

        await self._desk.database.write(work)
        return token

    async def _note_refusal(self, member: StaffMember | None) -> None:
        # Written for unknown accounts too: they must not be answered sooner.
        number = member.staff_id if member else 0
        await self._desk.database.write(
            lambda c: _record(self._desk, c, "staff.sign_in_refused", number)
        )

    def _keys(self, attempt: Attempt) -> dict[str, int]:
        """Under what this try is counted: keyed hashes, for a wrong e-mail may be a password."""
        email, mark = attempt.email.strip().casefold(), self._desk.vault.fingerprint
        return {
            mark("sign-in", "here", email, attempt.address): FREE_HERE,
            mark("sign-in", "account", email): FREE_ACCOUNT,
            mark("sign-in", "address", attempt.address): FREE_ADDRESS,
        }


def _record(desk: Desk, connection: Connection, action: str, staff_id: int) -> None:
    subject = f"staff:{staff_id}"
    audit.record(SIGN_IN, connection, action=action, subject=subject, at=desk.clock())


def _hash(token: str) -> str:
    # The token is 256 random bits: a plain hash cannot be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()


def _verify(password: str, known: str) -> bool:
    try:
        return PasswordHash.recommended().verify(password, known)
    except UnknownHashError:  # an account without a password is not refused sooner than others
        PasswordHash.recommended().verify(password, _nobodys_hash())
        return False


@cache
def _nobodys_hash() -> str:
    return PasswordHash.recommended().hash(secrets.token_urlsafe(16))
