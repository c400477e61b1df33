"""Reading what people type: labels, numbers and dates, in any script and spelling."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from bot.dialogue.effects import Button, Label, words
from bot.dialogue.world import Scene
from common.contract.identifiers import to_ascii_digits

_MARKS = {"Mn", "Mc"}
_HIDDEN = {"Cc", "Cs"}  # controls such as NUL, and halves of surrogate pairs
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`")
# Hamza, dots, vowel signs and stretching are left out or put in at will, and the keyboards of
# Iran and Pakistan have a yeh, kaf and heh of their own.
_ARABIC_MARKS = "".join(map(chr, (*range(0x064B, 0x0660), 0x0670)))
_ARABIC = str.maketrans("آأإٱىیئؤةکہھە", "اااايييوهكههه", "ءـ" + _ARABIC_MARKS)
_WORD_OR_NUMBER = re.compile(
    r"[0-9]+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0d7f])*"  # with its vowel signs
)
_DOT_ABOVE = "\u0307"
_UNSPACED = re.compile("[\u3400-\u9fff]")
_ARTICLE = "ال"
_CENTURY = 100
_LONGEST_NUMBER = 8  # 03041980, written in one
_SHORT_YEAR, _FULL_YEAR = 2, 4


def plain(text: str) -> str:
    """The text for comparing: folded, and signs and emoji gone."""
    letters = _folded(text).translate(_APOSTROPHES)
    kept = (one if one.isalnum() or unicodedata.category(one) in _MARKS else " " for one in letters)
    return " ".join("".join(kept).split())


def _folded(text: str) -> str:
    """NFKC, casefolded, digits as 0-9, Arabic letters as they are typed in haste.

    Casefolding leaves a dot of its own behind when it makes the Turkish capital I small.
    """
    return to_ascii_digits(text).casefold().replace(_DOT_ABOVE, "").translate(_ARABIC)


@lru_cache(maxsize=4096)
def _month(name: str) -> str:
    """A month's name as it is compared; there are a few for each language."""
    return _folded(name)


def typed(text: str) -> str:
    """What somebody typed, without the control characters that no referral may carry."""
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in _HIDDEN)


def visible(text: str) -> bool:
    """Whether there is anything to be seen in the text."""
    return any(not one.isspace() and unicodedata.category(one) != "Cf" for one in text)


@lru_cache(maxsize=32_768)
def _known(spelling: str) -> str:
    """The same of words from the catalogue, which come again with every text to compare.

    Never of what somebody has typed, which is nothing to keep.
    """
    return plain(spelling)


@lru_cache(maxsize=8192)
def _all_known(spellings: tuple[str, ...]) -> frozenset[str]:
    """All spellings of a label, as they are compared: each text is held against dozens."""
    return frozenset(map(_known, spellings))


YES = words("general", "yes_spellings")
AGREE = words("general", "agree_spellings")
NO = words("general", "no_spellings")


def says(scene: Scene, text: str, label: Label) -> bool:
    """Whether the text is this label, in the conversation's language or in English."""
    return is_said(scene, plain(text), label)


def is_said(scene: Scene, typed: str, label: Label) -> bool:
    """The same of a text that is `plain` already, for comparing it with many labels."""
    languages = [one for one in dict.fromkeys((scene.session.language, "en")) if one]
    said = bool(typed) and any(_spells(scene, typed, label, one) for one in languages)
    return said and not _is_two_things(scene, typed)


def _is_two_things(scene: Scene, typed: str) -> bool:
    """Whether it means yes in one of the two languages and no in the other, as "no" in Polish.

    Whoever types that is asked again: nobody's answer is guessed.
    """
    own = scene.session.language
    if own in {"", "en"}:
        return False
    yes, no = (
        {one for one in (own, "en") if any(_spells(scene, typed, which, one) for which in meaning)}
        for meaning in ((YES, AGREE), (NO,))
    )
    return bool(yes and no) and yes != no


def _spells(scene: Scene, typed: str, label: Label, language: str) -> bool:
    return typed in _all_known(scene.world.lexicon.spellings(label, language))


def chosen(scene: Scene, text: str, buttons: Sequence[Button]) -> Button | None:
    """The button that the text names: by its label or by its place, counted from 1."""
    typed = plain(text)
    for button in buttons:
        if is_said(scene, typed, button.label):
            return button
    if re.fullmatch(r"[0-9]{1,2}", typed) and 1 <= int(typed) <= len(buttons):
        return buttons[int(typed) - 1]
    return None


def mentions(scene: Scene, text: str, spellings: Label) -> bool:
    """Whether one of these words or phrases stands in the text, in any served language."""
    said = plain(text)
    return any(
        _stands_in(_known(spelling), said)
        for language in scene.world.lexicon.languages
        for spelling in scene.world.lexicon.spellings(spellings, language)
        if _known(spelling)
    )


def _stands_in(spelling: str, said: str) -> bool:
    """Chinese puts no blanks between its words; elsewhere a word is not found inside another."""
    if _UNSPACED.search(spelling):
        return spelling.replace(" ", "") in said.replace(" ", "")
    return f" {spelling} " in f" {said} "


def read_date(text: str, months: Mapping[str, int], today: date) -> date | None:
    """The date in the text, day first as in Britain; None when there is none.

    Takes 3/4/1980, 03.04.80, 1980-04-03, 3 April 1980, April 3 1980, in the digits of any
    script. A year of two figures is the latest one that is not in the future. A month's name may
    be two words, as كانون الثاني is.
    """
    parts = _WORD_OR_NUMBER.findall(re.sub(r"(?<=[0-9])(st|nd|rd|th)\b", "", _folded(text)))
    numbers = [one for one in parts if one.isdigit()]
    known = {_month(name): number for name, number in months.items()}
    names = (*(one.removeprefix(_ARTICLE) for one in parts), *map(" ".join, pairwise(parts)))
    named = [known[one] for one in names if one in known]
    if any(len(one) > _LONGEST_NUMBER for one in numbers):
        return None
    ordered = _by_name(numbers, named) if named else _by_place(numbers)
    if ordered is None:
        return None
    year, month, day = ordered
    return _real_date(year, month, day, today)


def _by_name(numbers: list[str], named: list[int]) -> tuple[str, int, int] | None:
    match numbers, named:
        case ([year, day], [month]) if len(year) == _FULL_YEAR:
            return year, month, int(day)
        case ([day, year], [month]):
            return year, month, int(day)
    return None


def _by_place(numbers: list[str]) -> tuple[str, int, int] | None:
    if len(numbers) == 1 and len(numbers[0]) in (6, _LONGEST_NUMBER):
        run = numbers[0]
        numbers = [run[:2], run[2:4], run[4:]]
    match numbers:
        case [year, month, day] if len(year) == _FULL_YEAR:
            return year, int(month), int(day)
        case [day, month, year]:
            return year, int(month), int(day)
    return None


def _real_date(year: str, month: int, day: int, today: date) -> date | None:
    if len(year) not in (_SHORT_YEAR, _FULL_YEAR):
        return None
    full = int(year)
    try:
        if len(year) == _FULL_YEAR:
            return date(full, month, day)
        full += today.year - today.year % _CENTURY
        this_century = date(full, month, day)
        return this_century if this_century <= today else date(full - _CENTURY, month, day)
    except ValueError:
        return None
