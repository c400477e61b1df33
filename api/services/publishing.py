"""Publishing the words: what would go out and what stays, and doing it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from api.domain.errors import ChangedMeanwhileError, UnacceptableError
from api.domain.staff import StaffAsker
from api.domain.wording import Held, Name, Texts
from api.persistence import audit, publications
from api.services import alongside, wordbook
from api.services.composing import Release, release
from api.services.desk import Desk
from api.services.wordbook import WORKSHOP, Book, Entry, for_coordinators
from common.contract.languages import SOURCE_LANGUAGE
from common.runtime.database import locks

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """New words of a message; `held` says why they do not go out, None when they do."""

    entry: Entry
    held: Held | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a publication would do now; `stamp` is another when anything has changed."""

    waiting: Sequence[Waiting]
    version: int
    beside: bool
    stamp: str

    @property
    def going(self) -> Sequence[Entry]:
        """The messages whose new words go out."""
        return [one.entry for one in self.waiting if one.held is None]

    @property
    def worthwhile(self) -> bool:
        """Whether residents would notice anything."""
        return bool(self.going) or self.beside


async def plan(desk: Desk, asker: StaffAsker) -> Plan:
    """What would go out now. Raises NotFoundError for a prescriber."""
    for_coordinators(asker)
    return await desk.database.read(lambda connection: _plan(connection, desk.today()))


async def publish(desk: Desk, asker: StaffAsker, note: str, stamp: str) -> int:
    """Let residents see what the page said; the new version's number.

    Raises:
        NotFoundError: whoever asks is a prescriber.
        UnacceptableError: there is nothing to publish, or the note is too long.
        ChangedMeanwhileError: something was changed since the page was shown.
    """
    for_coordinators(asker)
    if len(note) > LONGEST_NOTE:
        raise UnacceptableError("note", f"Write no more than {LONGEST_NOTE} letters")

    def work(connection: Connection) -> int:
        locks.hold(connection, WORKSHOP)
        planned = _plan(connection, desk.today())
        if planned.stamp != stamp:
            raise ChangedMeanwhileError
        if not planned.worthwhile:
            raise UnacceptableError("note", "There is nothing new to publish")
        changed = [(one.wording, one.wording.released()) for one in planned.going]
        now = desk.clock()
        done = Release(asker.staff_id, note.strip(), "published", now)
        version = release(connection, changed, done)
        subject = f"publication:{version}"
        audit.record(asker, connection, action="words.published", subject=subject, at=now)
        return version

    return await desk.write(work)


def _plan(connection: Connection, today: date) -> Plan:
    book, version = wordbook.read(connection), publications.newest(connection)
    sound = alongside.Helplines(connection, today)
    english = dict(_english(book, sound))
    waiting = [
        Waiting(one, _held(book, one, english[one.name], sound))
        for language in book.shipped.languages
        for one in book.entries(language)
        if _is_new(one)
    ]
    beside = alongside.has_changed(connection, publications.content(connection, version))
    seen = [(one.entry.wording, one.held) for one in waiting]
    stamp = hashlib.sha256(repr((version, beside, seen)).encode()).hexdigest()[:16]
    return Plan(waiting, version, beside, stamp)


def _english(book: Book, sound: "alongside.Helplines") -> Iterator[tuple[Name, Texts]]:
    """The English as it would be published now, message by message."""
    for one in book.entries(SOURCE_LANGUAGE):
        goes = _is_new(one) and _held(book, one, one.english, sound) is None
        yield one.name, one.wording.texts if goes else one.wording.published


def _is_new(entry: Entry) -> bool:
    return entry.wording.is_there and entry.wording.texts != entry.wording.published


def _held(book: Book, entry: Entry, english: Texts, sound: "alongside.Helplines") -> Held | None:
    return entry.wording.held(
        english,
        entry.step.kind,
        sound=not any(one.must for one in book.faults(entry)),
        helplines=sound.may_all_be_shown(entry.name),
    )
