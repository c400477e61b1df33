"""Looking after the spoken clips: taken when residents can make use of them, and handed out."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.clips import MOST_BYTES, Clip, fault_of
from api.domain.errors import ChangedMeanwhileError, NotFoundError
from api.domain.staff import StaffAsker
from api.persistence import audit, clips, staff, wordings
from api.persistence.shipped_words import shipped
from api.services import sound
from api.services.desk import Desk
from api.services.helplines import FaultyError, for_coordinators
from api.services.sound import UnusableError
from common.contract.languages import VOICES, WRITTEN_AS
from common.contract.spoken import SPOKEN_STEPS
from common.runtime.database import locks

CHANGING = "clips"
LANGUAGES = frozenset(one.code for one in VOICES)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clip belongs."""

    language: str
    step: str


@dataclass(frozen=True, slots=True)
class Rack:
    """All clips in place, how often each place was changed, and the names of who did."""

    clips: Sequence[Clip]
    names: Mapping[int, str]
    converts: bool


@dataclass(frozen=True, slots=True)
class Script:
    """What is to be said: when the question comes, and its words as residents read them."""

    when: str
    texts: Sequence[str]


def title(step: str) -> str:
    """A question's name, as coordinators know it."""
    return shipped().steps[step].title


async def script(desk: Desk, asker: StaffAsker, place: Place) -> Script:
    """The words to be spoken in this place. Raises NotFoundError."""
    for_coordinators(asker)
    _known(place)
    language = place.language
    read = language if language in shipped().languages else WRITTEN_AS.get(language, language)

    def work(connection: Connection) -> Script:
        words = wordings.everything(connection, read)
        names = (one for one in shipped().names if one.step == place.step)
        found = (words[read, name] for name in names if (read, name) in words)
        texts = tuple(one.published[-1] for one in found if one.published)
        return Script(shipped().steps[place.step].when, texts)

    return await desk.database.read(work)


async def look(desk: Desk, asker: StaffAsker) -> Rack:
    """All clips in place. Raises NotFoundError: not for this role."""
    for_coordinators(asker)

    def work(connection: Connection) -> Rack:
        found = clips.every(connection)
        names = staff.names(connection, {one.staff_id for one in found})
        return Rack(found, names, bool(sound.converter()))

    return await desk.database.read(work)


async def version(desk: Desk, asker: StaffAsker, place: Place) -> int:
    """How often the clip of a place was changed. Raises NotFoundError."""
    for_coordinators(asker)
    _known(place)
    return await desk.database.read(lambda c: clips.version(c, place.language, place.step))


async def put(desk: Desk, asker: StaffAsker, place: Place, recorded: bytes, seen: int) -> None:
    """Take what was recorded or uploaded as the clip of this place.

    Raises:
        FaultyError: residents could not make use of it.
        ChangedMeanwhileError: somebody has changed it since it was `seen`.
        NotFoundError: there is no such place, or it is not for this role.
    """
    for_coordinators(asker)
    _known(place)
    made = await _made(recorded)
    sha256 = hashlib.sha256(made.body).hexdigest()

    def work(connection: Connection) -> None:
        _see_that_it_is_as_seen(connection, place, seen)
        clips.keep(connection, sha256, made.body, made.sound)
        at = desk.clock()
        clips.put(
            connection, place.language, place.step, sha256=sha256, staff_id=asker.staff_id, at=at
        )
        _note(desk, asker, connection, "clip.recorded", place)

    await _changing(desk, work)


async def remove(desk: Desk, asker: StaffAsker, place: Place, seen: int) -> None:
    """Take the clip of a place away; its bytes stay for the publications that name them.

    Raises:
        ChangedMeanwhileError: somebody has changed it since it was `seen`.
        NotFoundError: there is no such place, or it is not for this role.
    """
    for_coordinators(asker)
    _known(place)

    def work(connection: Connection) -> None:
        _see_that_it_is_as_seen(connection, place, seen)
        at = desk.clock()
        clips.put(
            connection, place.language, place.step, sha256=None, staff_id=asker.staff_id, at=at
        )
        _note(desk, asker, connection, "clip.removed", place)

    await _changing(desk, work)


async def heard(desk: Desk, asker: StaffAsker, sha256: str) -> bytes:
    """The bytes of a clip, for the page that lets it be heard. Raises NotFoundError."""
    for_coordinators(asker)
    return await handed_out(desk, sha256)


async def handed_out(desk: Desk, sha256: str) -> bytes:
    """The bytes of a clip, for a bot: nothing in them is of anybody. Raises NotFoundError."""
    found = await desk.database.read(lambda connection: clips.body(connection, sha256))
    if found is None:
        raise NotFoundError
    return found


async def _made(recorded: bytes) -> sound.Converted:
    if not recorded:
        raise FaultyError({"clip": "Record something, or choose a file"})
    if len(recorded) > MOST_BYTES:
        raise FaultyError({"clip": f"This file is over {MOST_BYTES // 1024 // 1024} MB"})
    try:
        made = await sound.to_opus(recorded, sound.converter())
    except UnusableError as refusal:
        raise FaultyError({"clip": str(refusal)}) from None
    if fault := fault_of(made.sound):
        raise FaultyError({"clip": fault})
    return made


def _known(place: Place) -> None:
    if place.language not in LANGUAGES or place.step not in SPOKEN_STEPS:
        raise NotFoundError


def _see_that_it_is_as_seen(connection: Connection, place: Place, seen: int) -> None:
    if clips.version(connection, place.language, place.step) != seen:
        raise ChangedMeanwhileError


def _note(desk: Desk, asker: StaffAsker, connection: Connection, what: str, place: Place) -> None:
    subject = f"clip:{place.language}/{place.step}"
    audit.record(asker, connection, action=what, subject=subject, at=desk.clock())


async def _changing(desk: Desk, work: Callable[[Connection], None]) -> None:
    def alone(connection: Connection) -> None:
        locks.hold(connection, CHANGING)
        work(connection)

    await desk.write(alone)
