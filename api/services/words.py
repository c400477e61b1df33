"""Looking at the words: how far each language is, the table of its messages, and one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from api.domain.errors import NotFoundError
from api.domain.staff import StaffAsker
from api.domain.wording import Change, Comment, Name, State, Texts, progress
from api.persistence import wordings
from api.persistence.shipped_words import Step, shipped
from api.services import wordbook
from api.services.desk import Desk
from api.services.wordbook import Book, Entry, for_coordinators
from common.contract.languages import SOURCE_LANGUAGE
from common.words.checking import Problem

MOST_CHANGES = 30


class Only(StrEnum):
    """What the table can be narrowed to."""

    ALL = "all"
    MISSING = "missing"
    DRAFT = "draft"
    REVIEW = "review"
    REVIEWED = "reviewed"
    FAILING = "failing"
    COMMENTED = "commented"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in a language's table; `text` in the English, the words or the name."""

    language: str
    only: Only = Only.ALL
    step: str = ""
    text: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    entry: Entry
    problems: tuple[Problem, ...]
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message with all there is about it; `before` and `after` are its neighbours.

    `behind` are the languages that have yet to follow, when it is the English.
    """

    entry: Entry
    problems: tuple[Problem, ...]
    author: str
    reviewer: str
    history: Sequence[Change]
    comments: Sequence[Comment]
    before: Name | None
    after: Name | None
    plural_forms: str
    behind: Sequence[str] = field(default_factory=tuple)


def steps() -> Sequence[Step]:
    """The steps of the talk, in their order."""
    return list(shipped().steps.values())


async def overview(desk: Desk, asker: StaffAsker) -> Mapping[str, Mapping[State, int]]:
    """How many messages stand where, by language. Raises NotFoundError for a prescriber."""
    for_coordinators(asker)
    book = await desk.database.read(wordbook.read)
    return {
        language: progress([one.state for one in book.entries(language)])
        for language in book.shipped.languages
    }


async def table(desk: Desk, asker: StaffAsker, wanted: Wanted) -> list[Row]:
    """What is looked for, in the order of the talk. Raises NotFoundError."""
    for_coordinators(asker)

    def look(connection: Connection) -> list[Row]:
        book = wordbook.read(connection, wanted.language)
        found, changed = _found(connection, book, wanted)
        return [Row(one, _problems(book, one), changed.get(one.name)) for one in found]

    return await desk.database.read(look)


async def sheet(desk: Desk, asker: StaffAsker, wanted: Wanted, name: Name) -> Sheet:
    """One message, with its neighbours among what is wanted. Raises NotFoundError."""
    for_coordinators(asker)
    language = wanted.language

    def look(connection: Connection) -> Sheet:
        languages = () if language == SOURCE_LANGUAGE else (language,)
        book = wordbook.read(connection, *languages)
        entry = book.entry(language, name)
        who = wordings.names(connection, (entry.wording.author, entry.wording.reviewer))
        before, after = _neighbours(book, _found(connection, book, wanted)[0], name)
        return Sheet(
            entry,
            _problems(book, entry),
            who.get(entry.wording.author, ""),
            who[entry.wording.reviewer] if entry.wording.reviewer is not None else "",
            wordings.history(connection, language, name, most=MOST_CHANGES),
            wordings.comments(connection, name),
            before,
            after,
            book.shipped.plural_forms[language],
            _behind(book, name) if language == SOURCE_LANGUAGE else (),
        )

    return await desk.database.read(look)


async def problems_of(
    desk: Desk, asker: StaffAsker, language: str, name: Name, texts: Texts
) -> tuple[Problem, ...]:
    """What the checks say of words that were typed. Raises NotFoundError."""
    for_coordinators(asker)
    book = await desk.database.read(lambda c: wordbook.read(c, language))
    return book.faults(book.entry(language, name), texts)


async def unsaid(desk: Desk, asker: StaffAsker) -> Mapping[str, Sequence[Entry]]:
    """What residents see in English for want of words, by language. Raises NotFoundError."""
    for_coordinators(asker)
    book = await desk.database.read(wordbook.read)
    found = {
        language: [one for one in book.entries(language) if not one.wording.published]
        for language in book.shipped.languages
    }
    return {language: missing for language, missing in found.items() if missing}


def _found(
    connection: Connection, book: Book, wanted: Wanted
) -> tuple[list[Entry], Mapping[Name, datetime]]:
    """What is looked for, and when the words of the language were changed."""
    if wanted.language not in book.shipped.texts:
        raise NotFoundError
    changed = wordings.changed_at(connection, wanted.language)
    talked = wordings.commented(connection) if wanted.only is Only.COMMENTED else set()
    found = [
        one
        for one in book.entries(wanted.language)
        if _is_sought(one, wanted)
        and _is_new(changed.get(one.name), wanted)
        and _is_of(book, one, wanted, talked)
    ]
    return found, changed


def _problems(book: Book, entry: Entry) -> tuple[Problem, ...]:
    return book.faults(entry) if entry.wording.is_there else ()


def _is_sought(entry: Entry, wanted: Wanted) -> bool:
    if wanted.step and entry.step.name != wanted.step:
        return False
    texts = (*entry.english, *entry.wording.texts, entry.name.id, entry.step.title)
    return not wanted.text or any(wanted.text.casefold() in one.casefold() for one in texts)


def _is_new(changed: datetime | None, wanted: Wanted) -> bool:
    return not wanted.since or (changed is not None and changed >= wanted.since)


def _is_of(book: Book, entry: Entry, wanted: Wanted, talked: set[Name]) -> bool:
    """Who does not ask for what fails need not wait until all is checked."""
    match wanted.only:
        case Only.ALL:
            return True
        case Only.FAILING:
            return any(one.must for one in _problems(book, entry))
        case Only.COMMENTED:
            return entry.name in talked
        case _:
            return entry.state.value == wanted.only.value


def _neighbours(book: Book, found: Sequence[Entry], name: Name) -> tuple[Name | None, Name | None]:
    place = {one: number for number, one in enumerate(book.shipped.names)}
    others = [one.name for one in found]
    before = [one for one in others if place[one] < place[name]]
    after = [one for one in others if place[one] > place[name]]
    return (before[-1] if before else None), (after[0] if after else None)


def _behind(book: Book, name: Name) -> tuple[str, ...]:
    """The languages that have yet to follow this English."""
    english = book.english(name)
    return tuple(
        language
        for language in book.shipped.languages
        if book.entry(language, name).wording.is_behind(english)
    )
