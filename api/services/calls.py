"""The queue of those who asked to be called: each is opened, which is recorded like any reading."""

from sqlalchemy import Connection

from api.domain.staff import StaffAsker
from api.persistence import referrals
from api.services.casework import Case, opened
from api.services.desk import Desk

PAGE = 30  # calls on a page: more than anybody makes in a day


async def list_calls(desk: Desk, asker: StaffAsker) -> tuple[Case, ...]:
    """Whom the asker may call, the most urgent first; no more than a page.

    The number and whether it is safe to ring are shown at once, so each of them is opened.
    """
    directory = (await desk.directory.current()).directory

    def work(connection: Connection) -> tuple[Case, ...]:
        found = referrals.calls(asker, connection, limit=PAGE)
        return tuple(opened(desk, asker, connection, one.reference, directory) for one in found)

    return await desk.database.write(work)
