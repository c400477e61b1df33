"""Words from right to left with pieces from left to right in them: each keeps its order."""

import re
import unicodedata
from collections.abc import Iterator

from common.contract.languages import BY_CODE
from common.words.case import Case
from common.words.checks.commands import COMMAND
from common.words.problem import Problem
from common.words.sight import plain
from common.words.uses import Use, use_of

MARK = "\u200e"
_OPENING, _CLOSING = "\u2066\u2067\u2068", "\u2069"
_FORCED = re.compile("[\u202a-\u202e]")

# A + before digits, or digits in groups: without a mark the groups would change places.
_GROUPS = re.compile(r"(?<![\w+])(?:\+[0-9]|[0-9]+(?: [0-9]+)+)")
_LATIN = re.compile(r"[A-Za-z][^\u0590-\u08ff]*$")


def check(case: Case) -> Iterator[Problem]:
    """Codes `direction_command`, `direction_number`, `direction_isolate`, `direction_forced`."""
    for text in case.texts:
        if _FORCED.search(text):
            says = "There is an invisible sign that forces a direction. Type the words anew."
            yield Problem("direction_forced", must=True, says=says)
        if not _paired(text):
            says = "An invisible mark of direction is begun and not ended. Type the words anew."
            yield Problem("direction_isolate", must=True, says=says)
        if _right_to_left(case):
            yield from _marked(plain(text))


def _right_to_left(case: Case) -> bool:
    language = BY_CODE.get(case.language)
    return bool(
        language and language.direction == "rtl" and use_of(case.translated) is not Use.LIST
    )


def _marked(text: str) -> Iterator[Problem]:
    """Whether a left-to-right mark stands before whatever wants one."""
    for match in COMMAND.finditer(text):
        if _wants_mark(text[: match.start()]):
            says = (
                f"Put the mark “left to right” (U+200E) before {match.group()}: else its / moves."
            )
            yield Problem("direction_command", must=True, says=says)
    for match in _GROUPS.finditer(text):
        if _wants_mark(text[: match.start()]):
            says = (
                f"Put the mark “left to right” (U+200E) before {match.group()}: else it is turned."
            )
            yield Problem("direction_number", must=True, says=says)


def _wants_mark(before: str) -> bool:
    """Not where the mark is, and not within a piece in Latin letters."""
    strong = next(
        (
            kind
            for one in reversed(before)
            if (kind := unicodedata.bidirectional(one)) in {"L", "R", "AL"}
        ),
        "R",
    )
    return strong != "L"


def _paired(text: str) -> bool:
    open_marks = 0
    for one in text:
        open_marks += (one in _OPENING) - (one == _CLOSING)
        if open_marks < 0:
            return False
    return not open_marks
