"""Telling staff that somebody waits: jobs in, notices out, through whatever carries them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.ageing import WAITING
from api.domain.events import News, Notice, PrescriberNotTold, Recipient
from api.domain.referral import Referral
from api.domain.staff import StaffMember, SystemAsker
from api.persistence import casework, referrals, staff
from api.services.beside import also_in_chat
from api.services.desk import Desk
from api.services.notices import notice
from api.services.outbox import announce, tell_one
from common.runtime.jobs import Handler, Job, LaterError, PermanentError
from common.runtime.logs import get

Tell = Callable[[Notice, Recipient], Awaitable[None]]
"""Carries one notice to one person, or raises: PermanentError, LaterError, anything to retry."""

NOTIFIER = SystemAsker("notifier")
ASK_AGAIN = 300.0  # seconds, while there is no coordinator to tell
log = get(__name__)


def handlers(desk: Desk, tell: Tell) -> Mapping[str, Handler]:
    """The handlers of the jobs that events ask for, by kind."""

    async def one_person(job: Job) -> None:
        staff_id = _number(job, "staff")
        await also_in_chat(desk, job, staff_id)
        what = _What(_number(job, "referral"), _news(job), _mark(job))
        await _notify(desk, tell, what, staff_id)

    async def prescriber(job: Job) -> None:
        try:
            await one_person(job)
        except PermanentError:  # a wrong address must not leave somebody waiting unseen
            event = PrescriberNotTold(_number(job, "referral"))
            await desk.write(lambda connection: announce(desk, connection, event))
            raise

    async def all_coordinators(job: Job) -> None:
        await _one_job_each(desk, _What(_number(job, "referral"), _news(job), _mark(job)))

    return {
        "notify_prescriber": prescriber,
        "notify_coordinator": one_person,
        "notify_coordinators": all_coordinators,
    }


@dataclass(frozen=True, slots=True)
class _What:
    """What is told of which referral."""

    referral_id: int
    news: News
    mark: str

    def is_void(self, found: Referral, version: int) -> bool:
        """Whether it is not so any more. That it was withdrawn is told by a job of its own."""
        if self.news in {News.STANDS_STILL, News.STANDS_STILL_LONGER}:
            return found.status not in WAITING or self.mark != str(version)
        return self.news is News.NEW and not found.status.is_open


async def _notify(desk: Desk, tell: Tell, what: _What, staff_id: int) -> None:

    def read(connection: Connection) -> tuple[Referral | None, StaffMember | None, int]:
        found = referrals.by_id(NOTIFIER, connection, what.referral_id)
        version = casework.version(NOTIFIER, connection, what.referral_id)
        return found, staff.by_id(connection, staff_id), version

    found, member, version = await desk.database.read(read)
    if found is None or member is None:
        raise PermanentError("the referral or the member of staff is gone")
    if what.is_void(found, version):
        return
    to = Recipient(member.staff_id, member.name, member.email)
    await tell(await notice(desk, found, what.news, what.mark), to)


async def _one_job_each(desk: Desk, what: _What) -> None:
    """A job for each, so that one bad address is retried without writing to the others again."""

    def work(connection: Connection) -> bool:
        jobs = [
            tell_one(what.referral_id, one.staff_id, what.news, "notify_coordinator", what.mark)
            for one in staff.coordinators(connection)
        ]
        desk.dispatcher.enqueue(connection, jobs)
        return bool(jobs)

    if not await desk.write(work):
        log.error("coordinators.missing", seconds=ASK_AGAIN)  # somebody waits, and nobody knows
        raise LaterError(ASK_AGAIN)


def _mark(job: Job) -> str:
    return str(job.payload.get("mark", ""))


def _news(job: Job) -> News:
    try:
        return News(str(job.payload.get("news", News.NEW)))
    except ValueError:
        raise PermanentError("the job tells of nothing we know") from None


def _number(job: Job, name: str) -> int:
    value = job.payload.get(name)
    if not isinstance(value, int):
        raise PermanentError(f"the job has no {name}")
    return value
