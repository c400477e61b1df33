"""What travels: a language's messages beside their English, each with the mark of its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from common.contract.publication import Message
from common.words.uses import Use, use_of

LONGEST_FILE = 2_000_000
"""Bytes of a file that is read: all words of a language are about a tenth of it."""

MOST_UNITS = 5_000
LONGEST_TEXT = 20_000
TOO_LONG = f"a text is longer than {LONGEST_TEXT} characters"

_BETWEEN = "\x00"
_MARK = 16

Key = tuple[str, str]
"""A message's step and id."""


class BadFileError(ValueError):
    """A file that cannot be read: `where` in it, and `why`, in plain words."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


@dataclass(frozen=True, slots=True)
class Unit:
    """One message on its way.

    `texts` has one text, or one a plural form; `english` is what stood beside it, and empty where
    a file does not say. `base` is the mark of the texts it was made from, empty where unknown.
    `note` tells translators what it is; `where` tells in which line of the file it was.
    """

    step: str
    id: str
    english: tuple[str, ...]
    texts: tuple[str, ...]
    base: str = ""
    note: str = field(default="", compare=False)
    where: str = field(default="", compare=False)

    @property
    def key(self) -> Key:
        """Its step and id."""
        return self.step, self.id


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words on their way."""

    language: str
    units: tuple[Unit, ...]


def mark_of(texts: Sequence[str]) -> str:
    """A short mark of these texts: other texts have another."""
    return sha256(_BETWEEN.join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]


def unit_of(english: Message, translated: Message, note: str = "") -> Unit:
    """A message as it sets out, with the mark of what it is now."""
    texts = translated.texts
    said = " ".join(filter(None, (note, _USES.get(use_of(english), ""))))
    return Unit(english.step, english.id, english.texts, texts, mark_of(texts), said)


def english_beside(unit: Unit) -> Iterator[tuple[str, str]]:
    """Each text with the English it says; a form that English lacks has its form for many."""
    *first, many = unit.english
    for form, text in enumerate(unit.texts):
        yield first[form] if form < len(first) < len(unit.texts) else many, text


def name_of(key: Key) -> str:
    """A message's name in files: its step and id, with a slash between."""
    return "/".join(key)


def key_of(name: str, where: str) -> Key:
    """The step and id of a message named so.

    Raises:
        BadFileError: it is no name of a message.
    """
    step, slash, message = name.partition("/")
    if not (step and slash and message) or "/" in message:
        raise BadFileError(where, f"“{name[:80]}” is no name of a message, such as welcome/yes")
    return step, message


def checked(words: Words) -> Words:
    """The same words, if they are of a size that can be, and each stands there once.

    Raises:
        BadFileError: there are too many, or one is too long or there twice.
    """
    if len(words.units) > MOST_UNITS:
        raise BadFileError("the file", f"it has more than {MOST_UNITS} messages")
    seen: dict[Key, str] = {}
    for unit in words.units:
        if unit.key in seen:
            why = f"{name_of(unit.key)} is there twice, first in {seen[unit.key]}"
            raise BadFileError(unit.where, why)
        if any(len(text) > LONGEST_TEXT for text in unit.texts):
            raise BadFileError(unit.where, TOO_LONG)
        seen[unit.key] = unit.where
    return words


_USES = {
    Use.BUTTON: "A button: one to four words.",
    Use.COMMAND: "What a command does, in a few words.",
    Use.NOTICE: "A short notice, at most 200 characters.",
    Use.LIST: "Ways to write it, parted by |. Not a translation: what people would type.",
}
