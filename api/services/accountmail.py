"""Letters about one's own account: asked for in the transaction of what happened, written by jobs.

A link's secret is made by the job that writes the letter, so that no other place ever holds it.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from sqlalchemy import Connection

from api.domain.door import AccountNotice, Occasion
from api.domain.events import Recipient
from api.domain.staff import StaffMember
from api.persistence import door, staff
from api.services.desk import Desk
from api.services.sessions import hash_of, new_token
from common.runtime.jobs import Handler, Job, JobRequest, PermanentError

Write = Callable[[AccountNotice, Recipient], Awaitable[None]]
"""Carries one letter about an account, or raises as the jobs understand it."""

ASKED, TOLD = "forgotten_password", "account_letter"
LASTS = {Occasion.FORGOTTEN: timedelta(hours=1), Occasion.INVITED: timedelta(days=7)}
"""How long the link in a letter may be used, where there is one that sets a password."""


def forgot(email: str) -> JobRequest:
    """Somebody says that they forgot their password: whether we know them is seen later."""
    return JobRequest(ASKED, {"email": email})


def tell(staff_id: int, occasion: Occasion) -> JobRequest:
    """Write to somebody about their account."""
    return JobRequest(TOLD, {"staff": staff_id, "occasion": occasion.value})


def handlers(desk: Desk, write: Write) -> Mapping[str, Handler]:
    """The handlers of these letters, by kind."""

    async def forgotten(job: Job) -> None:
        email = str(job.payload.get("email", ""))
        member = await desk.database.read(lambda connection: staff.by_email(connection, email))
        if member is not None and member.active:
            await _send(desk, write, member, Occasion.FORGOTTEN)

    async def letter(job: Job) -> None:
        number, occasion = job.payload.get("staff"), _occasion(job)
        if not isinstance(number, int):
            raise PermanentError("the job names nobody")
        member = await desk.database.read(lambda connection: staff.by_id(connection, number))
        if member is None:
            raise PermanentError("the member of staff is gone")
        if member.active:
            await _send(desk, write, member, occasion)

    return {ASKED: forgotten, TOLD: letter}


async def new_link(desk: Desk, staff_id: int, lasts: timedelta) -> str:
    """A link by which somebody may set their password once; it says nothing about them."""
    token, now = new_token(), desk.clock()

    def work(connection: Connection) -> None:
        door.add_link(connection, hash_of(token), staff_id, now + lasts, now)

    await desk.database.write(work)
    return f"{desk.public_url.rstrip('/')}/staff/password/{token}"


async def _send(desk: Desk, write: Write, member: StaffMember, occasion: Occasion) -> None:
    lasts = LASTS.get(occasion)
    link = f"{desk.public_url.rstrip('/')}/staff/forgotten"
    if lasts is not None:
        link = await new_link(desk, member.staff_id, lasts)
    to = Recipient(member.staff_id, member.name, member.email)
    await write(AccountNotice(occasion, link), to)


def _occasion(job: Job) -> Occasion:
    try:
        return Occasion(str(job.payload.get("occasion", "")))
    except ValueError:
        raise PermanentError("the job tells of nothing we know") from None
