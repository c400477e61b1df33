"""The words' round trip: out in a file for translators, and back without overwriting newer work."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from api.domain.errors import ChangedMeanwhileError, NotFoundError, UnacceptableError
from api.domain.staff import StaffAsker
from api.domain.wording import Name
from api.persistence import audit, wordings, wordparcels
from api.persistence.wordparcels import Parcel
from api.services import wordbook
from api.services.desk import Desk
from api.services.wordbook import WORKSHOP, Book, Entry, as_message, for_coordinators
from common.contract.languages import BY_CODE
from common.runtime.database import locks
from common.words.formats import registry
from common.words.formats.registry import FORMATS, Format
from common.words.formats.units import BadFileError, Key, Unit, Words, unit_of
from common.words.merging import Fate, Held, Outcome, merge
from common.words.plurals import numbers_of_forms

KEPT_FOR = timedelta(days=7)
"""How long a file's words wait for somebody to agree to them."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do now; `stamp` is another when anything has changed.

    `titles` are what steps are called.
    """

    language: str
    outcomes: Sequence[Outcome]
    stamp: str
    titles: Mapping[str, str]

    def of(self, *fates: Fate) -> list[Outcome]:
        """The messages of these fates, in the file's order."""
        return [one for one in self.outcomes if one.fate in fates]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody has agreed to: the preview as they saw it, and the conflicts to be taken.

    `ready`: the words are finished and are handed on to be read by a second person.
    """

    stamp: str
    conflicts: Collection[Key] = ()
    ready: bool = False


async def export(desk: Desk, asker: StaffAsker, language: str, kind: str) -> tuple[Format, bytes]:
    """A language's newest words as a file of this kind. Raises NotFoundError."""
    for_coordinators(asker)
    if kind not in FORMATS:
        raise NotFoundError

    def look(connection: Connection) -> Words:
        book = _book(connection, language)
        return Words(language, tuple(_outgoing(book, one) for one in book.entries(language)))

    words = await desk.database.read(look)
    return FORMATS[kind], FORMATS[kind].write(words)


async def waiting(desk: Desk, asker: StaffAsker, language: str) -> list[Parcel]:
    """The files that nobody has agreed to yet. Raises NotFoundError."""
    for_coordinators(asker)

    def look(connection: Connection) -> list[Parcel]:
        _book(connection, language)
        return wordparcels.waiting(connection, language)

    return await desk.database.read(look)


async def bring(desk: Desk, asker: StaffAsker, language: str, data: bytes) -> int:
    """Read a file and keep its words until they are agreed to; the number to find them under.

    Raises:
        NotFoundError: there is no such language, or whoever asks is a prescriber.
        UnacceptableError: it is no file of words of this language; says where, and why.
    """
    for_coordinators(asker)
    words = _read(data, language)

    def work(connection: Connection) -> int:
        _book(connection, language)
        now = desk.clock()
        wordparcels.drop_older(connection, now - KEPT_FOR)
        return wordparcels.keep(connection, words, asker.staff_id, now)

    return await desk.write(work)


async def look(desk: Desk, asker: StaffAsker, language: str, number: int) -> Preview:
    """What a file's words would do now. Raises NotFoundError."""
    for_coordinators(asker)
    return await desk.database.read(lambda connection: _preview(connection, language, number))


async def take(desk: Desk, asker: StaffAsker, language: str, number: int, chosen: Chosen) -> int:
    """Take what was agreed to, as drafts or to be reviewed; how many messages that were.

    Raises:
        NotFoundError: no such words wait, or whoever asks is a prescriber.
        ChangedMeanwhileError: something is not as it was shown; nothing was taken.
    """
    for_coordinators(asker)

    def work(connection: Connection) -> int:
        locks.hold(connection, WORKSHOP)
        preview = _preview(connection, language, number)
        if preview.stamp != chosen.stamp:
            raise ChangedMeanwhileError
        agreed = [
            one
            for one in preview.of(Fate.TAKEN, Fate.CONFLICT)
            if one.fate is Fate.TAKEN or one.unit.key in chosen.conflicts
        ]
        _take(desk, asker, connection, language, agreed, ready=chosen.ready)
        wordparcels.drop(connection, number)
        return len(agreed)

    return await desk.write(work)


def _take(  # noqa: PLR0913 one piece of work, by name
    desk: Desk,
    asker: StaffAsker,
    connection: Connection,
    language: str,
    agreed: Sequence[Outcome],
    *,
    ready: bool,
) -> None:
    book, now = wordbook.read(connection, language), desk.clock()
    for one in agreed:
        entry = book.entry(language, Name(*one.unit.key))
        wording, author = entry.wording, asker.staff_id
        changed = wording.written(one.unit.texts, entry.english, author, ready=ready)
        wordings.keep(connection, changed, now)
        before = wording.texts
        wordings.note(connection, changed, deed="imported", before=before, author=author, at=now)
    if agreed:
        subject = f"words:{language}"
        audit.record(asker, connection, action="words.imported", subject=subject, at=now)


def _preview(connection: Connection, language: str, number: int) -> Preview:
    book = _book(connection, language)
    words = wordparcels.find(connection, language, number)
    if words is None:
        raise NotFoundError
    held = dict(_held(book, language))
    outcomes = merge(language, held, words.units, book.shipped.terms.get(language, ()))
    seen = [(one.unit, one.fate, one.held and one.held.mark) for one in outcomes]
    stamp = hashlib.sha256(repr(seen).encode("utf-8", "replace")).hexdigest()[:16]
    titles = {name: step.title for name, step in book.shipped.steps.items()}
    return Preview(language, outcomes, stamp, titles)


def _held(book: Book, language: str) -> Iterator[tuple[Key, Held]]:
    for entry in book.entries(language):
        english = as_message(entry.name, entry.plural_id, book.source(entry))
        yield (entry.name.step, entry.name.id), Held(english, entry.message)


def _outgoing(book: Book, entry: Entry) -> Unit:
    english = as_message(entry.name, entry.plural_id, book.source(entry))
    texts = entry.wording.texts or _empty(book, entry)
    message = as_message(entry.name, entry.plural_id, texts)
    return unit_of(english, message, f"{entry.step.title}: {entry.step.when}.")


def _empty(book: Book, entry: Entry) -> tuple[str, ...]:
    """As many empty texts as the language has forms for it."""
    header = book.shipped.plural_forms[entry.wording.language]
    return ("",) * (len(numbers_of_forms(header)) if entry.plural_id else 1)


def _book(connection: Connection, language: str) -> Book:
    book = wordbook.read(connection, language)
    if language not in book.shipped.texts:
        raise NotFoundError
    return book


def _read(data: bytes, language: str) -> Words:
    try:
        words = registry.read(data)
    except BadFileError as error:
        raise UnacceptableError("file", f"In {error.where}: {error.why}") from None
    if words.language != language:
        names: Mapping[str, str] = {code: one.english_name for code, one in BY_CODE.items()}
        there = names.get(words.language, words.language[:20])
        why = f"The words of this file are {there}, and here they would become {names[language]}"
        raise UnacceptableError("file", why)
    return words
