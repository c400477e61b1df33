"""Leave and cover: who is away when, who stands in, and what becomes of what they have open."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from api.domain.assignment import AssignedBecause, Leave
from api.domain.casework import HANDED_OVER, Colleague
from api.domain.errors import NotFoundError, UnacceptableError
from api.domain.staff import Role, StaffAsker, StaffMember
from api.persistence import audit, casework, colleagues, referrals, staff
from api.services.acting import Doing
from api.services.desk import Desk

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody's leave as it is set: `people` may cover, `carrying` counts what they have open."""

    member: StaffMember
    leave: Leave | None
    cover: Colleague | None
    people: tuple[Colleague, ...]
    carrying: int


async def read_leave(desk: Desk, asker: StaffAsker, staff_id: int) -> Away:
    """What is set. Raises NotFoundError when it is not the asker's to know."""

    def read(connection: Connection) -> Away:
        return _away(connection, asker, staff_id)

    return await desk.database.read(read)


async def set_leave(
    desk: Desk, asker: StaffAsker, staff_id: int, leave: Leave | None, cover: int | None
) -> None:
    """Set the days (None: back at work) and who stands in.

    Raises:
        NotFoundError: it is not the asker's to set.
        UnacceptableError: no such days or nobody who could cover; `field` says which.
    """
    if leave is not None:
        _check_days(leave, desk.today())

    def work(connection: Connection) -> None:
        away = _away(connection, asker, staff_id)
        if cover is not None and cover not in {one.staff_id for one in away.people}:
            raise UnacceptableError("cover", "Choose somebody from the list")
        staff.set_leave(connection, staff_id, leave)
        staff.name_cover(connection, staff_id, cover)
        action = "staff.leave_set" if leave else "staff.leave_ended"
        audit.record(asker, connection, action=action, subject=f"staff:{staff_id}", at=desk.clock())

    await desk.write(work)


async def hand_all_to_cover(desk: Desk, asker: StaffAsker, staff_id: int) -> int:
    """Give everything they have open to their cover; how many that were.

    Raises:
        NotFoundError: it is not the asker's to do.
        UnacceptableError: nobody is named as cover.
    """

    def work(connection: Connection) -> int:
        cover = _away(connection, asker, staff_id).cover
        if cover is None:
            raise UnacceptableError("cover", "Choose who covers first")
        open_ones = referrals.open_with(asker, connection, staff_id)
        for one in open_ones:
            _hand_over(desk, asker, connection, one.reference, cover.staff_id)
        return len(open_ones)

    return await desk.write(work)


def _hand_over(
    desk: Desk, asker: StaffAsker, connection: Connection, reference: str, to: int
) -> None:
    """Each as it is at this moment: whoever looks at an older page of it is told."""
    found = referrals.by_reference(asker, connection, reference, to_change=True)
    if found is None or not found.status.is_open:
        return  # withdrawn this very moment
    at, seen = desk.clock(), casework.version(asker, connection, found.id)
    casework.step(connection, found.id, seen, at)
    doing = Doing(desk, asker, connection, found, seen + 1, at)
    doing.give(to, AssignedBecause.NAMED_COVER)
    doing.move(HANDED_OVER[found.status])
    audit.record(asker, connection, action="referral.hand_over", subject=reference, at=at)


def _away(connection: Connection, asker: StaffAsker, staff_id: int) -> Away:
    member = staff.by_id(connection, staff_id)
    if member is None or member.role is not Role.PRESCRIBER:
        raise NotFoundError
    if staff_id != asker.staff_id and not asker.sees_all:
        raise NotFoundError
    leave, cover = staff.leave(connection, staff_id)
    everybody = colleagues.prescribers(connection)
    people = tuple(one for one in everybody if one.staff_id != staff_id)
    carrying = len(referrals.open_with(asker, connection, staff_id))
    named = next((one for one in people if one.staff_id == cover), None)
    return Away(member, leave, named, people, carrying)


def _check_days(leave: Leave, today: date) -> None:
    if leave.last < leave.first:
        raise UnacceptableError("last", "The last day comes before the first")
    if leave.last < today:
        raise UnacceptableError("last", "These days have passed")
    if leave.last - leave.first > LONGEST:
        raise UnacceptableError("last", "Choose days within one year")
