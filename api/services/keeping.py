"""Jobs that come by themselves: the audit is chained, and what was kept long enough goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import Connection

from api.domain.errors import NotFoundError
from api.domain.keep import years_ago
from api.domain.referral import Kind, Referral
from api.domain.staff import StaffAsker
from api.persistence import held, idempotency, referrals, staff
from api.services import auditing
from api.services.auditing import RETENTION
from api.services.desk import LONDON, Desk
from api.services.erasing import Eraser
from api.services.filing import SEALED
from common.contract.directory import Directory
from common.contract.referral import ReferralSubmission
from common.runtime.jobs import Handler, Job, Periodic

RETAIN = Periodic("retention", timedelta(hours=1))
PERIODIC = (auditing.SEAL, RETAIN)
BATCH = 50  # referrals erased in one run, each in a transaction of its own
LOOKED_AT = 200
ANSWERS = 1000  # rows forgotten in one transaction
OF_AGE = 26  # the records of a child are kept until this birthday


@dataclass(frozen=True, slots=True)
class Went:
    """What one run took away: referrals, lines of the audit, answers, signed-in browsers."""

    referrals: int
    lines: int
    answers: int
    sessions: int


def handlers(desk: Desk) -> Mapping[str, Handler]:
    """The handlers of these jobs, by kind."""

    async def seal(_job: Job) -> None:
        await auditing.seal(desk)

    async def retain(_job: Job) -> None:
        await retention(desk)

    return {auditing.SEAL.kind: seal, RETAIN.kind: retain}


async def retention(desk: Desk) -> Went:
    """Take away a batch of each kind of data that was kept long enough."""
    keep, today = desk.keep, desk.today()
    return Went(
        referrals=await _erase_ended(desk, keep.closed_before(today)),
        lines=await desk.database.write(
            lambda c: auditing.prune(desk, c, keep.recorded_before(today))
        ),
        answers=await desk.database.write(
            lambda c: idempotency.forget(c, _begins(keep.answered_before(today)), ANSWERS)
        ),
        sessions=await desk.database.write(lambda c: staff.close_sessions_over(c, desk.clock())),
    )


async def erased(desk: Desk, asker: StaffAsker) -> list[tuple[str, str, int]]:
    """How many were erased, by month and network. Raises NotFoundError for a prescriber."""
    if not asker.sees_all:
        raise NotFoundError
    return await desk.database.read(held.erased_counts)


async def _erase_ended(desk: Desk, before: date) -> int:
    count, after, directory = 0, 0, (await desk.directory.current()).directory
    while some := await desk.database.read(partial(_ended, before=_begins(before), after=after)):
        for number, _ in some:
            after = number
            count += await desk.database.write(partial(_erase, desk, directory, number))
            if count == BATCH:
                return count
    return count


def _ended(connection: Connection, *, before: datetime, after: int) -> list[tuple[int, str]]:
    return held.ended_before(RETENTION, connection, before, after, LOOKED_AT)


def _erase(desk: Desk, directory: Directory, referral_id: int, connection: Connection) -> bool:
    found = referrals.by_id(RETENTION, connection, referral_id)
    if found is None or _is_of_a_child(desk, connection, found):
        return False
    eraser = Eraser(desk, RETENTION, "referral.kept_long_enough", directory)
    eraser.erase(connection, found.reference)
    return True


def _is_of_a_child(desk: Desk, connection: Connection, found: Referral) -> bool:
    """Whether it is of somebody who is not of the age at which a child's records may go."""
    sealed = referrals.sealed(RETENTION, connection, found.id)
    if sealed is None or found.kind is not Kind.REFERRAL:
        return False
    plain = desk.vault.open(sealed, **SEALED, row=found.reference)
    born = ReferralSubmission.model_validate_json(plain).date_of_birth
    return born > years_ago(desk.today(), OF_AGE)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
