"""A translation beside its English, and what the checks are to find in it."""

from dataclasses import dataclass, field

from common.contract.publication import Message
from common.words.checking import problems
from common.words.terms import Term

TEXT = ("welcome", "what_this_is")
BUTTON = ("welcome", "yes")


def made(name: tuple[str, str], *texts: str, plural: str = "") -> Message:
    return Message(step=name[0], id=name[1], plural_id=plural, texts=texts)


@dataclass(frozen=True)
class Example:
    """A translation beside its English, and the codes of what is to be found."""

    says: str
    english: str | tuple[str, ...]
    translated: str | tuple[str, ...]
    codes: set[str] = field(default_factory=set)
    language: str = "bn"
    name: tuple[str, str] = TEXT
    siblings: tuple[Message, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def found(self) -> set[str]:
        return {
            one.code
            for one in problems(
                self.language,
                self.message(self.english),
                self.message(self.translated),
                siblings=self.siblings,
                terms=self.terms,
            )
        }

    def message(self, texts: str | tuple[str, ...]) -> Message:
        if isinstance(texts, str):
            return made(self.name, texts)
        return made(self.name, *texts, plural="many")
