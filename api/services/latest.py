"""The last thing that happened with a referral, for whoever came second."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.domain.referral import Status, StatusChange
from api.domain.staff import StaffAsker
from api.persistence import casework, duplicates, referrals, staff
from api.services.desk import Desk
from api.services.finding import find

STAFF = "staff:"


@dataclass(frozen=True, slots=True)
class Happened:
    """`who` is the author as rows have it, `name` theirs if they are staff; `what` is a code.

    The code is a status, or `handed_over`, `logged`, `booked`, `decided`, `reopened`. `status` is
    where the referral stands now.
    """

    who: str
    name: str
    what: str
    at: datetime
    status: Status


async def what_happened(desk: Desk, asker: StaffAsker, reference: str) -> Happened:
    """The newest thing that anybody did. Raises NotFoundError."""

    def read(connection: Connection) -> Happened:
        found = find(asker, connection, reference, to_change=False)
        at, who, what = max(_all(asker, connection, found.id), key=lambda one: one[0])
        ids = [int(who.removeprefix(STAFF))] if who.startswith(STAFF) else []
        name = next(iter(staff.names(connection, ids).values()), "")
        return Happened(who, name, what, at, found.status)

    return await desk.database.read(read)


def _all(
    asker: StaffAsker, connection: Connection, referral_id: int
) -> list[tuple[datetime, str, str]]:
    """When, who and what. Of what was done at one moment, the move of the status comes first."""
    moves = referrals.history(asker, connection, referral_id)
    tries = [one for one, _ in casework.attempts(asker, connection, referral_id)]
    booked = [one for one, _ in casework.bookings(asker, connection, referral_id)]
    given = casework.handovers(asker, connection, referral_id)
    decided = [one for one, *_ in duplicates.decisions(asker, connection, referral_id)]
    return [
        *((one.at, one.author, "decided") for one in reversed(decided)),
        *((one.at, one.author, "logged") for one in reversed(tries)),
        *((one.at, one.author, "booked") for one in reversed(booked)),
        *((one.at, one.author, _move(one)) for one in reversed(moves)),
        *((one.at, one.author, "handed_over") for one in reversed(given)),
    ]


def _move(change: StatusChange) -> str:
    return "reopened" if change.before is Status.CLOSED else change.after.value
