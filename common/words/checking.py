"""The one question all ask of the checks: what is to be mended in this message?

The staff pages ask it before they save, the import before it takes a file, `make check` of all
shipped words and `python -m api words check` on demand.
"""

from collections.abc import Callable, Iterator, Sequence

from common.contract.publication import Message
from common.words.case import Case
from common.words.checks import (
    addresses,
    buttons,
    commands,
    copied,
    directions,
    emoji,
    endings,
    fixed_words,
    invisible,
    lengths,
    lists,
    markup,
    numbers,
    placeholders,
    presence,
    quoted,
    reading_age,
    spaces,
    typed_numbers,
)
from common.words.problem import Problem
from common.words.terms import Term

__all__ = ["CHECKS", "Problem", "problems"]

Check = Callable[[Case], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    presence.check,
    placeholders.check,
    markup.check,
    commands.check,
    typed_numbers.check,
    numbers.check,
    addresses.check,
    buttons.check,
    quoted.check,
    lists.check,
    lengths.check,
    spaces.check,
    invisible.check,
    directions.check,
    emoji.check,
    endings.check,
    copied.check,
    fixed_words.check,
    reading_age.check,
)


def problems(
    language: str,
    english: Message,
    translated: Message,
    *,
    siblings: Sequence[Message] = (),
    terms: Sequence[Term] = (),
) -> tuple[Problem, ...]:
    """What is to be mended in `translated`; each is named once, what must be mended first.

    For the English itself, `english` is the English as it was before (or as it was shipped):
    what the program puts in must still be there. `siblings` are the messages of the same
    language, those of the same step at the least; only with all of them can it be seen whether a
    button that a text names is there. `terms` is the language's list of them.
    """
    case = Case(language, english, translated, siblings, terms)
    found = dict.fromkeys(problem for check in CHECKS for problem in check(case))
    return tuple(sorted(found, key=lambda problem: not problem.must))
