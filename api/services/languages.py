"""Which languages somebody reads, so that what residents write finds its reader."""

from collections.abc import Collection

from sqlalchemy import Connection

from api.domain.reading import ENGLISH, written_as
from api.domain.staff import StaffAsker
from api.persistence import audit, languages
from api.services.desk import Desk
from common.contract.languages import LANGUAGES, Language

READ: tuple[Language, ...] = tuple(
    one for one in LANGUAGES if one.written and written_as(one.code) != ENGLISH
)
"""The languages one can read, besides English, which everybody here reads."""


async def read_by(desk: Desk, asker: StaffAsker) -> frozenset[str]:
    """The codes of the languages that the asker reads."""
    return await desk.database.read(lambda connection: languages.of(connection, asker.staff_id))


async def choose(desk: Desk, asker: StaffAsker, codes: Collection[str]) -> None:
    """Keep which languages the asker reads; codes that are none are passed over."""
    known = {one.code for one in READ}.intersection(codes)

    def keep(connection: Connection) -> None:
        languages.choose(connection, asker.staff_id, known)
        audit.record(
            asker,
            connection,
            action="staff.languages_chosen",
            subject=f"staff:{asker.staff_id}",
            at=desk.clock(),
        )

    await desk.database.write(keep)
