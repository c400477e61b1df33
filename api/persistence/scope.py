"""What an asker may see: the one condition that stands in every read of referrals."""

from sqlalchemy import ColumnElement, Select, literal_column, or_, select, true

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


def is_open() -> ColumnElement[bool]:
    """The condition under which somebody still has something to do."""
    # Written out: values that come beside the statement keep a database from using its index.
    return REFERRAL.c.status.in_(
        [literal_column(f"'{one.value}'") for one in Status if one.is_open]
    )


def referrals_of(asker: Asker) -> Select[tuple[int]]:
    """The ids of all this asker may see, to narrow reads of what hangs on a referral."""
    return select(REFERRAL.c.id).where(visible(asker))
