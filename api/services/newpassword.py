"""A new password by a link: for who has forgotten theirs, and for who has none yet."""

from sqlalchemy import Connection

from api.domain.door import Occasion, password_fault
from api.domain.errors import NotFoundError, UnacceptableError
from api.domain.staff import StaffMember
from api.persistence import door, people, sessions, staff
from api.services import accountmail
from api.services.desk import Desk
from api.services.passwords import Passwords
from api.services.patience import Patience
from api.services.sessions import hash_of, note
from api.services.signin import TooManyTriesError

# Asked for an account, and from one network address, before the next one must wait.
FREE_ACCOUNT, FREE_ADDRESS = 3, 20


class NewPassword:
    """Sends links, and takes the password that is set by one."""

    def __init__(self, desk: Desk, passwords: Passwords) -> None:
        self._desk = desk
        self._passwords = passwords
        self._patience = Patience()

    async def ask(self, email: str, address: str) -> None:
        """Have a link sent, if there is such an account.

        Whether there is one is only looked at by a job, later: neither the answer nor the time it
        takes tells anything.

        Raises:
            TooManyTriesError: it was asked too often, for this address of either kind.
        """
        keys, now = self._keys(email, address), self._desk.clock()
        if wait := self._patience.wait(keys, now):
            raise TooManyTriesError(wait)
        self._patience.count(keys, now)
        job = accountmail.forgot(email.strip())
        await self._desk.write(lambda c: self._desk.dispatcher.enqueue(c, [job]))

    async def whose(self, token: str) -> StaffMember:
        """Who may set a password by this link. Looking does not use it up.

        Raises:
            NotFoundError: it was used, is too old, or never was one.
        """
        return await self._desk.database.read(lambda connection: self._whose(connection, token))

    async def set(self, token: str, password: str) -> None:
        """Set the password, use up the link, and sign the person out everywhere.

        Raises:
            NotFoundError: as `whose`.
            UnacceptableError: the password will not do.
        """
        member = await self.whose(token)
        if fault := password_fault(password, member.name, member.email):
            raise UnacceptableError("password", fault)
        hashed = await self._passwords.hashed(password)

        def work(connection: Connection) -> None:
            staff_id = door.take_link(connection, hash_of(token), self._desk.clock())
            if staff_id is None:
                raise NotFoundError
            replace(self._desk, connection, staff_id, hashed)

        await self._desk.write(work)

    def _whose(self, connection: Connection, token: str) -> StaffMember:
        staff_id = door.link(connection, hash_of(token), self._desk.clock())
        member = staff.by_id(connection, staff_id) if staff_id is not None else None
        if member is None or not member.active:
            raise NotFoundError
        return member

    def _keys(self, email: str, address: str) -> dict[str, int]:
        mark = self._desk.vault.fingerprint
        return {
            mark("forgotten", "account", email.strip().casefold()): FREE_ACCOUNT,
            mark("forgotten", "address", address): FREE_ADDRESS,
        }


def replace(
    desk: Desk, connection: Connection, staff_id: int, password_hash: str, *, but: str = ""
) -> None:
    """Give somebody another password: all that the old one opened is shut, `but` one session."""
    people.set_password(connection, staff_id, password_hash)
    sessions.end_all(connection, staff_id, but)
    door.close_entries(connection, staff_id)
    door.drop_links(connection, staff_id)
    note(desk, connection, "staff.password_changed", staff_id)
    job = accountmail.tell(staff_id, Occasion.PASSWORD_CHANGED)
    desk.dispatcher.enqueue(connection, [job])
