"""What an asker may see: the one condition that stands in every read of referrals."""

from sqlalchemy import ColumnElement, exists, literal_column, or_, true

from api.domain.referral import Status
from api.domain.staff import Asker, ConversationAsker, StaffAsker
from api.persistence.tables import REFERRAL


def visible(asker: Asker) -> ColumnElement[bool]:
    """The condition under which a referral exists for this asker.

    A prescriber sees the referrals of their practices and those assigned to them as cover;
    a conversation what it sent itself; coordinators, managers and the system's jobs all.
    """
    if isinstance(asker, ConversationAsker):
        return REFERRAL.c.conversation == asker.conversation
    if isinstance(asker, StaffAsker) and not asker.sees_all:
        own = REFERRAL.c.practice.in_(sorted(asker.practices))
        return or_(own, REFERRAL.c.assigned_to == asker.staff_id)
    return true()


def rank(status: Status) -> int:
    """Where the flagged ones of this status stand in the queue; the others are one behind."""
    return 0 if status.is_open else 2


def is_open() -> ColumnElement[bool]:
    """The condition under which somebody still has something to do."""
    return REFERRAL.c.rank < literal_column(str(rank(Status.CLOSED)))


def is_theirs(asker: Asker, referral_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition under which what hangs on a referral exists for this asker."""
    return exists().where(REFERRAL.c.id == referral_id, visible(asker))
