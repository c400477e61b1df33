"""Looking after the accounts: for managers, and for the operator at the command line."""

from collections.abc import Callable

from sqlalchemy import Connection

from api.domain.door import Occasion
from api.domain.errors import ConflictError, NotFoundError, UnacceptableError
from api.domain.people import ChangedMeanwhileError, Person, Wish, checked, keep_a_manager
from api.domain.staff import Role, StaffAsker, StaffMember, SystemAsker
from api.persistence import audit, door, factors, people, sessions, staff
from api.services import accountmail
from api.services.desk import Desk
from common.runtime.database import locks

NO_PASSWORD = "none yet"  # noqa: S105 no hash of anything: nothing typed can be right
CAPACITY = 60  # open referrals that a new prescriber is given at most
OPERATOR = SystemAsker("operator")
ACCOUNTS = "accounts"
"""The lock under which accounts change: two managers must not close each other's."""

Keeper = StaffAsker | SystemAsker
"""Who looks after accounts: a manager, or the operator."""


class NotOneselfError(ConflictError):
    """A manager would shut themselves out."""

    code = "not-oneself"
    title = "You cannot do this to your own account"


async def list_people(desk: Desk, asker: Keeper) -> list[Person]:
    """All accounts. Raises NotFoundError for whoever does not look after them."""
    _allow(asker)
    return await desk.database.read(people.listed)


async def read_person(desk: Desk, asker: Keeper, staff_id: int) -> Person:
    """One account. Raises NotFoundError."""
    found = await list_people(desk, asker)
    return _one(found, staff_id)


async def add_person(desk: Desk, asker: Keeper, wish: Wish, *, by_letter: bool = True) -> int:
    """Make an account without a password, and write to its owner how to set one; its id.

    Raises:
        NotFoundError: it is not for the asker to do.
        UnacceptableError: something about it cannot be; `field` says what.
    """
    _allow(asker)
    name, email, role, practices = checked(wish)

    def work(connection: Connection) -> int:
        if staff.by_email(connection, email) is not None:
            raise UnacceptableError("email", "Somebody with this e-mail address is here already.")
        _see_practices(connection, practices)
        member = StaffMember(0, name, email, role, NO_PASSWORD, practices=practices)
        staff_id = staff.add(
            connection, member, capacity=CAPACITY if role is Role.PRESCRIBER else 0
        )
        _record(desk, asker, connection, "staff.added", staff_id)
        if by_letter:
            desk.dispatcher.enqueue(connection, [accountmail.tell(staff_id, Occasion.INVITED)])
        return staff_id

    return await desk.write(work)


async def change_person(desk: Desk, asker: Keeper, staff_id: int, wish: Wish, version: str) -> None:
    """Give somebody another name, role or practices; all their pages go by it at once.

    Raises:
        NotFoundError: there is nobody such, or it is not for the asker to do.
        ChangedMeanwhileError: it is no longer as it was in this `version`.
        LastManagerError, NotOneselfError: nobody, or not they, would be left to do this.
        UnacceptableError: as `add_person`.
    """
    _allow(asker)

    def work(connection: Connection) -> None:
        locks.hold(connection, ACCOUNTS)
        person = _one(people.listed(connection), staff_id)
        name, _, role, practices = checked(Wish(wish.name, person.email, wish.role, wish.practices))
        if version != person.version:
            raise ChangedMeanwhileError
        if role is not person.role:
            _not_oneself(asker, staff_id)
        _see_practices(connection, practices)
        managers = people.managers(connection)
        keep_a_manager(person, role, active=person.active, managers=managers)
        people.change(connection, staff_id, name=name, role=role, practices=practices)
        _record(desk, asker, connection, "staff.changed", staff_id)

    await desk.write(work)


async def deactivate(desk: Desk, asker: Keeper, staff_id: int) -> None:
    """Close an account: whoever it was for is signed out everywhere, and no link opens it.

    Raises:
        NotFoundError, LastManagerError, NotOneselfError: as `change_person`.
    """

    def work(connection: Connection, person: Person) -> None:
        _not_oneself(asker, staff_id)
        managers = people.managers(connection)
        keep_a_manager(person, person.role, active=False, managers=managers)
        people.set_active(connection, staff_id, active=False)
        _shut(connection, staff_id)

    await _do(desk, asker, staff_id, work, "staff.deactivated")


async def reactivate(desk: Desk, asker: Keeper, staff_id: int) -> None:
    """Open an account again. Raises NotFoundError."""

    def work(connection: Connection, _person: Person) -> None:
        people.set_active(connection, staff_id, active=True)

    await _do(desk, asker, staff_id, work, "staff.reactivated")


async def reset_factors(desk: Desk, asker: Keeper, staff_id: int) -> None:
    """Take away somebody's second factors: they set one up when they next sign in.

    Raises:
        NotFoundError: as `change_person`.
    """

    def work(connection: Connection, _person: Person) -> None:
        factors.drop_all(connection, staff_id)
        door.forget_identities(connection, staff_id)
        _shut(connection, staff_id)
        job = accountmail.tell(staff_id, Occasion.FACTORS_CHANGED)
        desk.dispatcher.enqueue(connection, [job])

    await _do(desk, asker, staff_id, work, "staff.second_factor_reset")


async def invite_again(desk: Desk, asker: Keeper, staff_id: int) -> None:
    """Send a fresh link to set a password. Raises NotFoundError."""

    def work(connection: Connection, person: Person) -> None:
        if not person.active:
            raise NotFoundError
        desk.dispatcher.enqueue(connection, [accountmail.tell(staff_id, Occasion.INVITED)])

    await _do(desk, asker, staff_id, work, "staff.invited")


async def _do(
    desk: Desk,
    asker: Keeper,
    staff_id: int,
    work: Callable[[Connection, Person], None],
    action: str,
) -> None:
    _allow(asker)

    def whole(connection: Connection) -> None:
        locks.hold(connection, ACCOUNTS)
        work(connection, _one(people.listed(connection), staff_id))
        _record(desk, asker, connection, action, staff_id)

    await desk.write(whole)


def _allow(asker: Keeper) -> None:
    if isinstance(asker, StaffAsker) and asker.role is not Role.MANAGER:
        raise NotFoundError


def _not_oneself(asker: Keeper, staff_id: int) -> None:
    if isinstance(asker, StaffAsker) and asker.staff_id == staff_id:
        raise NotOneselfError


def _one(found: list[Person], staff_id: int) -> Person:
    person = next((one for one in found if one.staff_id == staff_id), None)
    if person is None:
        raise NotFoundError
    return person


def _see_practices(connection: Connection, practices: frozenset[str]) -> None:
    if people.known_practices(connection, practices) != practices:
        raise UnacceptableError("practices", "One of the practices is not in the directory.")


def _shut(connection: Connection, staff_id: int) -> None:
    """End whatever somebody has open."""
    sessions.end_all(connection, staff_id)
    door.close_entries(connection, staff_id)
    door.drop_links(connection, staff_id)


def _record(desk: Desk, asker: Keeper, connection: Connection, action: str, staff_id: int) -> None:
    subject = f"staff:{staff_id}"
    audit.record(asker, connection, action=action, subject=subject, at=desk.clock())
