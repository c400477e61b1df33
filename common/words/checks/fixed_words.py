"""The same thing is called the same everywhere, as the language's list of terms has it."""

import re
import unicodedata
from collections.abc import Iterator

from common.words.case import Case
from common.words.problem import Problem
from common.words.sight import plain
from common.words.terms import Term
from common.words.uses import Use, use_of


def check(case: Case) -> Iterator[Problem]:
    """Code `term`, a hint: endings of words vary, and a sentence may go without the term."""
    if case.is_source or use_of(case.translated) is Use.LIST:
        return
    source = _folded(case.source)
    for text in case.texts:
        said = _folded(text)
        for term in case.terms:
            if _stands_in(term, source) and not any(map(said.__contains__, _sought(term))):
                english, meant = term.english[0], " or ".join(term.translations)
                says = f"For “{english}” we say {meant}. Use it here too, if it fits."
                yield Problem("term", must=False, says=says)


def _stands_in(term: Term, source: str) -> bool:
    return any(
        re.search(rf"(?<![\w/]){re.escape(_folded(one))}(?:s|es)?(?!\w)", source)
        for one in term.english
    )


def _sought(term: Term) -> tuple[str, ...]:
    return tuple(map(_folded, term.translations))


def _folded(text: str) -> str:
    """Lower case, without the marks above and below that Arabic may leave out."""
    decomposed = unicodedata.normalize("NFKC", plain(text)).casefold()
    return "".join(one for one in decomposed if not "\u064b" <= one <= "\u0652")
