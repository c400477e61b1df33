"""Nothing in a text that cannot be shown: control characters and letters lost on the way."""

import unicodedata
from collections.abc import Iterator

from common.words.case import Case
from common.words.problem import Problem

_LOST = "\ufffd"
_HIDDEN = {"Cc", "Cs", "Co", "Cn"}


def check(case: Case) -> Iterator[Problem]:
    """Codes `control` and `lost_letter`, both must."""
    for text in case.texts:
        if any(one != "\n" and unicodedata.category(one) in _HIDDEN for one in text):
            says = "There is a sign in it that cannot be shown. Type the words anew."
            yield Problem("control", must=True, says=says)
        if _LOST in text:
            says = f"A letter was lost and {_LOST} stands in its place. Type the word anew."
            yield Problem("lost_letter", must=True, says=says)
