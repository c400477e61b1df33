"""What becomes of words that come back in a file: what is taken, what is kept, what is asked.

Newer work is never overwritten silently. A file carries the mark of each text it was made from: so
it is known whether the text was changed in the file, here, or in both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from common.contract.publication import Message
from common.words.checking import Problem, problems
from common.words.formats.units import Key, Unit, mark_of
from common.words.terms import Term


class Fate(StrEnum):
    """What becomes of one message of a file."""

    TAKEN = "taken"
    SAME = "same"
    EMPTY = "empty"
    NEWER_HERE = "newer_here"
    CONFLICT = "conflict"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Conflict(StrEnum):
    """Why somebody has to choose between the file's text and the one here."""

    BOTH_CHANGED = "both_changed"
    ENGLISH_CHANGED = "english_changed"
    NO_MARK = "no_mark"


@dataclass(frozen=True, slots=True)
class Held:
    """A message as it is here now: its English, and its words, which may be missing yet."""

    english: Message
    translated: Message

    @property
    def mark(self) -> str:
        """The mark of the words as they are now."""
        return mark_of(self.translated.texts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a message of the file: `held` is None where it is not known here.

    `problems` are those of the file's text; in what is refused they are why.
    """

    unit: Unit
    held: Held | None
    fate: Fate
    conflict: Conflict | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def incoming(self) -> Message:
        """The message as it would be.

        Raises:
            ValueError: it is not known here.
        """
        if self.held is None:
            raise ValueError(f"no such message: {self.unit.key}")
        return self.held.translated.model_copy(update={"texts": self.unit.texts})


def merge(
    language: str,
    held: Mapping[Key, Held],
    units: Iterable[Unit],
    terms: Sequence[Term] = (),
) -> tuple[Outcome, ...]:
    """What becomes of each of these messages, in the file's order.

    What `must` be mended is refused; buttons are held against one another as they would be then.
    """
    coming = tuple(units)
    after = _after(held, coming)
    siblings = tuple(after.values())

    def outcome(unit: Unit) -> Outcome:
        here = held.get(unit.key)
        if here is None:
            return Outcome(unit, None, Fate.UNKNOWN)
        if (settled := _settled(unit, here)) is not None:
            return Outcome(unit, here, settled)
        translated = after[unit.key]
        seen = problems(language, here.english, translated, siblings=siblings, terms=terms)
        if any(problem.must for problem in seen):
            return Outcome(unit, here, Fate.REFUSED, problems=seen)
        conflict = _conflict(unit, here)
        return Outcome(unit, here, Fate.CONFLICT if conflict else Fate.TAKEN, conflict, seen)

    return tuple(map(outcome, coming))


def _after(held: Mapping[Key, Held], coming: Iterable[Unit]) -> dict[Key, Message]:
    """All messages as they would be if everything were taken."""
    after = {key: one.translated for key, one in held.items()}
    for unit in coming:
        if unit.key in after and any(unit.texts):
            after[unit.key] = after[unit.key].model_copy(update={"texts": unit.texts})
    return after


def _settled(unit: Unit, here: Held) -> Fate | None:
    """What needs no look at the words: nothing came, or nothing new."""
    if not any(text.strip() for text in unit.texts):
        return Fate.EMPTY
    if unit.texts == here.translated.texts:
        return Fate.SAME
    return Fate.NEWER_HERE if unit.base == mark_of(unit.texts) else None


def _conflict(unit: Unit, here: Held) -> Conflict | None:
    """Why these words may not simply be taken."""
    if not set(unit.english) <= set(here.english.texts):
        return Conflict.ENGLISH_CHANGED
    if not any(text.strip() for text in here.translated.texts) or unit.base == here.mark:
        return None
    return Conflict.BOTH_CHANGED if unit.base else Conflict.NO_MARK
