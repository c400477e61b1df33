"""Keeping the repository's words and a store's in step: pulled from it, and pushed to it.

Both go by the one merge rule: what was changed on one side goes over to the other, and what was
changed on both is for somebody to choose.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from api.domain.errors import ChangedMeanwhileError
from api.domain.wording import SHIPPED, Name
from api.persistence import catalogue_files, publications, wordings
from api.persistence.shipped_words import shipped
from api.services import wordbook
from api.services.wordbook import WORKSHOP, Book, as_message
from common.contract.languages import SOURCE_LANGUAGE
from common.contract.publication import Message
from common.runtime.clock import Clock
from common.runtime.database import Database, locks
from common.words.formats.units import Key, Unit, mark_of
from common.words.merging import Fate, Held, Outcome, merge

Texts = Mapping[Key, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go over, by language; `version` is the store's newest publication."""

    version: int
    outcomes: Mapping[str, Sequence[Outcome]]

    def going(self, *, conflicts: bool) -> Iterator[tuple[str, Outcome]]:
        """What goes over, with the conflicts or without them."""
        fates = {Fate.TAKEN, Fate.CONFLICT} if conflicts else {Fate.TAKEN}
        return self._of(fates)

    def staying(self, *, conflicts: bool) -> Iterator[tuple[str, Outcome]]:
        """What somebody has to look at: it was changed on both sides, or must be mended."""
        return self._of({Fate.REFUSED} if conflicts else {Fate.REFUSED, Fate.CONFLICT})

    def _of(self, fates: set[Fate]) -> Iterator[tuple[str, Outcome]]:
        for language, outcomes in self.outcomes.items():
            yield from ((language, one) for one in outcomes if one.fate in fates)


async def pulling(database: Database, folder: Path) -> Plan:
    """What the published words would change in the catalogues of this folder."""

    def look(connection: Connection) -> Plan:
        version, editions = publications.newest(connection), _editions(connection)
        published = editions(version)
        files = {one: _file(folder, one) for one in catalogue_files.languages(folder)}
        outcomes = {}
        for language, texts in files.items():
            base = editions(catalogue_files.pulled_from(folder, language))
            coming = _units(published.get(language, {}), base.get(language, {}))
            held = dict(_held(texts, files[SOURCE_LANGUAGE]))
            outcomes[language] = merge(language, held, (one for one in coming if one.key in held))
        return Plan(version, outcomes)

    return await database.read(look)


def pull(plan: Plan, folder: Path, *, conflicts: bool) -> int:
    """Write what was planned into the catalogues; how many messages that were."""
    going = list(plan.going(conflicts=conflicts))
    for language in dict.fromkeys(language for language, _ in going):
        changed = {one.unit.key: one.unit.texts for code, one in going if code == language}
        catalogue_files.write(folder, language, changed, plan.version)
    return len(going)


async def pushing(database: Database, folder: Path) -> Plan:
    """What the catalogues of this folder would change in the workshop."""
    return await database.read(lambda connection: _pushing(connection, folder))


async def push(
    database: Database, clock: Clock, folder: Path, plan: Plan, *, conflicts: bool
) -> int:
    """Make drafts of what was planned; how many messages that were.

    Raises:
        ChangedMeanwhileError: the words are not as they were when it was planned.
    """

    def work(connection: Connection) -> int:
        locks.hold(connection, WORKSHOP)
        if _pushing(connection, folder) != plan:
            raise ChangedMeanwhileError
        book, now = wordbook.read(connection), clock()
        going = list(plan.going(conflicts=conflicts))
        for language, one in going:
            entry = book.entry(language, Name(*one.unit.key))
            before = entry.wording.texts
            draft = entry.wording.written(one.unit.texts, entry.english, SHIPPED, ready=False)
            wordings.keep(connection, draft, now)
            wordings.note(connection, draft, deed="pushed", before=before, author=SHIPPED, at=now)
        return len(going)

    return await database.write(work)


def _pushing(connection: Connection, folder: Path) -> Plan:
    book, editions, outcomes = wordbook.read(connection), _editions(connection), {}
    for language in catalogue_files.languages(folder):
        base = editions(catalogue_files.pulled_from(folder, language))
        coming = _units(_file(folder, language), base.get(language, {}))
        terms = book.shipped.terms.get(language, ())
        outcomes[language] = merge(language, dict(_workshop(book, language)), coming, terms)
    return Plan(publications.newest(connection), outcomes)


def _editions(connection: Connection) -> Callable[[int], Mapping[str, Texts]]:
    """Gives what was published as some version, by language; most languages have the same one."""

    @cache
    def published(version: int) -> Mapping[str, Texts]:
        found = publications.content(connection, version)
        return {
            one.language: {(each.step, each.id): each.texts for each in one.messages}
            for one in (found.wordings if found else ())
        }

    return published


def _file(folder: Path, language: str) -> Texts:
    return {one.key: one.texts for one in catalogue_files.read(folder, language).units}


def _units(texts: Texts, base: Texts) -> list[Unit]:
    """The messages as they come, each with the mark of what it was made from."""
    return [
        Unit(*key, (), said, mark_of(base[key]) if key in base else "")
        for key, said in texts.items()
    ]


def _held(texts: Texts, english: Texts) -> Iterator[tuple[Key, Held]]:
    for key, said in texts.items():
        if key in english:
            yield key, Held(_message(key, english[key]), _message(key, said))


def _message(key: Key, texts: tuple[str, ...]) -> Message:
    name = Name(*key)
    return as_message(name, shipped().plural_ids.get(name, ""), texts)


def _workshop(book: Book, language: str) -> Iterator[tuple[Key, Held]]:
    for entry in book.entries(language):
        english = as_message(entry.name, entry.plural_id, book.source(entry))
        yield (entry.name.step, entry.name.id), Held(english, entry.message)
