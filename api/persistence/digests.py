"""How much waits for somebody, counted for their summary of the day."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from api.domain.referral import Status
from api.domain.staff import Role, StaffAsker
from api.persistence.scope import visible
from api.persistence.tables import REFERRAL


@dataclass(frozen=True, slots=True)
class Waiting:
    """Referrals that wait for somebody, and how many of them are flagged."""

    count: int
    flagged: int


def waiting(asker: StaffAsker, connection: Connection) -> Waiting:
    """What they have not accepted yet; for coordinators, what nobody has."""
    if asker.role is Role.COORDINATOR:
        theirs = REFERRAL.c.status == Status.RECEIVED.value
    else:
        theirs = and_(
            REFERRAL.c.assigned_to == asker.staff_id,
            REFERRAL.c.status == Status.ASSIGNED.value,
        )
    flagged = func.count().filter(REFERRAL.c.flags != "")
    row = connection.execute(select(func.count(), flagged).where(theirs, visible(asker))).one()
    return Waiting(int(row[0]), int(row[1]))
