"""Filling a new store: the shipped directory always, demonstration staff when asked for."""

import asyncio

from sqlalchemy import Connection

from api.domain.staff import StaffMember
from api.persistence import directory, staff
from api.persistence.practice_file import read_practices
from api.persistence.seed.people import Person, demonstration_staff
from common.runtime.clock import Clock
from common.runtime.database import Database


async def seed_directory(database: Database, clock: Clock) -> bool:
    """Make sure of practices and of the newest edition of postcodes; True when one was stored.

    Practices are only ever filled in once: from then on they belong to the coordinators.
    """
    from api.persistence.postcodes import EDITION, read_borough  # noqa: PLC0415 slow, and rarely needed

    filled, edition = await database.read(
        lambda c: (directory.has_practices(c), directory.borough_edition(c))
    )
    if filled and edition == EDITION:
        return False
    borough = await asyncio.to_thread(read_borough) if edition != EDITION else None

    def fill(connection: Connection) -> None:
        if not filled:
            directory.add_practices(connection, read_practices())
        if borough is not None:
            directory.store_borough(connection, borough, EDITION, clock())

    await database.write(fill)
    return True


async def seed_demonstration(database: Database, password: str) -> int:
    """Make the demonstration accounts, or give those there are this password; how many.

    All share one hash, because each would take a seventh of a second. Does nothing where
    people of flesh and blood have accounts.
    """
    hashed = await asyncio.to_thread(_hash, password)

    def fill(connection: Connection) -> int:
        if not staff.is_empty(connection):
            return staff.set_demonstration_password(connection, hashed)
        practices = [one for one in directory.practices(connection) if one.open]
        return _add(connection, hashed, demonstration_staff(practices))

    return await database.write(fill)


def _add(connection: Connection, hashed: str, people: tuple[Person, ...]) -> int:
    ids = {one.email: _add_one(connection, hashed, one) for one in people}
    for one in people:
        if one.cover:
            staff.name_cover(connection, ids[one.email], ids[one.cover])
    return len(ids)


def _add_one(connection: Connection, hashed: str, one: Person) -> int:
    member = StaffMember(0, one.name, one.email, one.role, hashed, practices=one.practices)
    return staff.add(connection, member, capacity=one.capacity, demonstration=True)


def _hash(password: str) -> str:
    from pwdlib import PasswordHash  # noqa: PLC0415 not needed by a start that seeds nothing

    return PasswordHash.recommended().hash(password)
