"""English that a child of eleven can read; the other languages follow it.

The Automated Readability Index (Smith and Senter, 1967) counts letters, words and sentences only:
4.71 letters a word + 0.5 words a sentence - 21.43 is a school year of the United States, and five
more an age. It is small enough to be explained to whoever asks why, and needs no list of words.
"""

import re
from collections.abc import Iterator

from common.words.case import Case
from common.words.checks.placeholders import PLACEHOLDER
from common.words.problem import Problem
from common.words.sight import plain
from common.words.uses import Use, use_of

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")
_SENTENCE_ENDS = re.compile(r"[.?!:](?=\s|$)")
_ENOUGH_WORDS = 12
"""Of fewer words a single long one would decide."""

_OLDEST = 12
"""Written for nine to eleven; the index swings by about a year in texts of this length."""

_AGE_OF_FIRST_YEAR = 5


def check(case: Case) -> Iterator[Problem]:
    """Code `reading_age`, a hint."""
    if not case.is_source or use_of(case.translated) is not Use.TEXT:
        return
    for text in case.texts:
        shown = PLACEHOLDER.sub("name", plain(text))
        if len(_WORD.findall(shown)) >= _ENOUGH_WORDS and (age := reading_age(shown)) > _OLDEST:
            longest = max(_WORD.findall(shown), key=len)
            says = (
                f"This reads like words for age {age:.0f}. Make shorter sentences, and look for "
                f"plainer words: the longest is “{longest}”."
            )
            yield Problem("reading_age", must=False, says=says)


def reading_age(text: str) -> float:
    """The age at which a child in school reads this text, in years.

    Raises:
        ValueError: there are no words in it.
    """
    words = _WORD.findall(text)
    if not words:
        raise ValueError("no words to read")
    sentences = max(1, len(_SENTENCE_ENDS.findall(text)))
    letters = sum(map(len, words))
    index = 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43
    return index + _AGE_OF_FIRST_YEAR
