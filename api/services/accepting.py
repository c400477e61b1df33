"""Taking a referral on from a chat, and saying kindly where it stands when that cannot be."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.errors import ConflictError, NotFoundError
from api.domain.referral import Status
from api.domain.staff import StaffAsker
from api.persistence import casework, referrals, staff
from api.services import moves
from api.services.acting import Seen
from api.services.desk import Desk
from api.services.finding import find

Accept = Callable[[Desk, StaffAsker, str], Awaitable[object]]
"""Accepts a referral by its reference, just as its page does.

Raises NotFoundError when it is not the asker's to see, ConflictError when it cannot be.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands after somebody pressed Accept; `holder` is a name or empty.

    `now`: it was accepted by this very press. `yours`: the asker has it.
    """

    status: Status
    holder: str
    yours: bool
    now: bool


async def accept(desk: Desk, asker: StaffAsker, reference: str) -> None:
    """Accept it as it stands now: whoever presses has seen no more of it than that it is new.

    Raises:
        NotFoundError: there is none such, or it is not the asker's to see.
        ConflictError: it is with somebody else, or cannot be accepted any more.
    """

    def read(connection: Connection) -> Seen:
        found = find(asker, connection, reference, to_change=False)
        if found.assigned_to != asker.staff_id:  # a colleague's is theirs until it is handed over
            raise ConflictError
        version = casework.version(asker, connection, found.id)
        return Seen(found.reference, version, found.status.value)

    await moves.accept(desk, asker, await desk.database.read(read))


async def press(desk: Desk, asker: StaffAsker, reference: str, *, by: Accept = accept) -> Standing:
    """Accept it if that can be, and say where it stands now.

    Raises:
        NotFoundError: it is not the asker's to see.
    """
    try:
        await by(desk, asker, reference)
    except ConflictError:
        return await _standing(desk, asker, reference, now=False)
    return await _standing(desk, asker, reference, now=True)


async def _standing(desk: Desk, asker: StaffAsker, reference: str, *, now: bool) -> Standing:
    def read(connection: Connection) -> Standing:
        found = referrals.by_reference(asker, connection, reference)
        if found is None:
            raise NotFoundError
        holder = staff.by_id(connection, found.assigned_to) if found.assigned_to else None
        yours = found.assigned_to == asker.staff_id
        return Standing(found.status, holder.name if holder else "", yours, now)

    return await desk.database.read(read)
