"""What stands still: after how many working days who is told, once each until something moves."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from api.domain.referral import Status
from api.domain.workdays import due, waited

WAITING = frozenset({Status.RECEIVED, Status.ASSIGNED, Status.ACCEPTED, Status.CONTACTING})
"""Where somebody waits for us. Once in contact, the two arrange their own pace."""


class Stage(IntEnum):
    """How far the telling has gone since something last moved."""

    NONE = 0
    HOLDER = 1
    COORDINATORS = 2


AFTER = {Stage.HOLDER: 2, Stage.COORDINATORS: 4}
"""Working days untouched."""


@dataclass(frozen=True, slots=True)
class Still:
    """A referral that may stand still since a moment; `holder` None: the coordinators have it."""

    referral_id: int
    version: int
    since: datetime
    told: Stage
    holder: int | None
    holder_away: bool


def stage(since: datetime, now: datetime) -> Stage:
    """Who is to know by now."""
    reached = (one for one, days in AFTER.items() if due(since, days) <= now)
    return max(reached, default=Stage.NONE)


def words(since: datetime, now: datetime) -> str:
    """As `waiting 3 working days`, for lists and pages."""
    days = waited(since, now)
    if days == 0:
        return "waiting less than a working day"
    return f"waiting {days} working day{'' if days == 1 else 's'}"
