"""What nobody has read yet: the queue of texts, for whom each is, and how much is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.domain.reading import ForWhom, Reader, Unread, for_whom, is_overdue, to_be_read_by
from api.domain.staff import Role, StaffAsker
from api.persistence import languages, texts
from api.services.desk import LONDON, Desk
from api.services.working import is_worked, local

MOST = 500  # referrals in the queue; whoever has more to read is told that there are more


@dataclass(frozen=True, slots=True)
class Waiting:
    """A referral with texts to read: for whom, until when (London), and whether that is past."""

    found: Unread
    for_whom: ForWhom
    by: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts wait for somebody to read them, and how many of those are overdue."""

    unread: int
    overdue: int


async def waiting(desk: Desk, asker: StaffAsker) -> list[Waiting]:
    """What the asker may see of what nobody has read: the flagged first, then the longest waiting.

    At most `MOST`.
    """

    def read(connection: Connection) -> tuple[Reader, list[Reader], list[Unread]]:
        found = texts.unread(asker, connection, limit=MOST)
        return reader(asker, connection), languages.readers(connection), found

    me, readers, found = await desk.database.read(read)
    now = local(desk)
    return [_waiting(one, me, readers, now) for one in found]


async def counts(desk: Desk, asker: StaffAsker) -> Counts:
    """What waits for the asker to read: for the navigation, and for the summary of the day.

    What nobody here can read counts for whoever has the referral: they have it interpreted.
    """
    mine = [one for one in await waiting(desk, asker) if is_for(asker, one)]
    return Counts(
        unread=sum(one.found.count for one in mine),
        overdue=sum(one.found.count for one in mine if one.overdue),
    )


def is_for(asker: StaffAsker, one: Waiting) -> bool:
    """Whether the asker is to see to it: by reading it, or by having it interpreted."""
    if one.for_whom is ForWhom.INTERPRETER:
        nobodys = one.found.assigned_to is None and asker.role is Role.COORDINATOR
        return nobodys or one.found.assigned_to == asker.staff_id
    return one.for_whom is ForWhom.YOU


def reader(asker: StaffAsker, connection: Connection) -> Reader:
    """The asker, with the languages they read."""
    read = languages.of(connection, asker.staff_id)
    return Reader(asker.staff_id, asker.role, asker.practices, read)


def _waiting(found: Unread, me: Reader, readers: Sequence[Reader], now: datetime) -> Waiting:
    by = to_be_read_by(found.received_at.astimezone(LONDON), is_worked)
    return Waiting(found, for_whom(found, me, readers), by, is_overdue(found, now, is_worked))
