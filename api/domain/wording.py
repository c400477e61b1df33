"""A message in one language as coordinators work on it: where it stands, and may it go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from api.domain.errors import UnacceptableError
from common.contract.languages import SOURCE_LANGUAGE

Texts = tuple[str, ...]
"""One text, or one for each plural form; empty when there are no words yet."""

SHIPPED = None
"""Stands where a person's number would: the words came with Doorway."""


class Kind(StrEnum):
    """What a step's words are about; the last two want a second person before they go out."""

    ORDINARY = "ordinary"
    SAFETY = "safety"
    PRIVACY = "privacy"

    @property
    def wants_two(self) -> bool:
        """Whether a second person must have read a text of it before residents do."""
        return self is not Kind.ORDINARY


class State(StrEnum):
    """Where a message stands in a language."""

    MISSING = "missing"
    DRAFT = "draft"
    REVIEW = "review"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


class Held(StrEnum):
    """Why words do not go out with a publication."""

    DRAFT = "draft"
    SECOND = "second"
    ENGLISH = "english"
    CHECKS = "checks"
    HELPLINE = "helpline"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """What a message is called in every language: its step, and its id in it."""

    step: str
    id: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A message in one language.

    `texts` are the newest words, by `author` (a staff id, None for those that came with Doorway);
    `english` is what they were last held against, and `published` what residents see. `ready`:
    the author says that they can be read by a second person, who is `reviewer` once they have.
    `version` counts the changes.
    """

    language: str
    name: Name
    texts: Texts = ()
    english: Texts = ()
    published: Texts = ()
    author: int | None = SHIPPED
    reviewer: int | None = None
    ready: bool = False
    version: int = 0

    @property
    def is_there(self) -> bool:
        """Whether there are words for every form."""
        return bool(self.texts) and all(text.strip() for text in self.texts)

    def is_behind(self, english: Texts) -> bool:
        """Whether the English has changed since these words were held against it."""
        return self.language != SOURCE_LANGUAGE and self.is_there and self.english != english

    def state(self, english: Texts) -> State:
        """Where it stands, `english` being the English as it is now."""
        if not self.is_there:
            return State.MISSING
        if self.is_behind(english):
            return State.REVIEW
        if self.texts == self.published:
            return State.PUBLISHED
        if self.reviewer is not None:
            return State.REVIEWED
        return State.REVIEW if self.ready else State.DRAFT

    def written(
        self, texts: Texts, english: Texts, author: int | None, *, ready: bool
    ) -> "Wording":
        """The same with other words, which nobody else has read yet."""
        return replace(
            self,
            texts=texts,
            english=english,
            author=author,
            reviewer=None,
            ready=ready,
            version=self.version + 1,
        )

    def reviewed(self, english: Texts, reviewer: int) -> "Wording":
        """The same, read by a second person beside the English as it is now.

        Raises:
            UnacceptableError: they wrote it themselves, or there is nothing to read.
        """
        if not self.is_there:
            raise UnacceptableError("review", "There are no words to review yet")
        if reviewer == self.author:
            raise UnacceptableError("review", "You wrote this. Ask somebody else to review it")
        return replace(
            self, english=english, reviewer=reviewer, ready=True, version=self.version + 1
        )

    def held(self, english: Texts, kind: Kind, *, sound: bool, helplines: bool) -> Held | None:
        """Why its new words stay here at a publication; None when they go out.

        `english` is the English as that publication has it; `sound`: no check says that something
        must be mended; `helplines`: all helplines that it names may be shown.
        """
        if self.reviewer is None and not self.ready:
            return Held.DRAFT
        if self.is_behind(english):
            return Held.ENGLISH
        if kind.wants_two and self.reviewer is None:
            return Held.SECOND
        if not sound:
            return Held.CHECKS
        return None if helplines else Held.HELPLINE

    def released(self) -> "Wording":
        """The same, as residents see it now."""
        return replace(self, published=self.texts, version=self.version + 1)

    def restored(self, texts: Texts) -> "Wording":
        """The same with what residents saw before; unpublished work on it is kept."""
        now = self.texts if self.texts != self.published else texts
        return replace(self, texts=now, published=texts, version=self.version + 1)

    def shipped(self, texts: Texts, english: Texts) -> "Wording":
        """The same as a newer Doorway brings it; what a person has changed stays theirs."""
        if self.author is not SHIPPED or (self.texts, self.english) == (texts, english):
            return self
        return replace(
            self,
            texts=texts,
            english=english,
            published=texts,
            reviewer=None,
            version=self.version + 1,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a message, and by whom, with its words before and after."""

    id: int
    language: str
    name: Name
    deed: str
    before: Texts
    after: Texts
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody has said about a message, in the language they were at."""

    language: str
    text: str
    who: str
    at: datetime


def progress(states: Sequence[State]) -> Mapping[State, int]:
    """How many messages stand where, each state with its number."""
    return {state: states.count(state) for state in State}
