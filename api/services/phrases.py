"""Looking after the phrases of danger: what makes the listener deafer needs two people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from api.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from api.domain.phrases import (
    WAITING,
    KeptPhrase,
    Sought,
    Standing,
    faults_of,
    when_added,
    when_answered,
    when_removed,
)
from api.domain.staff import StaffAsker
from api.persistence import audit, phrases, staff
from api.persistence.phrases import By
from api.services.desk import Desk
from api.services.helplines import FaultyError, for_coordinators
from common.contract.languages import LANGUAGES
from common.listening.matching import Heard, Matcher
from common.listening.phrases import Phrase
from common.runtime.database import locks

T = TypeVar("T")
CHANGING = "phrases"
WRITTEN = frozenset(one.code for one in LANGUAGES if one.written)
MOST_WAITING = 200  # shown at once; more have hardly ever waited for a second person


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of phrases, how many there are of the kind, and all that wait for a second person.

    `counts` are those in force by language and tier, `names` those of staff by number.
    """

    found: Sequence[KeptPhrase]
    total: int
    waiting: Sequence[KeptPhrase]
    counts: Mapping[tuple[str, str], int]
    names: Mapping[int, str]


async def look(desk: Desk, asker: StaffAsker, wanted: Sought) -> Shelf:
    """What is found. Raises NotFoundError: not for this role."""
    for_coordinators(asker)

    def work(connection: Connection) -> Shelf:
        found, total = phrases.sought(connection, wanted)
        waiting, _ = phrases.sought(connection, Sought(standings=WAITING, most=MOST_WAITING))
        people = {one.moved_by for one in (*found, *waiting) if one.moved_by is not None}
        counts, names = phrases.counts(connection), staff.names(connection, people)
        return Shelf(found, total, waiting, counts, names)

    return await desk.database.read(work)


async def try_out(desk: Desk, asker: StaffAsker, sentence: str) -> Sequence[Heard]:
    """What would fire in a sentence as the phrases stand now. Nothing of it is kept."""
    for_coordinators(asker)

    def work(connection: Connection) -> Matcher:
        in_force = phrases.for_publication(connection)
        return Matcher(Phrase(one.text, one.tier) for one in in_force)

    return (await desk.database.read(work)).heard(sentence)


async def add(desk: Desk, asker: StaffAsker, language: str, phrase: Phrase) -> Standing:
    """Add a phrase, and say where it stands.

    Raises:
        FaultyError: it cannot be listened for, or already is.
        NotFoundError: not for this role.
    """

    def work(connection: Connection) -> Standing:
        faults = faults_of(language, phrase.tier, phrase.text, WRITTEN)
        if not faults and (same := phrases.alike(connection, language, phrase.text)):
            faults["text"] = f"This is listened for already, as “{same.text}” ({same.tier})"
        if faults:
            raise FaultyError(faults)
        standing = when_added(phrase.tier)
        by = By(asker.staff_id, desk.clock())
        number = phrases.add(connection, language, phrase, standing, by)
        _note(desk, asker, connection, "phrase.added", number)
        return standing

    return await _changing(desk, asker, work)


async def remove(desk: Desk, asker: StaffAsker, phrase_id: int) -> Standing:
    """Take a phrase away, at once or when somebody else agrees; where it stands now.

    Raises:
        ChangedMeanwhileError: somebody has moved it meanwhile.
        NotFoundError: there is none such, or it is not for this role.
    """

    def work(connection: Connection) -> Standing:
        phrase = _one(connection, phrase_id)
        if phrase.standing is not Standing.IN_FORCE:
            raise ChangedMeanwhileError
        standing = when_removed(phrase)
        phrases.move(connection, phrase_id, standing, By(asker.staff_id, desk.clock()))
        gone = standing is Standing.GONE
        _note(
            desk, asker, connection, "phrase.removed" if gone else "phrase.removal_asked", phrase_id
        )
        return standing

    return await _changing(desk, asker, work)


async def answer(desk: Desk, asker: StaffAsker, phrase_id: int, *, agreed: bool) -> Standing:
    """Agree to what somebody else asked for, or let all be as it was; where it stands now.

    Whoever asked may take it back.

    Raises:
        RefusedError: they would agree with themselves.
        ChangedMeanwhileError: it does not wait any more.
        NotFoundError: there is none such, or it is not for this role.
    """

    def work(connection: Connection) -> Standing:
        phrase = _one(connection, phrase_id)
        if phrase.standing not in WAITING:
            raise ChangedMeanwhileError
        if agreed and phrase.moved_by == asker.staff_id:
            raise RefusedError("Somebody else has to agree: two people see more than one.")
        standing = when_answered(phrase, agreed=agreed)
        phrases.move(connection, phrase_id, standing, By(asker.staff_id, desk.clock()))
        _note(desk, asker, connection, "phrase.agreed" if agreed else "phrase.refused", phrase_id)
        return standing

    return await _changing(desk, asker, work)


def _one(connection: Connection, phrase_id: int) -> KeptPhrase:
    found = phrases.by_id(connection, phrase_id)
    if found is None:
        raise NotFoundError
    return found


def _note(desk: Desk, asker: StaffAsker, connection: Connection, what: str, phrase_id: int) -> None:
    subject = f"phrase:{phrase_id}"
    audit.record(asker, connection, action=what, subject=subject, at=desk.clock())


async def _changing(desk: Desk, asker: StaffAsker, work: Callable[[Connection], T]) -> T:
    for_coordinators(asker)

    def alone(connection: Connection) -> T:
        locks.hold(connection, CHANGING)
        return work(connection)

    return await desk.write(alone)
