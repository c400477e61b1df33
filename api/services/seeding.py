"""Filling a new store: the shipped directory always, demonstration staff when asked for."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.domain.staff import StaffMember
from api.persistence import directory, factors, people, staff
from api.persistence.practice_file import read_practices
from api.persistence.seed.people import Person, demonstration_staff
from api.services import apps
from common.runtime.clock import Clock
from common.runtime.database import Database, locks
from common.runtime.vault import Vault

SEEDING = "seeding"
"""The lock under which a store is filled: processes may start at the same moment."""


async def seed_directory(database: Database, clock: Clock) -> bool:
    """Make sure of practices and of the newest edition of postcodes; True when one was missing.

    Practices are only ever filled in once: from then on they belong to the coordinators. Of two
    processes that start together both may read the files, and one stores what they hold.
    """
    from api.persistence.postcodes import EDITION, read_borough  # noqa: PLC0415 slow, and rarely needed

    filled, edition = await database.read(_stored)
    if filled and edition == EDITION:
        return False
    borough = await asyncio.to_thread(read_borough) if edition != EDITION else None

    def fill(connection: Connection) -> None:
        locks.hold(connection, SEEDING)
        filled, edition = _stored(connection)
        if not filled:
            directory.add_practices(connection, read_practices())
        if borough is not None and edition != EDITION:
            directory.store_borough(connection, borough, EDITION, clock())

    await database.write(fill)
    return True


@dataclass(frozen=True, slots=True)
class DemoApp:
    """The secret (base32) of the authenticator app that all demonstration accounts share."""

    secret: str
    vault: Vault
    now: datetime


async def seed_demonstration(database: Database, password: str, app: DemoApp | None = None) -> int:
    """Make the demonstration accounts, or give those there are this password; how many.

    With an `app` each has a second factor too; without one, they set theirs up themselves.

    All share one hash, because each would take a seventh of a second. Does nothing where
    people of flesh and blood have accounts.
    """
    hashed = await asyncio.to_thread(_hash, password)

    def fill(connection: Connection) -> int:
        locks.hold(connection, SEEDING)
        if staff.is_empty(connection):
            practices = [one for one in directory.practices(connection) if one.open]
            count = _add(connection, hashed, demonstration_staff(practices))
        else:
            count = staff.set_demonstration_password(connection, hashed)
        if app is not None:
            _give_app(connection, app)
        return count

    return await database.write(fill)


def _stored(connection: Connection) -> tuple[bool, str]:
    """Whether there are practices, and the edition of the postcodes."""
    return directory.has_practices(connection), directory.borough_edition(connection)


def _add(connection: Connection, hashed: str, people: tuple[Person, ...]) -> int:
    ids = {one.email: _add_one(connection, hashed, one) for one in people}
    for one in people:
        if one.cover:
            staff.name_cover(connection, ids[one.email], ids[one.cover])
    return len(ids)


def _add_one(connection: Connection, hashed: str, one: Person) -> int:
    member = StaffMember(0, one.name, one.email, one.role, hashed, practices=one.practices)
    return staff.add(connection, member, capacity=one.capacity, demonstration=True)


def _give_app(connection: Connection, app: DemoApp) -> None:
    """Give it to those who have no second factor: somebody may be trying one of their own."""
    for staff_id in people.demonstration(connection):
        if not factors.of(connection, staff_id).any:
            sealed = apps.seal(app.vault, staff_id, app.secret)
            factors.set_secret(connection, staff_id, sealed, 0, app.now)


def _hash(password: str) -> str:
    from pwdlib import PasswordHash  # noqa: PLC0415 not needed by a start that seeds nothing

    return PasswordHash.recommended().hash(password)
