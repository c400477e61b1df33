"""Telephone numbers and postcodes stay as they are dialled and typed; other numbers keep theirs."""

import re
from collections import Counter
from collections.abc import Iterator

from common.words.case import Case
from common.words.checks.placeholders import PLACEHOLDER
from common.words.problem import Problem
from common.words.sight import plain, western

# A + or a 0 and what follows, with single spaces; or five digits and more; or short ones.
_PHONE = re.compile(r"(?<![\d+])(?:[+0](?: ?\d){5,}|\d{5,}|999|111|112|101|119|116 ?\d{3})(?! ?\d)")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b")
_NUMBER = re.compile(r"\d+")
_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")

_FROM_ABROAD = re.compile(r"\+(?!44)")
"""An example of a number from abroad may be one of the readers' own country."""


def check(case: Case) -> Iterator[Problem]:
    """Codes `phone` and `phone_digits` (must), `number` (a hint)."""
    if case.is_source:
        return
    wanted = Counter(_dialled(case.source))
    for text in case.texts:
        shown = _bare(text)
        yield from _dialling(wanted, shown)
        yield from _counting(_bare(case.source), shown)


def _bare(text: str) -> str:
    return _MARKS.sub("", PLACEHOLDER.sub("…", plain(text)))


def _dialled(text: str) -> list[str]:
    """What is dialled or typed letter by letter; any number from abroad as a + alone."""
    bare = _bare(text)
    phones = ("+" if _FROM_ABROAD.match(one) else one for one in _PHONE.findall(bare))
    return [*phones, *_POSTCODE.findall(bare)]


def _dialling(wanted: Counter[str], shown: str) -> Iterator[Problem]:
    found, in_any_digits = Counter(_dialled(shown)), Counter(_dialled(western(shown)))
    for number in wanted - found:
        if number in in_any_digits:
            says = f"Write {number} in the digits 0 to 9, as they stand on the telephone."
            yield Problem("phone_digits", must=True, says=says)
        else:
            says = f"The English has {number}. Put it in yours, exactly as it is written."
            yield Problem("phone", must=True, says=says)


def _counting(source: str, shown: str) -> Iterator[Problem]:
    """All other numbers, whose digits may be the language's own."""
    rest = Counter(_NUMBER.findall(_POSTCODE.sub("", _PHONE.sub("", source))))
    found = Counter(_NUMBER.findall(_POSTCODE.sub("", _PHONE.sub("", western(shown)))))
    for number in rest - found:
        says = f"The English has the number {number}. Is it right that yours has not?"
        yield Problem("number", must=False, says=says)
