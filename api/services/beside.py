"""Asking for a message in the chat of somebody who is being told by e-mail: a job of its own.

So neither medium waits for the other, and what fails in one is not repeated in the other.
"""

from sqlalchemy import Connection

from api.persistence import telegram
from api.services.desk import Desk
from common.runtime.jobs import Job, JobRequest

TELL_CHAT = "tell_chat"


async def also_in_chat(desk: Desk, job: Job, staff_id: int) -> None:
    """Ask for it once, however often the e-mail of this job is tried."""
    if not desk.staff_bot.on:
        return
    if await desk.database.read(lambda c: telegram.link_of(c, staff_id)) is None:
        return
    request = JobRequest(TELL_CHAT, dict(job.payload), unique=f"for {job.id}")

    def ask(connection: Connection) -> None:
        desk.dispatcher.enqueue(connection, [request])

    await desk.write(ask)
