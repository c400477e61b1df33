"""The open referrals of a practice, and giving one to somebody else."""

from sqlalchemy import Connection, select, update

from api.domain.assignment import Assignment
from api.domain.referral import Referral
from api.domain.staff import Asker
from api.persistence.referrals import as_referral
from api.persistence.scope import is_open, visible
from api.persistence.tables import REFERRAL


def open_of(asker: Asker, connection: Connection, practice: str) -> list[Referral]:
    """The practice's open referrals that the asker may see, the longest waiting first."""
    found = select(REFERRAL).where(REFERRAL.c.practice == practice, is_open(), visible(asker))
    rows = connection.execute(found.order_by(REFERRAL.c.received_at, REFERRAL.c.id))
    return [as_referral(row) for row in rows]


def give(connection: Connection, referral_id: int, to: Assignment) -> None:
    """Let somebody else have it, or the coordinators."""
    one = update(REFERRAL).where(REFERRAL.c.id == referral_id)
    holder = {"assigned_to": to.prescriber, "assigned_because": to.because.value}
    connection.execute(one.values(holder))
