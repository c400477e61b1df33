"""Taking in the official list of practices: the difference first, then all of it in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.errors import ChangedMeanwhileError
from api.domain.official import Difference, Official, compare
from api.domain.staff import Origin, SystemAsker, Way
from api.persistence import directory, handover
from api.services.closing import close_one
from api.services.desk import Desk
from api.services.directing import changing, note, read
from common.contract.directory import Borough, Place
from common.contract.identifiers import Postcode

IMPORTER = SystemAsker("directory import", Origin(Way.COMMAND))


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking the list in would do; `waiting` counts the open referrals of what closes."""

    difference: Difference
    waiting: int


async def plan(desk: Desk, listed: Sequence[Official]) -> Plan:
    """Compare the list with the directory; nothing is changed."""

    def look(connection: Connection) -> Plan:
        found = _compare(connection, listed)
        waiting = sum(
            len(handover.open_of(IMPORTER, connection, one.ods_code)) for one in found.closed
        )
        return Plan(found, waiting)

    return await desk.database.read(look)


async def take_in(desk: Desk, listed: Sequence[Official], agreed: Difference) -> None:
    """Do what was agreed to, whole or not at all; once more finds nothing left to do.

    Raises:
        ChangedMeanwhileError: the directory is not as it was when it was compared.
    """

    def work(connection: Connection) -> None:
        found = _compare(connection, listed)
        if found != agreed:
            raise ChangedMeanwhileError
        _apply(desk, connection, found)

    await changing(desk, IMPORTER, work)


def _apply(desk: Desk, connection: Connection, found: Difference) -> None:
    for one in found.added:
        directory.add(connection, one)
        note(desk, IMPORTER, connection, "practice_added", f"practice:{one.ods_code}")
    for one in found.renamed:
        directory.change(connection, one)
        note(desk, IMPORTER, connection, "practice_changed", f"practice:{one.ods_code}")
    book = read(connection)
    for one in found.moved:
        place = {"street": one.street, "postcode": one.postcode}
        directory.change(connection, book.practice(one.ods_code).model_copy(update=place))
        note(desk, IMPORTER, connection, "practice_changed", f"practice:{one.ods_code}")
    for one in found.closed:
        known = read(connection)
        close_one(desk, IMPORTER, connection, known, known.practice(one.ods_code))


def _compare(connection: Connection, listed: Sequence[Official]) -> Difference:
    borough = directory.borough(connection)
    return compare(directory.practices(connection), listed, lambda one: _is_inside(borough, one))


def _is_inside(borough: Borough, postcode: str) -> bool:
    return bool(postcode) and borough.locate(Postcode.parse(postcode)) is Place.INSIDE
