"""What a check looks at: a message beside its English, and its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from common.contract.languages import SOURCE_LANGUAGE
from common.contract.publication import Message
from common.words.terms import Term


@dataclass(frozen=True)
class Case:
    """A message of a language, beside the English it says.

    `siblings` are the messages of the language, those of its step at the least;
    `terms` are what the language calls things.
    """

    language: str
    english: Message
    translated: Message
    siblings: Sequence[Message] = ()
    terms: Sequence[Term] = ()

    @property
    def is_source(self) -> bool:
        """Whether it is the English itself, held against the English as it was before."""
        return self.language == SOURCE_LANGUAGE

    @cached_property
    def source(self) -> str:
        """The English text; of a counted message the form for many, which has all that is in it."""
        return self.english.texts[-1] if self.english.texts else ""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The translation's texts that are there."""
        return tuple(text for text in self.translated.texts if text.strip())
