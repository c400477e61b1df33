"""What does not fit where it is shown: a message, a notice, a command's description."""

from collections.abc import Iterator

from common.words.case import Case
from common.words.checks.placeholders import PLACEHOLDER
from common.words.problem import Problem
from common.words.sight import plain, units
from common.words.uses import Use, use_of

# Telegram's own limits, in UTF-16 code units.
_LIMITS = {Use.TEXT: 4096, Use.NOTICE: 200, Use.COMMAND: 256}

PUT_IN = 256
"""Room kept for each thing put in: the longest answer that is taken has 200 characters."""


def check(case: Case) -> Iterator[Problem]:
    """Code `too_long`, must."""
    limit = _LIMITS.get(use_of(case.translated))
    if limit is None:
        return
    for text in case.texts:
        length = units(plain(PLACEHOLDER.sub("_" * PUT_IN, text)))
        if length > limit:
            says = f"This is too long by {length - limit} characters: {limit} fit here. Shorten it."
            yield Problem("too_long", must=True, says=says)
