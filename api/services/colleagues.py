"""Colleagues as coordinators and managers know them: who works here, with what they speak."""

from api.domain.errors import NotFoundError
from api.domain.staff import StaffAsker, StaffMember
from api.persistence import staff
from api.services.desk import Desk


async def everybody(desk: Desk, asker: StaffAsker) -> list[StaffMember]:
    """All who have or had an account. Raises NotFoundError for a prescriber."""
    if not asker.sees_all:
        raise NotFoundError
    return await desk.database.read(staff.everybody)
