"""The first step of signing in, who is signed in, and signing out."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from api.domain.door import Entry
from api.domain.errors import DomainError, RefusedError
from api.domain.staff import StaffMember, StaffSession
from api.persistence import door, staff
from api.services.desk import Desk
from api.services.passwords import Passwords
from api.services.patience import Patience
from api.services.sessions import IDLE, TOUCH_EVERY, hash_of, new_token, note

HALF_OPEN = timedelta(minutes=10)  # between the password and the second factor

# Wrong tries that are free: by somebody at one address for one account, then for either alone.
# The last two are many, so that nobody can lock a colleague out by trying from elsewhere.
FREE_HERE, FREE_ACCOUNT, FREE_ADDRESS = 5, 50, 50


class TooManyTriesError(DomainError):
    """Too many wrong tries; `wait` is how long to leave it."""

    code = "too-many-tries"
    title = "Too many tries"

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try to sign in: what was typed, from which network address, to see which page."""

    email: str
    password: str
    address: str
    asked: str = ""


class SignIn:
    """Knows staff by e-mail and password, and knows them again by an opaque token."""

    def __init__(self, desk: Desk, passwords: Passwords) -> None:
        self._desk = desk
        self._patience = Patience()
        self._passwords = passwords

    async def sign_in(self, attempt: Attempt) -> str:
        """The token of a half-open door, with which the second factor can be shown.

        Raises:
            TooManyTriesError: whoever asks must wait.
            RefusedError: no such account, not active, or another password: all look the same.
        """
        keys, now = self._keys(attempt), self._desk.clock()
        if wait := self._patience.wait(keys, now):
            raise TooManyTriesError(wait)
        self._patience.count(keys, now)
        member = await self._desk.database.read(lambda c: staff.by_email(c, attempt.email))
        known = member.password_hash if member else None
        right = await self._passwords.is_right(attempt.password, known)
        if member is None or not right or not member.active:
            await self._note_refusal(member)
            raise RefusedError
        self._patience.forgive(keys)
        return await half_open(self._desk, member.staff_id, attempt.asked)

    async def visitor(self, token: str, *, by_itself: bool = False) -> StaffMember | None:
        """Who is signed in with this token; None when nobody is any more.

        A page that asks `by_itself` is no sign that somebody is there: it keeps no session alive.
        """
        hashed, now = hash_of(token), self._desk.clock()

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
        hashed = hash_of(token)

        def close(connection: Connection) -> None:
            staff_id = staff.close_session(connection, hashed)
            if staff_id is not None:
                note(self._desk, connection, "staff.signed_out", staff_id)

        await self._desk.database.write(close)

    async def _note_refusal(self, member: StaffMember | None) -> None:
        # Written for unknown accounts too: they must not be answered sooner.
        number = member.staff_id if member else 0
        await self._desk.database.write(
            lambda c: note(self._desk, c, "staff.sign_in_refused", number)
        )

    def _keys(self, attempt: Attempt) -> dict[str, int]:
        """Under what this try is counted: keyed hashes, for a wrong e-mail may be a password."""
        email, mark = attempt.email.strip().casefold(), self._desk.vault.fingerprint
        return {
            mark("sign-in", "here", email, attempt.address): FREE_HERE,
            mark("sign-in", "account", email): FREE_ACCOUNT,
            mark("sign-in", "address", attempt.address): FREE_ADDRESS,
        }


async def half_open(desk: Desk, staff_id: int, asked: str) -> str:
    """Let somebody as far as the second factor; the token that leads there and nowhere else.

    It is no session: whatever asks who is signed in does not even look where it is kept.
    """
    token, now = new_token(), desk.clock()
    entry = Entry(hash_of(token), staff_id, asked, wrong=0, expires_at=now + HALF_OPEN)
    await desk.database.write(lambda connection: door.open_entry(connection, entry, now))
    return token
