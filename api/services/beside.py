"""Asking for a message in the chat of somebody who is being told by e-mail: a job of its own.

So neither medium waits for the other, and what fails in one is not repeated in the other.
"""

from sqlalchemy import Connection

from api.persistence import telegram
from api.services.desk import Desk
from common.runtime.jobs import Job, JobRequest

TELL_CHAT, TELL_HELD = "tell_chat", "tell_chat_held"


def lane(staff_id: int) -> str:
    """Somebody's messages are sent in their order, one after the other."""
    return f"chat of {staff_id}"


def what_was_held(staff_id: int) -> JobRequest:
    """Tell what waited for the end of somebody's silence, if it has ended."""
    return JobRequest(TELL_HELD, {"staff": staff_id}, lane=lane(staff_id))


async def also_in_chat(desk: Desk, job: Job, staff_id: int) -> None:
    """Ask for it once, however often the e-mail of this job is tried."""
    if not desk.staff_bot.on:
        return
    if await desk.database.read(lambda c: telegram.link_of(c, staff_id)) is None:
        return
    request = JobRequest(TELL_CHAT, dict(job.payload), lane=lane(staff_id), unique=f"for {job.id}")

    def ask(connection: Connection) -> None:
        desk.dispatcher.enqueue(connection, [request])

    await desk.write(ask)
