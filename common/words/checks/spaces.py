"""No space before the first word or after the last, and never two together."""

from collections.abc import Iterator

from common.words.case import Case
from common.words.problem import Problem


def check(case: Case) -> Iterator[Problem]:
    """Codes `space_outside` (must) and `space_double` (hint)."""
    for text in case.texts:
        if text != text.strip():
            says = "There is a space before the first word or after the last. Take it out."
            yield Problem("space_outside", must=True, says=says)
        if "  " in text.strip():
            says = "Two spaces stand together. Keep one of them."
            yield Problem("space_double", must=False, says=says)
