"""One's own account: where one is signed in, one's password and one's second factors."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.door import Factors, Occasion, password_fault
from api.domain.errors import ConflictError, NotFoundError, RefusedError, UnacceptableError
from api.domain.staff import StaffMember, StaffSession
from api.persistence import audit, factors, sessions
from api.services import accountmail, apps, passkeys
from api.services.desk import Desk
from api.services.newpassword import replace
from api.services.passwords import Passwords
from api.services.patience import Patience
from api.services.sessions import hash_of
from api.services.signin import TooManyTriesError

FREE = 5  # wrong passwords, typed by somebody who is signed in, before they must wait


class LastFactorError(ConflictError):
    """Nothing would be left to ask for when they sign in."""

    code = "last-factor"
    title = "This is your only second step"


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody signed in, in this browser, who has shown their password once more (or not yet)."""

    member: StaffMember
    token: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class Security:
    """What the page about one's own security shows."""

    sessions: tuple[StaffSession, ...]
    here: str
    factors: Factors


class OwnAccount:
    """What somebody may do to their own account; what matters asks for their password again."""

    def __init__(self, desk: Desk, passwords: Passwords) -> None:
        self._desk = desk
        self._passwords = passwords
        self._patience = Patience()
        self.party = passkeys.party(desk.public_url)

    async def look(self, owner: Owner) -> Security:
        """Where they are signed in, and by what they can."""
        staff_id, now = owner.member.staff_id, self._desk.clock()

        def read(connection: Connection) -> Security:
            theirs = tuple(sessions.of(connection, staff_id, now))
            return Security(theirs, hash_of(owner.token), factors.of(connection, staff_id))

        return await self._desk.database.read(read)

    async def end_session(self, owner: Owner, token_hash: str) -> None:
        """Sign one browser out; one that is not theirs stays as it is."""

        def work(connection: Connection) -> None:
            if sessions.end(connection, owner.member.staff_id, token_hash):
                self._record(connection, owner, "staff.session_ended")

        await self._desk.database.write(work)

    async def end_all(self, owner: Owner) -> None:
        """Sign out everywhere, here as well."""

        def work(connection: Connection) -> None:
            sessions.end_all(connection, owner.member.staff_id)
            self._record(connection, owner, "staff.signed_out_everywhere")

        await self._desk.database.write(work)

    async def change_password(self, owner: Owner, new: str) -> None:
        """Change the password; every other browser is signed out.

        Raises:
            RefusedError: the present password is another.
            TooManyTriesError: that was tried too often.
            UnacceptableError: the new one will not do.
        """
        if fault := password_fault(new, owner.member.name, owner.member.email):
            raise UnacceptableError("new", fault)
        await self._confirm(owner)
        hashed, here = await self._passwords.hashed(new), hash_of(owner.token)
        await self._desk.write(
            lambda c: replace(self._desk, c, owner.member.staff_id, hashed, but=here)
        )

    async def set_app(self, owner: Owner, offered: str, code: str) -> None:
        """Take another authenticator app, in place of any before.

        Raises:
            UnacceptableError: the code is not the one that the new app shows.
            RefusedError, TooManyTriesError: as `change_password`.
        """
        staff_id, now = owner.member.staff_id, self._desk.clock()
        await self._confirm(owner)
        secret = apps.offered(self._desk, staff_id, offered)
        step = apps.step_of(secret, code, now) if secret else None
        if secret is None or step is None:
            raise UnacceptableError("code", "That is not the code that your app shows now.")
        sealed = apps.seal(self._desk.vault, staff_id, secret)
        await self._change(
            owner, lambda c: factors.set_secret(c, staff_id, sealed, step, now), "app_set_up"
        )

    async def drop_app(self, owner: Owner) -> None:
        """Do without an app. Raises LastFactorError, and as `change_password`."""
        await self._confirm(owner)

        def work(connection: Connection) -> None:
            factors.drop_secret(connection, owner.member.staff_id)
            _keep_one(connection, owner.member.staff_id)

        await self._change(owner, work, "app_removed")

    def challenge(self, owner: Owner) -> bytes:
        """What a new passkey must sign in this session."""
        return bytes.fromhex(self._desk.vault.fingerprint("new passkey", hash_of(owner.token)))

    async def add_passkey(self, owner: Owner, answer: str, name: str) -> None:
        """Take one more passkey. Raises as `change_password`."""
        await self._confirm(owner)
        trouble = UnacceptableError("passkey", "That passkey could not be used. Please try again.")
        if self.party is None:
            raise trouble
        try:
            made = passkeys.made(
                self.party, self.challenge(owner), answer, name, self._desk.clock()
            )
        except RefusedError:
            raise trouble from None

        def work(connection: Connection) -> None:
            has = factors.of(connection, owner.member.staff_id).passkeys
            added = factors.add_passkey(connection, owner.member.staff_id, made)
            if not added or len(has) >= passkeys.MOST:
                raise trouble

        await self._change(owner, work, "passkey_added")

    async def drop_passkey(self, owner: Owner, credential: str) -> None:
        """Do without a passkey.

        Raises:
            NotFoundError: it is none of theirs.
            LastFactorError, RefusedError, TooManyTriesError: as `drop_app`.
        """
        await self._confirm(owner)

        def work(connection: Connection) -> None:
            if not factors.drop_passkey(connection, owner.member.staff_id, credential):
                raise NotFoundError
            _keep_one(connection, owner.member.staff_id)

        await self._change(owner, work, "passkey_removed")

    async def new_codes(self, owner: Owner) -> tuple[str, ...]:
        """Ten new recovery codes; the old ones are void. Raises as `change_password`."""
        await self._confirm(owner)
        staff_id, codes = owner.member.staff_id, apps.new_recovery_codes()
        marks = apps.marks(self._desk, staff_id, codes)
        await self._change(owner, lambda c: factors.set_codes(c, staff_id, marks), "codes_made")
        return tuple(codes)

    async def _change(self, owner: Owner, work: Callable[[Connection], None], what: str) -> None:
        job = accountmail.tell(owner.member.staff_id, Occasion.FACTORS_CHANGED)

        def both(connection: Connection) -> None:
            work(connection)
            self._record(connection, owner, f"staff.{what}")
            self._desk.dispatcher.enqueue(connection, [job])

        await self._desk.write(both)

    async def _confirm(self, owner: Owner) -> None:
        keys, now = {f"own:{owner.member.staff_id}": FREE}, self._desk.clock()
        if wait := self._patience.wait(keys, now):
            raise TooManyTriesError(wait)
        self._patience.count(keys, now)
        if not await self._passwords.is_right(owner.password, owner.member.password_hash):
            raise RefusedError
        self._patience.forgive(keys)

    def _record(self, connection: Connection, owner: Owner, action: str) -> None:
        asker, subject = owner.member.asker, f"staff:{owner.member.staff_id}"
        audit.record(asker, connection, action=action, subject=subject, at=self._desk.clock())


def _keep_one(connection: Connection, staff_id: int) -> None:
    """Undo the whole transaction when nothing is left to sign in with."""
    if not factors.of(connection, staff_id).any:
        raise LastFactorError
