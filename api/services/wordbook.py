"""The words of the workshop as one book: every message with its English, its step and its state."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from api.domain.errors import NotFoundError
from api.domain.staff import Role, StaffAsker
from api.domain.wording import Name, State, Texts, Wording
from api.persistence import wordings
from api.persistence.shipped_words import Shipped, Step, shipped
from common.contract.languages import SOURCE_LANGUAGE
from common.contract.publication import Message
from common.words.checking import Problem, problems

WORKSHOP = "workshop"
"""The lock of whoever changes words: what they were shown must be what is there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in one language; `english` is the English as it is now in the workshop."""

    wording: Wording
    english: Texts
    step: Step
    plural_id: str = ""

    @property
    def name(self) -> Name:
        """What it is called."""
        return self.wording.name

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.wording.state(self.english)

    @property
    def message(self) -> Message:
        """It as a publication has it, with its newest words."""
        return as_message(self.name, self.plural_id, self.wording.texts)


@dataclass(frozen=True)
class Book:
    """All messages of some languages, in the order of the talk."""

    shipped: Shipped
    wordings: Mapping[tuple[str, Name], Wording]

    def entry(self, language: str, name: Name) -> Entry:
        """One message. Raises NotFoundError when there is none such, or no such language."""
        if name not in self._known or language not in self.shipped.texts:
            raise NotFoundError
        return Entry(
            self.wordings.get((language, name)) or Wording(language, name),
            self.english(name),
            self.shipped.steps[name.step],
            self.shipped.plural_ids.get(name, ""),
        )

    def entries(self, language: str) -> Iterator[Entry]:
        """All messages of a language."""
        return (self.entry(language, name) for name in self.shipped.names)

    def english(self, name: Name) -> Texts:
        """The English as it is now."""
        found = self.wordings.get((SOURCE_LANGUAGE, name))
        return found.texts if found else ()

    def faults(self, entry: Entry, texts: Texts | None = None) -> tuple[Problem, ...]:
        """What the checks say of its newest words, or of others for it."""
        language, name = entry.wording.language, entry.name
        said = as_message(name, entry.plural_id, entry.wording.texts if texts is None else texts)
        source = as_message(name, entry.plural_id, self.source(entry))
        siblings, terms = self._messages(language), self.shipped.terms.get(language, ())
        return problems(language, source, said, siblings=siblings, terms=terms)

    def source(self, entry: Entry) -> Texts:
        """The English that a message is held against.

        The English itself is held against what came with the program: what is put in must be there.
        """
        if entry.wording.language == SOURCE_LANGUAGE:
            return self.shipped.texts[SOURCE_LANGUAGE][entry.name]
        return entry.english

    def _messages(self, language: str) -> Sequence[Message]:
        if language not in self._made:
            self._made[language] = [one.message for one in self.entries(language)]
        return self._made[language]

    @cached_property
    def _made(self) -> dict[str, Sequence[Message]]:
        return {}

    @cached_property
    def _known(self) -> frozenset[Name]:
        return frozenset(self.shipped.names)


def read(connection: Connection, *languages: str) -> Book:
    """The book with these languages and English, or with all languages."""
    wanted = dict.fromkeys((SOURCE_LANGUAGE, *languages)) if languages else ()
    return Book(shipped(), wordings.everything(connection, *wanted))


def as_message(name: Name, plural_id: str, texts: Texts) -> Message:
    """A message as a publication has it."""
    return Message(step=name.step, id=name.id, plural_id=plural_id, texts=texts)


def for_coordinators(asker: StaffAsker) -> None:
    """Words are the coordinators'; managers may look at them and mend them, too.

    Raises:
        NotFoundError: whoever asks is a prescriber.
    """
    if asker.role not in {Role.COORDINATOR, Role.MANAGER}:
        raise NotFoundError
