"""What may stand still: a first rough look at the store, which the rule then looks at closely."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from api.domain.ageing import WAITING, Stage, Still
from api.domain.staff import SystemAsker
from api.persistence.scope import is_open, visible
from api.persistence.tables import REFERRAL, REFERRAL_WORK, STAFF_MEMBER

_STATUSES = sorted(one.value for one in WAITING)


@dataclass(frozen=True, slots=True)
class Look:
    """What to look at: nothing moved since `before`, and the id comes behind `after`.

    `today` is the day in London, and `limit` how many are read at once.
    """

    before: datetime
    today: date
    after: int
    limit: int


def standing(asker: SystemAsker, connection: Connection, look: Look) -> list[Still]:
    """What has not moved for so long and of which not everybody has been told, by their ids.

    A holder is away when their account is closed or today is a day of their leave.
    """
    work, holder = REFERRAL_WORK, STAFF_MEMBER
    since = func.coalesce(work.c.still_since, REFERRAL.c.received_at, type_=work.c.still_since.type)
    told = func.coalesce(work.c.told, int(Stage.NONE))
    on_leave = and_(holder.c.leave_first <= look.today, holder.c.leave_last >= look.today)
    away = func.coalesce(or_(holder.c.active.is_(False), on_leave), False)
    found = (
        select(
            *(REFERRAL.c.id, REFERRAL.c.assigned_to, work.c.version),
            *(since.label("since"), told.label("told"), away.label("away")),
        )
        .outerjoin(work, work.c.referral_id == REFERRAL.c.id)
        .outerjoin(holder, holder.c.id == REFERRAL.c.assigned_to)
        .where(is_open(), REFERRAL.c.status.in_(_STATUSES), visible(asker))
        .where(since <= look.before, told < int(Stage.COORDINATORS), REFERRAL.c.id > look.after)
        .order_by(REFERRAL.c.id)
        .limit(look.limit)
    )
    return [_still(row) for row in connection.execute(found)]


def _still(row: Row[*tuple[Any, ...]]) -> Still:
    return Still(
        referral_id=row.id,
        version=row.version or 0,
        since=row.since,
        told=Stage(row.told),
        holder=row.assigned_to,
        holder_away=bool(row.away),
    )
