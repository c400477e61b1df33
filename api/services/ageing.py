"""Seeing to it that nothing stands still: whoever has it is told, then the coordinators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from api.domain.ageing import Stage, Still, stage
from api.domain.errors import OvertakenError
from api.domain.events import StoodStill
from api.domain.staff import SystemAsker
from api.persistence import ageing, casework
from api.persistence.ageing import Look
from api.services.desk import Desk
from api.services.outbox import announce
from common.runtime.jobs import Handler, Job, Periodic

LOOKER = SystemAsker("ageing")
LOOK = "look_for_still"
# By one process of all: the span of time is part of the job's unique key.
PERIODIC = (Periodic(LOOK, timedelta(minutes=15)),)
# Two working days are never less than two days; most of what is younger need not be read.
ROUGHLY = timedelta(days=2)
LOT = 100  # looked at in one transaction


def handlers(desk: Desk) -> Mapping[str, Handler]:
    """The handler of the look that is taken from time to time."""

    async def look(_job: Job) -> None:
        await tell_of_what_stands_still(desk)

    return {LOOK: look}


async def tell_of_what_stands_still(desk: Desk) -> int:
    """Ask for those to be told who should know by now; how many referrals that was for."""
    told, last = 0, 0
    while lot := await desk.write(partial(_look_at, desk, last)):
        told, last = told + lot.told, lot.last
    return told


@dataclass(frozen=True, slots=True)
class _Lot:
    """What was looked at in one transaction: of how many was told, and the last one's id."""

    told: int
    last: int


def _look_at(desk: Desk, after: int, connection: Connection) -> _Lot | None:
    """Those that come next; None when there are none. Nobody else has to wait for all of them."""
    now, today = desk.clock(), desk.today()
    found = ageing.standing(LOOKER, connection, Look(now - ROUGHLY, today, after, LOT))
    if not found:
        return None
    due = [(one, stage(one.since, now)) for one in found]
    told = sum(_told(desk, connection, *one) for one in due if one[1] > one[0].told)
    return _Lot(told, found[-1].referral_id)


def _told(desk: Desk, connection: Connection, still: Still, reached: Stage) -> bool:
    """Each stage is told of once, until something moves and then stands still anew."""
    try:
        casework.tell(connection, still, reached)
    except OvertakenError:
        return False  # it has moved this very moment
    holder = None if still.holder_away else still.holder
    mark = str(still.version)
    if still.told < Stage.HOLDER and (holder is not None or reached is Stage.HOLDER):
        announce(desk, connection, StoodStill(still.referral_id, holder, longer=False, mark=mark))
    if reached is Stage.COORDINATORS:
        announce(desk, connection, StoodStill(still.referral_id, None, longer=True, mark=mark))
    return True
