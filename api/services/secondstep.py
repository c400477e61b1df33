"""The second step of signing in: a code, a passkey, or the first set-up of one of them."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.door import Entry, Factors, How, Passkey
from api.domain.errors import NotSignedInError, RefusedError
from api.domain.staff import StaffMember
from api.persistence import door, factors, staff
from api.services import apps, passkeys
from api.services.desk import Desk
from api.services.patience import Patience
from api.services.sessions import hash_of, note, open_session
from api.services.signin import TooManyTriesError
from common.runtime.database import locks

FREE = 5  # wrong codes for one account, before whoever types them must wait
MOST_WRONG = 10  # codes, before the password is asked for again

Check = Callable[[Connection], How | None]
"""Whether a second factor is right, and which it was; uses it up when it is."""


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody half inside: who it is, what they have for the second step, where they go then."""

    member: StaffMember
    factors: Factors
    entry: Entry


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that has begun: its token, where to go, and recovery codes if those are new."""

    token: str
    asked: str
    codes: tuple[str, ...] = ()


class SecondStep:
    """Turns a half-open door into a session, once the second factor was shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._patience = Patience()
        self.party = passkeys.party(desk.public_url)

    async def owing(self, token: str) -> Owing | None:
        """Who is half inside with this token; None when nobody is any more."""
        return await self._desk.database.read(lambda connection: self._owing(connection, token))

    def challenge(self, token: str) -> bytes:
        """What a passkey must sign: another one for each door, and a door opens once."""
        return bytes.fromhex(self._desk.vault.fingerprint("passkey", hash_of(token)))

    async def by_code(self, token: str, code: str) -> Opened:
        """Let in by the code of an app.

        Raises:
            NotSignedInError: the password has to be shown again first.
            RefusedError: it is not right, or was used before.
            TooManyTriesError: whoever asks must wait.
        """
        owing = await self._expect(token)
        sealed = await self._desk.database.read(
            lambda connection: factors.secret(connection, owing.member.staff_id)
        )
        secret = apps.unseal(self._desk, owing.member.staff_id, sealed) if sealed else ""
        step = apps.step_of(secret, code, self._desk.clock()) if secret else None

        def check(connection: Connection) -> How | None:
            right = step is not None and factors.use_step(connection, owing.member.staff_id, step)
            return How.CODE if right else None

        return await self._let_in(owing, check)

    async def by_recovery(self, token: str, code: str) -> Opened:
        """Let in by a recovery code, which is void then. Raises as `by_code`."""
        owing = await self._expect(token)
        (mark,) = apps.marks(self._desk, owing.member.staff_id, [code])

        def check(connection: Connection) -> How | None:
            right = factors.use_code(connection, owing.member.staff_id, mark)
            return How.RECOVERY if right else None

        return await self._let_in(owing, check)

    async def by_passkey(self, token: str, answer: str) -> Opened:
        """Let in by a passkey; `answer` is the browser's, as JSON. Raises as `by_code`."""
        owing = await self._expect(token)
        try:
            used = self._used(owing, token, answer)
        except RefusedError:
            return await self._let_in(owing, lambda _: None)

        def check(connection: Connection) -> How | None:
            factors.count_up(connection, used.credential, used.sign_count)
            return How.PASSKEY

        return await self._let_in(owing, check)

    async def with_new_app(self, token: str, offered: str, code: str) -> Opened:
        """Let in somebody who has just set up an app, their first second factor.

        Raises:
            NotSignedInError: the password has to be shown again, or there is a factor already.
            RefusedError: the code is not right.
            TooManyTriesError: whoever asks must wait.
        """
        owing, desk = await self._expect(token, has=False), self._desk
        staff_id, now = owing.member.staff_id, desk.clock()
        secret = apps.offered(desk, staff_id, offered)
        step = apps.step_of(secret, code, now) if secret else None
        if secret is None or step is None:
            return await self._let_in(owing, lambda _: None)
        sealed = apps.seal(desk.vault, staff_id, secret)

        def check(connection: Connection) -> How:
            factors.set_secret(connection, staff_id, sealed, step, now)
            return How.CODE

        return await self._let_in(owing, check, first=True)

    async def with_new_passkey(self, token: str, answer: str, name: str) -> Opened:
        """Let in somebody who has just made a passkey. Raises as `with_new_app`."""
        owing = await self._expect(token, has=False)
        passkey = self._made(token, answer, name)

        def check(connection: Connection) -> How | None:
            added = factors.add_passkey(connection, owing.member.staff_id, passkey)
            return How.PASSKEY if added else None

        return await self._let_in(owing, check, first=True)

    def _used(self, owing: Owing, token: str, answer: str) -> Passkey:
        if self.party is None:
            raise RefusedError
        has = owing.factors.passkeys
        return passkeys.used(self.party, self.challenge(token), answer, has)

    def _made(self, token: str, answer: str, name: str) -> Passkey:
        if self.party is None:
            raise RefusedError
        now = self._desk.clock()
        return passkeys.made(self.party, self.challenge(token), answer, name, now)

    async def _expect(self, token: str, *, has: bool = True) -> Owing:
        """Whoever owes the second step, unless they must wait; counts the try."""
        owing = await self.owing(token)
        if owing is None or owing.factors.any is not has:
            raise NotSignedInError
        keys, now = self._keys(owing), self._desk.clock()
        if wait := self._patience.wait(keys, now):
            raise TooManyTriesError(wait)
        self._patience.count(keys, now)
        return owing

    async def _let_in(self, owing: Owing, check: Check, *, first: bool = False) -> Opened:
        """Open the session and shut the half-open door in one transaction, or note the refusal."""
        codes = apps.new_recovery_codes() if first else []
        token = await self._desk.write(
            lambda connection: self._open(connection, owing, check, codes)
        )
        if token is None:
            raise RefusedError
        if not token:
            raise NotSignedInError
        self._patience.forgive(self._keys(owing))
        return Opened(token, owing.entry.asked, tuple(codes))

    def _open(
        self, connection: Connection, owing: Owing, check: Check, codes: list[str]
    ) -> str | None:
        """The token; empty when the door was shut meanwhile, None when the factor is not right."""
        desk, staff_id, door_hash = self._desk, owing.member.staff_id, owing.entry.token_hash
        if codes:
            locks.hold(connection, f"factors:{staff_id}")
            if factors.of(connection, staff_id).any:
                return ""  # set up from elsewhere in the same moment: whoever was first has it
        if (how := check(connection)) is None:
            note(desk, connection, "staff.second_factor_refused", staff_id)
            if door.note_wrong(connection, door_hash) >= MOST_WRONG:
                door.close_entry(connection, door_hash)
            return None
        if not door.close_entry(connection, door_hash):
            return ""
        if codes:
            factors.set_codes(connection, staff_id, apps.marks(desk, staff_id, codes))
            note(desk, connection, "staff.second_factor_set_up", staff_id)
        return open_session(desk, connection, staff_id, how)

    def _owing(self, connection: Connection, token: str) -> Owing | None:
        entry = door.entry(connection, hash_of(token), self._desk.clock())
        member = staff.by_id(connection, entry.staff_id) if entry else None
        if entry is None or member is None or not member.active:
            return None
        return Owing(member, factors.of(connection, member.staff_id), entry)

    def _keys(self, owing: Owing) -> dict[str, int]:
        return {f"second:{owing.member.staff_id}": FREE}
