"""Changing the directory: practices and their names, who prescribes for them, and colleagues."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from api.domain.errors import ChangedMeanwhileError, NotFoundError, UnacceptableError
from api.domain.official import renamed
from api.domain.staff import Asker, Colleague, Role, StaffAsker
from api.persistence import audit, directory, languages, staff
from api.services.desk import Desk
from common.contract.directory import Place, Practice
from common.contract.identifiers import Postcode
from common.runtime.database import locks

T = TypeVar("T")
CHANGING = "directory"
"""The lock of whoever changes the directory: what they were shown must be what is there."""
MOST_CAPACITY = 1000


@dataclass(frozen=True, slots=True)
class Book:
    """The directory as coordinators see it; `networks` are names by codes."""

    practices: tuple[Practice, ...]
    networks: Mapping[str, str]
    colleagues: tuple[Colleague, ...]

    def practice(self, ods_code: str) -> Practice:
        """The practice with this code. Raises NotFoundError."""
        found = next((one for one in self.practices if one.ods_code == ods_code), None)
        if found is None:
            raise NotFoundError
        return found

    def colleague(self, staff_id: int) -> Colleague:
        """The colleague with this number. Raises NotFoundError."""
        found = next((one for one in self.colleagues if one.staff_id == staff_id), None)
        if found is None:
            raise NotFoundError
        return found

    def prescribers(self, ods_code: str) -> list[Colleague]:
        """Who prescribes for a practice."""
        return [one for one in self.colleagues if ods_code in one.practices]


def version(*shown: object) -> str:
    """What a form says it was made from: another text when any of these has changed."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


async def book(desk: Desk, asker: StaffAsker) -> Book:
    """The whole directory. Raises NotFoundError for a prescriber."""
    for_leaders(asker)
    return await desk.database.read(read)


async def add_practice(desk: Desk, asker: StaffAsker, new: Practice) -> None:
    """Add a practice of the borough.

    Raises:
        UnacceptableError: there is one with its code, or it is not in the borough.
        NotFoundError: whoever asks is a prescriber.
    """

    def work(connection: Connection) -> None:
        _see_that_it_is_here(connection, new)
        if not directory.add(connection, new):
            raise UnacceptableError("ods_code", "There is a practice with this code already")
        note(desk, asker, connection, "practice_added", f"practice:{new.ods_code}")

    await changing(desk, asker, work)


async def change_practice(desk: Desk, asker: StaffAsker, changed: Practice, seen: str) -> None:
    """Change its names, place or network; the name that it had stays among its others.

    Raises:
        ChangedMeanwhileError: it is not as it was `seen`.
        UnacceptableError: it is not in the borough.
        NotFoundError: there is none such, or whoever asks is a prescriber.
    """

    def work(connection: Connection) -> None:
        known = read(connection).practice(changed.ods_code)
        _see_that_nothing_changed(seen, version(known))
        if changed.postcode != known.postcode:
            _see_that_it_is_here(connection, changed)
        others = known.model_copy(update={"also_known_as": changed.also_known_as})
        names = renamed(others, changed.name) if changed.name != known.name else others
        kept = {"also_known_as": names.also_known_as, "open": known.open}
        directory.change(connection, changed.model_copy(update=kept))
        note(desk, asker, connection, "practice_changed", f"practice:{changed.ods_code}")

    await changing(desk, asker, work)


async def open_again(desk: Desk, asker: StaffAsker, ods_code: str) -> None:
    """A closed practice works again. Raises NotFoundError."""

    def work(connection: Connection) -> None:
        known = read(connection).practice(ods_code)
        if not known.open:
            directory.change(connection, known.model_copy(update={"open": True}))
            note(desk, asker, connection, "practice_opened", f"practice:{ods_code}")

    await changing(desk, asker, work)


async def set_prescribers(
    desk: Desk, asker: StaffAsker, ods_code: str, staff_ids: Collection[int], seen: str
) -> None:
    """Say who prescribes for a practice.

    Raises:
        ChangedMeanwhileError: they are not who was `seen`.
        NotFoundError: no such practice or prescriber, or whoever asks is a prescriber.
    """

    def work(connection: Connection) -> None:
        known = read(connection)
        known.practice(ods_code)
        _see_that_nothing_changed(seen, version(known.prescribers(ods_code)))
        if any(known.colleague(one).role is not Role.PRESCRIBER for one in staff_ids):
            raise NotFoundError
        staff.set_prescribers(connection, ods_code, staff_ids)
        note(desk, asker, connection, "prescribers_changed", f"practice:{ods_code}")

    await changing(desk, asker, work)


async def change_colleague(desk: Desk, asker: StaffAsker, changed: Colleague, seen: str) -> None:
    """Change a colleague's languages, cover and capacity; their practices stay.

    Raises:
        ChangedMeanwhileError: they are not as they were `seen`.
        UnacceptableError: a cover that is nobody who could, or an odd capacity.
        NotFoundError: nobody such works here, or whoever asks is a prescriber.
    """
    if not 0 <= changed.capacity <= MOST_CAPACITY:
        raise UnacceptableError("capacity", f"Give a number from 0 to {MOST_CAPACITY}")

    def work(connection: Connection) -> None:
        known = read(connection)
        _see_that_nothing_changed(seen, version(known.colleague(changed.staff_id)))
        _see_that_they_can_cover(known, changed)
        staff.set_capacity(connection, changed.staff_id, changed.capacity)
        staff.name_cover(connection, changed.staff_id, changed.cover)
        languages.choose(connection, changed.staff_id, changed.languages)
        note(desk, asker, connection, "colleague_changed", f"staff:{changed.staff_id}")

    await changing(desk, asker, work)


def read(connection: Connection) -> Book:
    """The whole directory, in a transaction of somebody's."""
    return Book(
        practices=directory.practices(connection),
        networks=directory.networks(connection),
        colleagues=tuple(staff.colleagues(connection)),
    )


def note(desk: Desk, asker: Asker, connection: Connection, what: str, subject: str) -> None:
    """Record the change, and let every process know of it."""
    at = desk.clock()
    audit.record(asker, connection, action=f"directory.{what}", subject=subject, at=at)
    directory.touch(connection, at)


async def changing(desk: Desk, asker: Asker, work: Callable[[Connection], T]) -> T:
    """Do it alone, and hand out the directory as it is then."""
    for_leaders(asker)

    def alone(connection: Connection) -> T:
        locks.hold(connection, CHANGING)
        return work(connection)

    result = await desk.write(alone)
    desk.directory.forget()
    return result


def for_leaders(asker: Asker) -> None:
    """See that whoever asks may. Raises NotFoundError."""
    if isinstance(asker, StaffAsker) and not asker.sees_all:
        raise NotFoundError


def _see_that_nothing_changed(seen: str, now: str) -> None:
    if seen != now:
        raise ChangedMeanwhileError


def _see_that_it_is_here(connection: Connection, practice: Practice) -> None:
    """Where the list of postcodes is silent, the coordinator is believed."""
    place = directory.borough(connection).locate(Postcode.parse(practice.postcode))
    if place in {Place.OUTSIDE, Place.UNLISTED_FAR}:
        raise UnacceptableError("postcode", "This postcode is not in Tower Hamlets")


def _see_that_they_can_cover(known: Book, changed: Colleague) -> None:
    if changed.cover is None:
        return
    can: Sequence[int] = [one.staff_id for one in known.colleagues if one.role is Role.PRESCRIBER]
    if changed.cover not in can or changed.cover == changed.staff_id:
        raise UnacceptableError("cover", "Choose another prescriber who works here")
