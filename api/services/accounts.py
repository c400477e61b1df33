"""Accounts by their e-mail address, as the operator speaks of them at the command line."""

from datetime import timedelta

from sqlalchemy import Connection

from api.domain.errors import NotFoundError, RefusedError
from api.domain.people import Person, Wish
from api.persistence import factors, staff
from api.persistence import people as persons
from api.services import accountmail, apps, people
from api.services.desk import Desk
from api.services.people import OPERATOR

LASTS = timedelta(days=1)
"""How long a link may be used that the operator hands over."""


async def everybody(desk: Desk) -> list[Person]:
    """All accounts."""
    return await people.list_people(desk, OPERATOR)


async def add(desk: Desk, wish: Wish) -> str:
    """Make an account; the link by which its owner sets a password. Raises UnacceptableError."""
    staff_id = await people.add_person(desk, OPERATOR, wish, by_letter=False)
    return await accountmail.new_link(desk, staff_id, LASTS)


async def link(desk: Desk, email: str) -> str:
    """A new link by which somebody sets a password. Raises NotFoundError."""
    return await accountmail.new_link(desk, await _id_of(desk, email), LASTS)


async def reset(desk: Desk, email: str) -> None:
    """Take away somebody's second step. Raises NotFoundError."""
    await people.reset_factors(desk, OPERATOR, await _id_of(desk, email))


async def close(desk: Desk, email: str) -> None:
    """Close an account. Raises NotFoundError, LastManagerError."""
    await people.deactivate(desk, OPERATOR, await _id_of(desk, email))


async def code(desk: Desk, email: str) -> str:
    """The code that the app of a made-up account would show now.

    Raises:
        NotFoundError: there is no such account.
        RefusedError: it is somebody real, whose codes are nobody else's, or it has no app.
    """
    staff_id = await _id_of(desk, email)

    def read(connection: Connection) -> tuple[bytes | None, int]:
        if not persons.is_demonstration(connection, staff_id):
            raise RefusedError
        return factors.secret(connection, staff_id), factors.last_step(connection, staff_id)

    sealed, last_step = await desk.database.read(read)
    if sealed is None:
        raise RefusedError
    secret = apps.unseal(desk, staff_id, sealed)
    return apps.next_code(secret, desk.clock(), last_step)


async def _id_of(desk: Desk, email: str) -> int:
    member = await desk.database.read(lambda connection: staff.by_email(connection, email))
    if member is None:
        raise NotFoundError
    return member.staff_id
